"""What a comment on a pull request is made of.

Names and values come from the program under review, so everything that could end a table cell, start a mention or be
taken for HTML is escaped; and a service refuses comments that are too long, so the size is bounded and what is left out
is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.output.formats.places import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMIT: Final = 60_000
"""Characters; GitHub takes 65,536."""

_CELL: Final = 400
"""Characters of one cell; a longer message is cut."""

_RESERVE: Final = 400
"""Characters kept free for the closing notes."""

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]#!|~$])")
_LINKED: Final = re.compile(r"(@|\\#|:(?=//)|www(?=\.))")
"""What GitHub makes links of in the finished text, escaped or not; only a character in between prevents it."""


class Bounded:
    """Text that stops growing at a limit and counts what it leaves out.

    Args:
        limit: most characters.
        what: what rows are, in words.
        where: where all of them are.
    """

    def __init__(self, limit: int, what: str, where: str) -> None:
        self._what, self._where = what, where
        self._room = limit - _RESERVE
        self._parts: list[str] = []
        self._left_out = 0

    def always(self, line: str) -> None:
        """Add a line, whatever room there is."""
        self._parts.append(line)
        self._room -= len(line) + 2

    def table(self, opening: str, rows: Iterable[str], closing: str = "") -> None:
        """Add as many rows as there is room for, between an opening and a closing."""
        every = list(rows)
        if not every:
            return
        size = len(opening) + len(closing) + 4
        kept: list[str] = []
        for row in every:
            if self._left_out or size + len(row) + 1 > self._room:
                break
            kept.append(row)
            size += len(row) + 1
        self._left_out += len(every) - len(kept)
        if kept:
            self._room -= size
            self._parts.append("\n".join([opening, *kept, *([closing] if closing else [])]))

    def whole(self) -> str:
        """The text, which ends by saying how many rows are left out."""
        if self._left_out:
            self._parts.append(f"**{self._left_out} more {self._what} are left out here**; {self._where}.")
        return "\n\n".join(self._parts) + "\n"


def escaped(text: str) -> str:
    """A text as Markdown that shows it and does nothing else."""
    line = " ".join(plain(text).split())
    if len(line) > _CELL:
        line = line[: _CELL - 1] + "\N{HORIZONTAL ELLIPSIS}"
    shown = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED.sub(r"\1&#8203;", _SPECIAL.sub(r"\\\1", shown))
