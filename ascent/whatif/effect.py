"""What a change of settings does, in the plan's own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.advise.commands import commands_for
from ascent.compare.replaced import replaced
from ascent.cost.charges import Status as Priced
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any

    from ascent.advise.commands import Commands
    from ascent.compare.comparison import Comparison
    from policies.pack.evaluate import Result
    from settings.load import Resolved

_BROKEN = (Meaning.FAIL, Meaning.ERROR, Meaning.ADVISE)


@dataclass(frozen=True)
class WhatIf:
    """A stack beside itself with other values of settings.

    Attributes:
        values: setting → value, with placeholders for what only the owner knows.
        comparison: the two plans.
        resolved: the stack's settings as they are.
    """

    values: Mapping[str, Any]
    comparison: Comparison
    resolved: Resolved

    @property
    def dollars(self) -> Decimal:
        """Dollars a month that the resources add, expected; the usage is the same."""
        return self.comparison.dollars_added - self.comparison.dollars_of_usage

    @property
    def points(self) -> float:
        """Points of the score that are won or lost, against the checklist of the tier that the stack has then."""
        return self.comparison.points_gained

    @cached_property
    def unpriced(self) -> tuple[str, ...]:
        """URNs of what has no price then and has none, or is not there, now."""
        before, after = (
            {bill.urn: bill.why for bill in side.costing.estimate.with_status(Priced.NOT_PRICED)}
            for side in (self.comparison.before, self.comparison.after)
        )
        return tuple(urn for urn in after if urn not in before)

    @cached_property
    def broken(self) -> tuple[Result, ...]:
        """Findings that the change brings."""
        return self._only(self.comparison.after.judged.report.results, self.comparison.before.judged.report.results)

    @cached_property
    def mended(self) -> tuple[Result, ...]:
        """Findings that the change takes away."""
        return self._only(self.comparison.before.judged.report.results, self.comparison.after.judged.report.results)

    @staticmethod
    def _only(one: tuple[Result, ...], other: tuple[Result, ...]) -> tuple[Result, ...]:
        known = {(r.verdict.rule, r.verdict.urn, meaning_of(r)) for r in other}
        found = (r for r in one if meaning_of(r) in _BROKEN)
        return tuple(r for r in found if (r.verdict.rule, r.verdict.urn, meaning_of(r)) not in known)

    @property
    def fine(self) -> bool:
        """Whether no mandatory rule is broken that is kept now."""
        return not any(meaning_of(r) in (Meaning.FAIL, Meaning.ERROR) for r in self.broken)

    @cached_property
    def replaced(self) -> Mapping[str, tuple[str, ...]]:
        """URN, as it is now, of each resource that is made anew → the inputs that force it."""
        return {urn: names for urn, (_, names) in sorted(replaced(self.comparison.resources).items())}

    @cached_property
    def commands(self) -> Commands:
        """Lines for a shell that make it so."""
        before = self.comparison.before
        protected = any(note.protected for note in self.comparison.care)
        return commands_for(before.judged.plan.stack, self.resolved, self.values, protected=protected)
