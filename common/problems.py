"""What is wrong with an input, one line per problem: the place, the value, what is allowed, the fix."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from common.meanings import meant

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN: Final = 60
"""Most characters of a value in a line."""

_STEM: Final = 3
"""Letters from which on the beginning of a word stands for it."""


class InputError(Exception):
    """Bad input; `str()` is one line per problem, each with the place, the value, what is allowed and the fix."""


class RefusedError(ValueError):
    """Raised by a validator that knows how to mend what it refuses; `str()` says what is allowed."""

    def __init__(self, wanted: str, fix: str = "", *, example: Any = None) -> None:  # noqa: ANN401 - any value
        """Refuse a value.

        Args:
            wanted: what is allowed.
            fix: what to do about it; empty for an example, or the input's usual fix.
            example: a value that would do, most likely the one that was meant; None for none.
        """
        super().__init__(wanted)
        self.fix, self.example = fix, example


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of an input.

    Args:
        path: where it stands, as its author wrote it: `ascent:network.nat`, `waivers[2].expires`.
        value: what was found, already fit for printing; words such as `missing` where there is no value.
        wanted: what is allowed.
        fix: what to do about it.
        row: line of the file, from 1; None where it is not known.
    """

    path: str
    value: str
    wanted: str
    fix: str
    row: int | None = None

    def line(self, source: str) -> str:
        """The problem as one line that starts with the file's name, and its row where that is known."""
        place = source if self.row is None else f"{source}:{self.row}"
        return printable(f"{place}: {self.path} is {self.value}: {self.wanted}; {self.fix}")


def printable(text: str) -> str:
    """A text without what would break its line or colour a terminal; such characters are written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: Any) -> str:  # noqa: ANN401 - any value of an input
    """A value as JSON, cut where it is too long for a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def closest(word: str, allowed: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The allowed word that `word` most likely meant, or None.

    The same word in another spelling comes first, then what people call it, then the one word that it begins, then the
    one that looks most like it.

    Args:
        word: what was written.
        allowed: the words that could be meant.
        alike: how alike two words must look, from 0 (not at all) to 1.
    """
    by_plain = {_plain(a): a for a in allowed}
    said = _plain(word)
    if said in by_plain:
        return by_plain[said]
    if (ours := meant(said, by_plain.values())) is not None:
        return ours
    begun = [plain for plain in by_plain if len(said) >= _STEM and plain.startswith(said)]
    found = begun if len(begun) == 1 else difflib.get_close_matches(said, by_plain, n=1, cutoff=alike)
    return by_plain[found[0]] if found else None


def _plain(word: str) -> str:
    return "".join(c for c in word.lower() if c not in "_- ")
