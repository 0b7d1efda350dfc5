"""The scores that are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ascent.readiness.model import Kind
from common.problems import InputError, closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.readiness.assess import Readiness
    from ascent.readiness.prove import JudgedItem
    from ascent.readiness.scores.reach import Prospect

_WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class Goal:
    """A score that is wanted.

    Attributes:
        part: the part that it is of; None for the whole.
        value: the score, from 0 to 100.
    """

    part: Kind | None
    value: float

    @property
    def name(self) -> str:
        """The part, in a word."""
        return self.part.value if self.part else _WHOLE

    def concerns(self, judged: JudgedItem) -> bool:
        """Whether an item counts for it."""
        return judged.counts and self.part in (None, judged.item.part)

    def prospect(self, readiness: Readiness) -> Prospect:
        """The score that it is about, with how far that can go."""
        return next(one for one in readiness.prospects if one.part is self.part)

    def reached(self, readiness: Readiness) -> bool:
        """Whether a stack has it."""
        return (self.prospect(readiness).score.value or 0.0) >= self.value


def read_goals(given: Sequence[str]) -> tuple[Goal, ...]:
    """Goals as the command line has them: `70`, or `infrastructure=85`.

    Args:
        given: the options' texts.

    Raises:
        InputError: one is no such text, or two are about the same part.
    """
    found: dict[Kind | None, Goal] = {}
    for text in given:
        name, given_part, number = text.rpartition("=")
        part = _part(text, name.strip().lower()) if given_part else None
        if part in found:
            raise InputError(
                f"ascent advise --target {text}: {found[part].name} has a target already; give one of them"
            )
        found[part] = Goal(part, _number(text, number))
    return tuple(found.values())


def _part(text: str, name: str) -> Kind | None:
    if name in list(Kind):
        return Kind(name)
    if name == _WHOLE:
        return None
    names = (*(kind.value for kind in Kind), _WHOLE)
    near = closest(name, names)
    fix = f"write {near}={text.rpartition('=')[2]}" if near else "for example infrastructure=85"
    raise InputError(f"ascent advise --target {text}: {name or 'nothing'} is none of {', '.join(names)}; {fix}")


def _number(text: str, number: str) -> float:
    try:
        found = float(number)
    except ValueError:
        found = float("nan")
    if not 0 <= found <= 100:
        raise InputError(
            f"ascent advise --target {text}: must be a number from 0 to 100, or one of a part, such as "
            "infrastructure=85"
        )
    return found
