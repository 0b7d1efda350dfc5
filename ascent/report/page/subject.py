"""What a report is about: a stack with all that was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.catalog.layers import OTHER, group_of
from ascent.verdicts.findings import Meaning, meaning_of, worst_first
from common.layers import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.advise.steps import Steps
    from ascent.cost.costing import Costing
    from ascent.plan.model import Plan, Resource
    from ascent.readiness.assess import Readiness
    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One stack of a report.

    Attributes:
        judged: its plan and the verdicts on it.
        readiness: how ready it is, on the day of the report.
        costing: what it costs in a month.
        steps: what to do next, ranked; None for a program whose settings are not Ascent's.
    """

    judged: Judged
    readiness: Readiness
    costing: Costing
    steps: Steps | None = None

    @property
    def plan(self) -> Plan:
        """What the stack would build."""
        return self.judged.plan

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The verdicts, the worst first."""
        return tuple(worst_first(self.judged.report.results))

    @cached_property
    def counts(self) -> Mapping[Meaning, int]:
        """Number of verdicts by what they mean."""
        found = [meaning_of(result) for result in self.results]
        return {meaning: found.count(meaning) for meaning in Meaning}

    @cached_property
    def layers(self) -> Mapping[str, tuple[Resource, ...]]:
        """Resources by layer, from the outside in; layers without resources are left out."""
        found: dict[str, list[Resource]] = {layer: [] for layer in (*LAYERS, OTHER)}
        for resource in self.plan.resources:
            found[group_of(self.plan, resource)[0]].append(resource)
        return {layer: tuple(resources) for layer, resources in found.items() if resources}
