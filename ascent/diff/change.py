"""What a change does to one stack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.catalog.table import TABLE
from ascent.compare.care import Care, Kind, care_of
from ascent.compare.differences import Changed, Differences, differences
from ascent.compare.neutral import Neutral
from ascent.compare.replaced import replaced
from ascent.diff.aligned import aligned
from ascent.readiness.model import Status
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.diff.sides import Side
    from ascent.plan.model import Plan
    from ascent.readiness.model import Item
    from policies.pack.evaluate import Result

NOTHING = Decimal(0)
_FOUND = (Meaning.FAIL, Meaning.ERROR, Meaning.ADVISE)
_STOPPING = (Meaning.FAIL, Meaning.ERROR)
_LOST = (Kind.REMOVED, Kind.REPLACED)


def is_unsure(changed: Changed) -> bool:
    """Whether nobody can tell if a resource changes in place: nothing is known of its type."""
    return changed.after.type not in TABLE


@dataclass(frozen=True, slots=True)
class Replaced:
    """A resource that is made anew.

    Attributes:
        changed: the resource on both sides.
        by: the inputs that force it.
    """

    changed: Changed
    by: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """All that is to be said of one stack.

    Attributes:
        before: the side to start from; None for a stack that is new.
        after: the side to arrive at; None for a stack that goes.
    """

    before: Side | None
    after: Side | None

    @property
    def stack(self) -> str:
        """The stack's name."""
        return self._there.subject.plan.stack

    @property
    def tier(self) -> str:
        """The stack's tier, with the one before where that is another."""
        tiers = [side.subject.plan.tier for side in (self.before, self.after) if side]
        return " → ".join(dict.fromkeys(tiers))

    @property
    def _there(self) -> Side:
        side = self.after or self.before
        if side is None:
            raise ValueError("a change needs a side")
        return side

    @cached_property
    def _plans(self) -> tuple[Plan, Plan]:
        if self.before and self.after:
            return aligned(self.before.subject, self.after.subject)
        there = self._there.subject.plan
        nothing = replace(there, resources=())
        return (nothing, there) if self.after else (there, nothing)

    @cached_property
    def resources(self) -> Differences:
        """What is added, removed and changed."""
        return differences(*self._plans)

    @cached_property
    def replaced(self) -> tuple[Replaced, ...]:
        """What is made anew, as far as the catalog knows the types."""
        return tuple(Replaced(one, names) for one, names in replaced(self.resources).values())

    @cached_property
    def updated(self) -> tuple[Changed, ...]:
        """What changes in place."""
        new = {anew.changed.before.urn for anew in self.replaced}
        return tuple(one for one in self.resources.changed if one.before.urn not in new)

    @cached_property
    def unsure(self) -> tuple[Changed, ...]:
        """What changes in place or is made anew: nothing is known of its type."""
        return tuple(one for one in self.updated if is_unsure(one))

    @cached_property
    def care(self) -> tuple[Care, ...]:
        """What in the data and the service needs care."""
        return care_of(self.resources)

    @property
    def lost(self) -> tuple[Care, ...]:
        """What would lose data."""
        return tuple(note for note in self.care if note.kind in _LOST)

    @cached_property
    def _findings(self) -> tuple[Mapping[tuple[str, tuple[str, str]], Result], ...]:
        """Rule and resource → the worst finding, on each side."""
        sides: list[Mapping[tuple[str, tuple[str, str]], Result]] = []
        for side in (self.before, self.after):
            found: dict[tuple[str, tuple[str, str]], Result] = {}
            names = Neutral(self._there.subject.plan if side is None else side.subject.plan)
            for result in side.judged.report.results if side else ():
                key = result.verdict.rule, names.key(result.verdict.urn)
                if meaning_of(result) in _FOUND and (key not in found or _rank(result) < _rank(found[key])):
                    found[key] = result
            sides.append(found)
        return tuple(sides)

    @cached_property
    def broken(self) -> tuple[Result, ...]:
        """Findings of the second side that the first has not, or takes less seriously; the worst first."""
        before, after = self._findings
        new = [r for key, r in after.items() if key not in before or _rank(r) < _rank(before[key])]
        return tuple(sorted(new, key=_order))

    @cached_property
    def mended(self) -> tuple[Result, ...]:
        """Findings of the first side that the second has not, or takes less seriously; the worst first."""
        before, after = self._findings
        gone = [r for key, r in before.items() if key not in after or _rank(r) < _rank(after[key])]
        return tuple(sorted(gone, key=_order))

    @property
    def failures(self) -> tuple[Result, ...]:
        """New findings that stop a deployment."""
        return tuple(r for r in self.broken if meaning_of(r) in _STOPPING)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """New findings that stop nothing."""
        return tuple(r for r in self.broken if meaning_of(r) not in _STOPPING)

    @property
    def points(self) -> tuple[float | None, float | None]:
        """The scores of readiness, each against its own tier; None for a side that is not there."""
        before, after = (side.readiness.points if side else None for side in (self.before, self.after))
        return before, after

    @cached_property
    def gained(self) -> tuple[Item, ...]:
        """Items of the checklist that the second side meets and the first does not; what nobody can tell is neither."""
        return _met_by_one(self.after, self.before)

    @cached_property
    def missed(self) -> tuple[Item, ...]:
        """Items of the checklist that the first side meets and the second does not."""
        return _met_by_one(self.before, self.after)

    @property
    def dollars(self) -> tuple[Decimal | None, Decimal | None]:
        """Expected dollars a month; None for a side that is not there or has no prices."""
        before, after = (
            side.costing.estimate.total.expected if side and side.costing else None
            for side in (self.before, self.after)
        )
        return before, after

    @property
    def dollars_added(self) -> Decimal | None:
        """Difference of the expected dollars a month; None where a side that is there has no prices."""
        before, after = self.dollars
        if (self.before and before is None) or (self.after and after is None):
            return None
        return (after or NOTHING) - (before or NOTHING)

    @property
    def nothing(self) -> bool:
        """Whether nothing is to be said."""
        found = self.resources
        counted = (found.added, found.removed, found.changed, found.tagged, self.replaced, self.broken, self.mended)
        return not any(counted) and not self.dollars_added and self.points[0] == self.points[1]


def _met_by_one(one: Side | None, other: Side | None) -> tuple[Item, ...]:
    unmet = {j.item.number for j in other.readiness.items if j.status is Status.UNMET} if other else set()
    items = one.readiness.items if one and other else ()
    return tuple(j.item for j in items if j.status is Status.MET and j.item.number in unmet)


def _rank(result: Result) -> int:
    return list(Meaning).index(meaning_of(result))


def _order(result: Result) -> tuple[int, str, str]:
    return _rank(result), result.verdict.rule, result.verdict.urn
