"""The evidence pack of an audit: per stack a CSV file with everything, and a page to print."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ascent.compliance.page.render import MARK, to_html
from ascent.compliance.table import COLUMNS, to_csv
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ascent.compliance.assess import Assessment

_OURS: Final = {".csv": ",".join(f'"{column}"' for column in COLUMNS), ".html": MARK}
"""What the beginning of a file of ours holds, by its ending."""
_READ: Final = 2000
"""Characters of a file that are looked at."""


def files_of(assessments: Sequence[Assessment]) -> dict[str, str]:
    """The files of a pack by name; the same stacks on the same day give the same text.

    Args:
        assessments: the stacks.
    """
    found: dict[str, str] = {}
    for one in assessments:
        # Dots and slashes may stand in a stack's name, and a name must not lead out of the directory.
        start = f"{one.stack.replace('/', '_').lstrip('.') or '_'}-{one.framework.id}"
        found[f"{start}.csv"] = to_csv(one)
        found[f"{start}.html"] = to_html(one)
    return found


def write_pack(out: Path, assessments: Sequence[Assessment]) -> list[Path]:
    """Write a pack: all files, or none if one cannot be written.

    Args:
        out: directory that gets it; it is made.
        assessments: the stacks.

    Returns:
        The files.

    Raises:
        InputError: the directory cannot be written, or a file there is not one of ours.
    """
    texts = {out / name: text for name, text in files_of(assessments).items()}
    drafts: dict[Path, Path] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(texts, out)
        for target, text in texts.items():
            drafts[target] = target.with_name(f".{target.name}.{os.getpid()}")
            drafts[target].write_text(text, encoding="utf-8", newline="")
        for target, draft in drafts.items():
            draft.replace(target)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"ascent readiness --out {out}: {said}; name a directory that can be written") from None
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()
    return list(texts)


def _refuse_foreign(texts: Mapping[Path, str], out: Path) -> None:
    for target in texts:
        if target.is_symlink() or (target.exists() and not _ours(target)):
            raise InputError(
                f"ascent readiness --out {out}: {target.name} is there and no evidence that Ascent wrote; "
                "move it away, or name another directory"
            )


def _ours(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open(encoding="utf-8", errors="replace") as file:
        return _OURS[target.suffix] in file.read(_READ)
