"""The waivers in the pack's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import InputError, Problem, shown
from common.yaml_text import read_with_rows
from policies.pack.waivers.book import WaiverBook

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

_KEY = "waivers"


def load_waivers(path: Path, *, today: date, rules: Collection[str]) -> WaiverBook:
    """Read a waivers file; no file means no waivers.

    Args:
        path: YAML file with a list under `waivers`.
        today: the day it is.
        rules: ids of the rules there are.
    """
    if not path.exists():
        return WaiverBook(today=today)
    try:
        content, rows = read_with_rows(path)
    except InputError as error:
        return WaiverBook(today=today, problems=tuple(str(error).splitlines()))
    entries = content.get(_KEY) if isinstance(content, dict) else None
    if not isinstance(entries, list):
        missing = Problem(_KEY, shown(entries), "it must be a list", "write 'waivers: []' for none")
        return WaiverBook(today=today, problems=(missing.line(path.name),))
    if not entries:
        return WaiverBook(today=today)
    # Only where there is something to validate: the pack starts without pydantic otherwise.
    from policies.pack.waivers.entry import FileEntry, Reading

    return Reading(FileEntry, path.name, today=today, rules=rules, rows=rows).book(entries, _KEY)
