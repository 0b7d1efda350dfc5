"""Dollars per point: unmet items of the checklist, ranked by what meeting them costs and brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ascent.advise.commands import Commands, commands_for
from ascent.advise.remedies import dollars_of
from ascent.cost.amounts import NOTHING
from ascent.readiness.model import Phase, Status
from ascent.readiness.scores.reach import by_settings, ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.readiness.assess import Readiness
    from ascent.readiness.prove import JudgedItem
    from settings.load import Resolved

_WORK: Final = frozenset({"file", "test", "probe", "attestation"})
"""Kinds of evidence that AWS charges nothing for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        items: unmet items that it meets, by number.
        score: what it adds to the score of 0 to 100, by itself.
        dollars: what AWS would charge for it in a month, expected; None where that is not known.
        basis: what the figure covers, or why there is none.
        todo: what speaks against the first of its items, which says how to mend it.
        commands: what to run where settings meet it; none where nothing but work does.
    """

    items: tuple[JudgedItem, ...]
    score: float
    dollars: Decimal | None
    basis: str
    todo: str
    commands: Commands

    @property
    def per_point(self) -> float | None:
        """Dollars a month for each point of the score; None where the cost is not known."""
        return None if self.dollars is None else float(self.dollars) / self.score


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps of a stack.

    Attributes:
        stack: the stack.
        tier: its tier.
        points: its score.
        ranked: the cheapest points first, among equals those that bring most; unknown costs come last.
        unprovable: number of unmet items for which no proof exists yet, so that no step could raise the score.
        later: number of items that are known only after deployment.
        waived: number of items for which somebody answers instead.
        more: number of steps that were left out.
    """

    stack: str
    tier: str
    points: float
    ranked: tuple[Step, ...]
    unprovable: int
    later: int
    waived: int
    more: int = 0

    def first(self, most: int) -> Steps:
        """The same with no more than the first steps.

        Args:
            most: how many.
        """
        return replace(self, ranked=self.ranked[:most], more=max(len(self.ranked) - most, 0))


def steps_of(readiness: Readiness, book: PriceBook, usage: Usage, region: str, resolved: Resolved | None) -> Steps:
    """What to do next.

    Args:
        readiness: how ready the stack is.
        book: the prices.
        usage: a month's usage of the stack.
        region: where the stack is.
        resolved: its settings; None for a stack of another program, for which there are no commands.
    """
    unmet = [j for j in readiness.gaps if j.status is Status.UNMET]
    open_ = {j.item.number: j for j in sorted(unmet, key=lambda j: j.item.number) if not _unprovable(j)}
    found: list[Step] = []
    possible = readiness.score.possible

    def commands(items: Sequence[JudgedItem]) -> Commands:
        if resolved is None:
            return Commands((), ())
        return commands_for(readiness.stack, resolved, _settings_for(items, readiness.tier))

    for item in (judged.item for judged in readiness.items):
        if item.remedy:
            numbers = (item.number, *item.remedy.others)
            items = tuple(open_.pop(number) for number in numbers if number in open_)
            if items:
                found.append(_step(items, *dollars_of(item.remedy, book, usage, region), possible, commands(items)))
    for judged in open_.values():
        found.append(_step((judged,), *_without_remedy(judged), possible, commands((judged,))))
    return Steps(
        readiness.stack,
        readiness.tier,
        readiness.points,
        tuple(sorted(found, key=_rank)),
        sum(map(_unprovable, unmet)),
        readiness.counts[Status.UNKNOWN],
        readiness.counts[Status.WAIVED],
    )


def _unprovable(judged: JudgedItem) -> bool:
    return bool(judged.item.proof.missing)


def _without_remedy(judged: JudgedItem) -> tuple[Decimal | None, str]:
    """Cost of an item that no remedy is known for."""
    kinds = {e.kind for e in judged.evidence if e.status is not Status.MET}
    if kinds and kinds <= _WORK:
        return NOTHING.expected, "work, without a charge of AWS"
    return None, "no estimate of it exists"


def _settings_for(items: Sequence[JudgedItem], tier: str) -> Mapping[str, Any]:
    """The settings that are known to meet the first of some items; empty where none are, or more is asked for."""
    first = items[0]
    if not by_settings(first, tier):
        return {}
    found = [way.settings for way in ways(tier) if first.item.number in way.meets]
    return min(found, key=len, default={})


def _step(
    items: tuple[JudgedItem, ...], dollars: Decimal | None, basis: str, possible: int, commands: Commands
) -> Step:
    score = sum(j.item.points for j in items) * 100 / possible
    against = items[0].against
    return Step(items, score, dollars, basis, against.found if against else "", commands)


def _rank(step: Step) -> tuple[bool, float, float, int, int]:
    per_point = step.per_point
    first = step.items[0].item
    soonest = min(list(Phase).index(j.item.phase) for j in step.items)
    return (per_point is None, per_point or 0.0, -step.score, soonest, first.number)
