"""What a change must not do: `--fail-on`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import dollars
from common.problems import InputError, closest, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ascent.diff.change import Change

FAILURES: Final = "failures"
DATA_LOSS: Final = "data-loss"
DOLLARS: Final = "dollars"
_FORMS: Final = (FAILURES, DATA_LOSS, f"{DOLLARS}=N")


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes a change one that must not pass.

    Attributes:
        failures: whether new mandatory failures do.
        data_loss: whether lost data does.
        dollars: most dollars a month that all stacks together may cost more, expected; None for any number.
    """

    failures: bool = False
    data_loss: bool = False
    dollars: Decimal | None = None

    def broken_by(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """What a change does that it must not; a line each.

        Args:
            changes: what it does to each stack.
        """
        found: list[str] = []
        for one in changes:
            if self.failures and one.failures:
                found.append(f"{one.stack}: new mandatory failures: {len(one.failures)}")
            if self.data_loss and one.lost:
                found.append(f"{one.stack}: loses data: {', '.join(note.name for note in one.lost)}")
        if self.dollars is not None:
            found += self._too_dear(changes, self.dollars)
        return tuple(printable(line) for line in found)

    @staticmethod
    def _too_dear(changes: Sequence[Change], most: Decimal) -> Iterable[str]:
        added = [one.dollars_added for one in changes]
        known = sum((amount for amount in added if amount is not None), Decimal(0))
        if known > most:
            yield f"costs {dollars(known)} a month more, above {dollars(most)}"
        for one, amount in zip(changes, added, strict=True):
            if amount is None:
                yield f"{one.stack}: nobody can tell what it costs more: there are no prices for its region"


def limits_of(words: Iterable[str]) -> Limits:
    """Read `--fail-on`.

    Args:
        words: `failures`, `data-loss` or `dollars=N`, also several with commas between them.

    Raises:
        InputError: another word, or no number.
    """
    failures = data_loss = False
    most: Decimal | None = None
    for word in (part.strip() for given in words for part in given.split(",")):
        name, equals, number = word.partition("=")
        if name == DOLLARS:
            most = _number(word, number)
        elif word == FAILURES:
            failures = True
        elif word == DATA_LOSS:
            data_loss = True
        else:
            near = None if equals else closest(name, (FAILURES, DATA_LOSS, DOLLARS))
            fix = f"did you mean {near}?" if near else "separate several with commas"
            raise InputError(printable(f"ascent diff --fail-on {word}: must be one of {', '.join(_FORMS)}; {fix}"))
    return Limits(failures, data_loss, most)


def _number(word: str, number: str) -> Decimal:
    try:
        found = Decimal(number)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise InputError(
            printable(f"ascent diff --fail-on {word}: must be a number of dollars from 0 on; write {DOLLARS}=100")
        )
    return found
