"""How ready a stack is: every item judged, and the score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.readiness.attestations import Attestations
from ascent.readiness.content.repository import Repository
from ascent.readiness.model import WEIGHTS, Kind, Phase, Status
from ascent.readiness.outcomes import Outcomes
from ascent.readiness.probes.records import Probes
from ascent.readiness.prove import Grounds, JudgedItem, broken_rules, judge
from ascent.readiness.scores.milestones import Progress, progress
from ascent.readiness.scores.reach import Prospect, prospect
from ascent.readiness.scores.score import Score, score_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ascent.cost.costing import Costing
    from ascent.ops.record import OperationRecord
    from ascent.plan.model import Plan
    from ascent.readiness.checklist import Checklist
    from ascent.readiness.model import Area, Item
    from policies.pack.evaluate import Report
    from policies.pack.facts import StackFacts


@dataclass(frozen=True)
class Readiness:
    """How ready a stack is.

    Attributes:
        project: the Pulumi project.
        stack: the stack.
        tier: the tier whose checklist it is held against.
        today: the day it was judged for.
        areas: the checklist's areas, in order.
        items: every item, by number.
        findings: lines about the evidence itself: what expired.
        broken: ids of mandatory rules that something in the stack breaks, waived or not; each takes points.
    """

    project: str
    stack: str
    tier: str
    today: date
    areas: tuple[Area, ...]
    items: tuple[JudgedItem, ...]
    findings: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @cached_property
    def score(self) -> Score:
        """Over all items."""
        return score_of(self.items, self.broken)

    def score_where(self, belongs: Callable[[Item], bool]) -> Score:
        """Over the items of a part; a broken rule takes its points from the part that its first item belongs to.

        Args:
            belongs: whether an item is of the part.
        """
        mine = {rule for rule in self.broken if rule in self._homes and belongs(self._homes[rule])}
        return score_of((j for j in self.items if belongs(j.item)), mine)

    @cached_property
    def _homes(self) -> Mapping[str, Item]:
        """The first item that each rule proves, by the rule's id; a rule that proves none is not in here."""
        return {rule: j.item for j in reversed(self.items) for rule in j.item.proof.rules}

    @property
    def points(self) -> float:
        """The score from 0 to 100; 0 where no item counts."""
        return self.score.value or 0.0

    @cached_property
    def by_area(self) -> Mapping[str, Score]:
        """Score by area name, in order."""
        return {area.name: self.score_where(lambda item, name=area.name: item.area == name) for area in self.areas}

    @property
    def scored_areas(self) -> tuple[tuple[Area, Score], ...]:
        """The areas with their scores, in order."""
        return tuple((area, self.by_area[area.name]) for area in self.areas)

    @cached_property
    def by_phase(self) -> Mapping[Phase, Score]:
        """Score by phase, the most urgent first."""
        return {phase: self.score_where(lambda item, wanted=phase: item.phase is wanted) for phase in Phase}

    @cached_property
    def prospects(self) -> tuple[Prospect, ...]:
        """The whole score, then those of its three parts, each with how far it can go."""
        return (
            prospect(None, self.score, self.items, self.tier),
            *(
                prospect(part, self.score_where(lambda item, wanted=part: item.part is wanted), self.items, self.tier)
                for part in Kind
            ),
        )

    @property
    def whole(self) -> Prospect:
        """The whole score, and how far it can go."""
        return self.prospects[0]

    @property
    def parts(self) -> tuple[Prospect, ...]:
        """The scores of the three parts, and how far each can go."""
        return self.prospects[1:]

    @cached_property
    def milestones(self) -> tuple[Progress, ...]:
        """Where the stack stands with each milestone, in their order."""
        return progress(self.items)

    @cached_property
    def gaps(self) -> tuple[JudgedItem, ...]:
        """Items that count and are not met: the heaviest first, then the most urgent."""
        phases = list(Phase)
        open_ = (j for j in self.items if j.counts and j.status is not Status.MET)
        return tuple(
            sorted(open_, key=lambda j: (WEIGHTS.index(j.item.weight), phases.index(j.item.phase), j.item.number))
        )

    @property
    def critical_gaps(self) -> tuple[JudgedItem, ...]:
        """Gaps of the heaviest weight."""
        return tuple(j for j in self.gaps if j.item.weight == WEIGHTS[0])

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """Number of items by status."""
        return {status: sum(j.status is status for j in self.items) for status in Status}


def assess(
    facts: StackFacts,
    report: Report,
    checklist: Checklist,
    *,
    today: date,
    repository: Repository | None = None,
    outcomes: Outcomes | None = None,
    attestations: Attestations | None = None,
    probes: Probes | None = None,
    others: Iterable[StackFacts] = (),
    costing: Costing | None = None,
    plan: Plan | None = None,
    records: Iterable[OperationRecord] = (),
) -> Readiness:
    """Hold a stack against the checklist. Pure: the same arguments give the same answer.

    Args:
        facts: what the stack would register; the facts of `dataclasses.replace(plan, tier=…)`, together with a report
            of that plan, ask what another tier would say.
        report: what the rules say of the same plan.
        checklist: the items.
        today: the day from which the age of documents counts.
        repository: the project's files; None for none.
        outcomes: results of tests, from `outcomes.read_outcomes`; None for none.
        attestations: from `attestations.load_attestations`; None for none.
        probes: from `probes.read_probes`; None for none.
        others: the project's other stacks, as far as they were planned.
        costing: what the stack costs; None where that was not asked.
        plan: the stack as a plan; None where there is none.
        records: what operations on the project's stacks left behind, the latest first.
    """
    vouched = attestations or Attestations()
    grounds = Grounds(
        facts=facts,
        report=report,
        repository=repository or Repository(),
        outcomes=outcomes or Outcomes(),
        attestations=vouched,
        probes=probes or Probes(),
        today=today,
        others=tuple(others),
        costing=costing,
        plan=plan,
        records=tuple(records),
    )
    return Readiness(
        facts.project,
        facts.stack,
        facts.tier,
        today,
        checklist.areas,
        tuple(judge(item, grounds) for item in checklist.items),
        vouched.findings(facts.stack),
        broken_rules(report),
    )
