"""Where a finding points to: a line of the program, or else the file that the stack was read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ascent.verdicts.judged import Judged

_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def place_of(one: Judged, urn: str) -> tuple[str, int]:
    """Path from the root of the repository, and line."""
    position = one.position(urn)
    if position is None:
        return one.file, 1
    return (f"{one.root}/{position.path}" if one.root else position.path), position.line


def plain(text: str) -> str:
    """A text without what neither XML nor a code-scanning service accepts: control characters, lone surrogates."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
