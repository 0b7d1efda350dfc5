"""A stack held against a framework."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ascent.compliance.mapping import rules_by_control
from ascent.verdicts.findings import Meaning, meaning_of
from policies.pack.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ascent.compliance.frameworks import Framework
    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result
    from policies.pack.rule import Rule

CAVEAT: Final = (
    "Covered means that the rules mapped to a control found nothing wrong in the planned configuration. "
    "It is not compliance: a control also asks for processes, people and evidence of operation, which no plan holds, "
    "and the rules judge only part of what a control asks of the configuration."
)
"""What a reader must not take the result for."""


class Standing(StrEnum):
    """How a control stands, the worst first."""

    FAILING = "failing"
    """A rule mapped to it is broken, whether or not that stops a deployment."""
    UNVERIFIED = "unverified"
    """A rule cannot tell before deployment, could not be applied, or is off at the stack's tier."""
    EXCEPTED = "excepted"
    """Whatever speaks against it is waived."""
    COVERED = "covered"
    """All rules mapped to it that had something to judge pass."""
    NOTHING = "nothing to judge"
    """The stack has no resource that the rules mapped to it are about."""
    NO_RULE = "not coverable from a plan"
    """No rule is mapped to it."""


_STANDINGS: Final = {
    Meaning.FAIL: Standing.FAILING,
    Meaning.ADVISE: Standing.FAILING,
    Meaning.ERROR: Standing.UNVERIFIED,
    Meaning.UNVERIFIED: Standing.UNVERIFIED,
    Meaning.WAIVED: Standing.EXCEPTED,
    Meaning.PASS: Standing.COVERED,
}


def standing_of(result: Result) -> Standing:
    """What one verdict means for the controls that its rule speaks for."""
    return _STANDINGS[meaning_of(result)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control with what the rules found."""

    id: str
    title: str
    rules: tuple[Rule, ...]
    """The rules mapped to it."""
    off: tuple[Rule, ...]
    """Those of them that are not applied at the stack's tier."""
    results: tuple[Result, ...]
    """Their verdicts."""

    @property
    def standing(self) -> Standing:
        """The worst that a rule says."""
        if not self.rules:
            return Standing.NO_RULE
        found = {standing_of(result) for result in self.results} | ({Standing.UNVERIFIED} if self.off else set())
        return next((standing for standing in Standing if standing in found), Standing.NOTHING)

    def against(self, *standings: Standing) -> tuple[Result, ...]:
        """The verdicts of a standing."""
        return tuple(result for result in self.results if standing_of(result) in standings)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A stack held against a framework on a day."""

    judged: Judged
    framework: Framework
    today: date
    controls: tuple[Control, ...]
    """In the framework's order."""

    @property
    def project(self) -> str:
        """The stack's project."""
        return self.judged.plan.project

    @property
    def stack(self) -> str:
        """The stack's name."""
        return self.judged.plan.stack

    @property
    def tier(self) -> str:
        """The tier at which the rules were applied."""
        return self.judged.plan.tier

    @cached_property
    def counts(self) -> Mapping[Standing, int]:
        """Number of controls by standing."""
        found = Counter(control.standing for control in self.controls)
        return {standing: found[standing] for standing in Standing}

    @property
    def fine(self) -> bool:
        """Whether no control is failing."""
        return not self.counts[Standing.FAILING]

    def standing(self, *standings: Standing) -> tuple[Control, ...]:
        """The controls that stand so."""
        return tuple(control for control in self.controls if control.standing in standings)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Verdicts of all rules that are mapped to a control, once each."""
        mapped = {rule.id for control in self.controls for rule in control.rules}
        return tuple(result for result in self.judged.report.results if result.verdict.rule in mapped)

    def against(self, standing: Standing) -> Mapping[str, tuple[Result, ...]]:
        """Verdicts of a standing, by the rule's id."""
        found: dict[str, list[Result]] = {}
        for result in self.results:
            if standing_of(result) is standing:
                found.setdefault(result.verdict.rule, []).append(result)
        return {rule: tuple(results) for rule, results in found.items()}


def assess(judged: Judged, framework: Framework, today: date) -> Assessment:
    """Hold a stack against a framework.

    Args:
        judged: the stack with its verdicts.
        framework: the framework.
        today: the day for which waivers were judged.
    """
    by_rule = judged.report.by_rule()
    return Assessment(
        judged=judged,
        framework=framework,
        today=today,
        controls=tuple(
            Control(
                id=control,
                title=framework.title(control),
                rules=rules,
                off=_off(rules, by_rule, judged.plan.tier),
                results=tuple(result for rule in rules for result in by_rule.get(rule.id, ())),
            )
            for control, rules in rules_by_control(framework).items()
        ),
    )


def _off(rules: Iterable[Rule], by_rule: Mapping[str, tuple[Result, ...]], tier: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.id not in by_rule and rule.level(tier) is Level.DISABLED)
