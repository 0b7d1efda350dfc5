"""What is wrong with a stack's settings, one line per problem."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one setting.

    Args:
        path: where it stands, as in a stack file: `ascent:network.nat`.
        value: what was found, already fit for printing.
        wanted: what is allowed.
        fix: what to do about it.
    """

    path: str
    value: str
    wanted: str
    fix: str

    def line(self, source: str) -> str:
        """The problem as one line that starts with the file's name."""
        text = f"{source}: {self.path} is {self.value}: {self.wanted}; {self.fix}"
        # Keys are free text; what would break the line or colour a terminal is written as an escape.
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class SettingsError(Exception):
    """Settings that no stack can be built from; `str()` gives one line per problem."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__("\n".join(p.line(source) for p in self.problems))


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that `word` most likely meant, or None."""
    by_plain = {_plain(a): a for a in allowed}
    found = difflib.get_close_matches(_plain(word), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.replace("_", "").replace("-", "").lower()
