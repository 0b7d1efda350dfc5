"""Two stacks, or two tiers of one, held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.catalog.layers import OTHER
from ascent.compare.care import Care, care_of
from ascent.compare.differences import Differences, differences
from ascent.compare.settings import SettingChange, Step, everything_by, settings_changed, steps
from ascent.cost.estimate import total_of
from ascent.readiness.model import Status
from ascent.verdicts.findings import Meaning, meaning_of
from common.layers import LAYERS
from policies.pack.levels import Level
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.cost.costing import Costing
    from ascent.readiness.assess import Readiness
    from ascent.readiness.model import Item
    from ascent.verdicts.judged import Judged
    from settings.load import Resolved

_STRENGTH = (Level.DISABLED, Level.ADVISORY, Level.MANDATORY, Level.REMEDIATE)


@dataclass(frozen=True, slots=True)
class AnySide:
    """One of the two that are compared, whatever it was read from."""

    judged: Judged
    readiness: Readiness
    costing: Costing

    @property
    def title(self) -> str:
        """Stack and tier, as people write them."""
        return f"{self.judged.plan.stack} ({self.judged.plan.tier})"


@dataclass(frozen=True, slots=True)
class Side(AnySide):
    """A side that is a stack of this project, and so has settings."""

    resolved: Resolved


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule whose level differs between the tiers.

    Attributes:
        rule: its id.
        title: what it asks.
        before: its level at the first tier.
        after: its level at the second.
        judged: number of resources of the second plan that it judges.
        broken: number of findings among these.
    """

    rule: str
    title: str
    before: Level
    after: Level
    judged: int
    broken: int

    @property
    def stricter(self) -> bool:
        """Whether it turns on, or from advice to a must."""
        return _STRENGTH.index(self.after) > _STRENGTH.index(self.before)


@dataclass(frozen=True)
class Comparison:
    """All that is to be said.

    Attributes:
        before: the side to start from.
        after: the side to arrive at.
        measured: how ready the first plan would be if it were held against the second one's tier, so that two scores
            can be subtracted that ask for the same.
        same_usage: expected dollars a month of the first plan with the second one's usage.
    """

    before: AnySide
    after: AnySide
    measured: Readiness
    same_usage: Decimal

    @cached_property
    def resources(self) -> Differences:
        """What is added, removed and changed."""
        return differences(self.before.judged.plan, self.after.judged.plan)

    @cached_property
    def care(self) -> tuple[Care, ...]:
        """What in the data and the service needs care."""
        return care_of(self.resources, everything_by(self.settings))

    @cached_property
    def settings(self) -> tuple[SettingChange, ...]:
        """Settings that differ, and what each difference does."""
        if not (isinstance(self.before, Side) and isinstance(self.after, Side)):
            return ()
        two = self.before.judged.plan.stack != self.after.judged.plan.stack
        return settings_changed(self.before.resolved, self.after.resolved, self.resources, two=two)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What must be done one after another; empty where one deployment does it."""
        own = isinstance(self.before, Side) and isinstance(self.after, Side)
        if not own or everything_by(self.settings):
            return ()
        return steps(self.before.resolved, self.after.resolved, self.before.judged.plan.stack, self.care)

    @cached_property
    def rules(self) -> tuple[RuleChange, ...]:
        """Rules whose level differs, by id."""
        tiers = self.before.judged.plan.tier, self.after.judged.plan.tier
        results = self.after.judged.report.by_rule()
        found = (
            RuleChange(
                rule.id,
                rule.title,
                *(rule.level(tier) for tier in tiers),
                len(results.get(rule.id, ())),
                sum(meaning_of(r) in (Meaning.FAIL, Meaning.ERROR, Meaning.ADVISE) for r in results.get(rule.id, ())),
            )
            for rule in RULES.values()
        )
        return tuple(sorted((c for c in found if c.before is not c.after), key=lambda c: c.rule))

    @property
    def gained(self) -> tuple[Item, ...]:
        """Items of the second tier's checklist that only the second plan meets."""
        return self._met_by_one(self.after.readiness, self.measured)

    @property
    def lost(self) -> tuple[Item, ...]:
        """Items of the second tier's checklist that only the first plan meets."""
        return self._met_by_one(self.measured, self.after.readiness)

    @staticmethod
    def _met_by_one(one: Readiness, other: Readiness) -> tuple[Item, ...]:
        met = {judged.item.number for judged in other.items if judged.status is Status.MET}
        return tuple(j.item for j in one.items if j.status is Status.MET and j.item.number not in met)

    @property
    def points_gained(self) -> float:
        """Difference of the scores against the second tier's checklist."""
        return round(self.after.readiness.points - self.measured.points, 1)

    @property
    def dollars_added(self) -> Decimal:
        """Difference of the expected costs a month."""
        return self.after.costing.estimate.total.expected - self.before.costing.estimate.total.expected

    @property
    def dollars_of_usage(self) -> Decimal:
        """The part of `dollars_added` that comes from the second side's larger usage, not from its resources."""
        return self.same_usage - self.before.costing.estimate.total.expected

    @cached_property
    def dollars_by_layer(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """Layer → expected dollars before and after, for layers in which there is a resource."""
        sides = [side.costing.estimate.layers for side in (self.before, self.after)]
        return {
            layer: (total_of(sides[0].get(layer, ())).expected, total_of(sides[1].get(layer, ())).expected)
            for layer in (*LAYERS, OTHER)
            if layer in sides[0] or layer in sides[1]
        }
