"""Judging a stack of which it is not known which resource refers to which.

A stream of engine events leaves references out. A rule that looks for companions (a bucket's policy) then finds none
and would fail, or pass, for no reason: whatever it says becomes unverified.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ascent.verdicts.findings import NO_REFERENCES
from policies.pack.configuration import DEFAULTS, Configuration
from policies.pack.evaluate import Result
from policies.pack.facts import StackFacts
from policies.pack.levels import Level
from policies.pack.rule import ResourceRule
from policies.pack.verdict import Status, unverified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policies.pack.evaluate import Report
    from policies.pack.facts import ResourceFacts
    from policies.pack.rule import Rule

_OPEN: Final = unverified(
    NO_REFERENCES,
    "a preview without PULUMI_ENABLE_STREAMING_JSON_PREVIEW",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Watched(StackFacts):
    """A stack that notes when a rule asks for references."""

    asked: list[bool] = field(default_factory=list)

    def referring(self, target: ResourceFacts, token: str, key: str, *names: str) -> tuple[ResourceFacts, ...]:
        self.asked.append(True)
        return super().referring(target, token, key, *names)

    def targets(self, source: ResourceFacts, key: str) -> tuple[ResourceFacts, ...]:
        self.asked.append(True)
        return super().targets(source, key)


def rules_in_need(stack: StackFacts, rules: Iterable[Rule], configured: Configuration = DEFAULTS) -> frozenset[str]:
    """Ids of the rules that ask a stack which resource refers to which."""
    asked: list[bool] = []
    watched = _Watched(
        project=stack.project, stack=stack.stack, tier=stack.tier, resources=stack.resources, asked=asked
    )
    found: set[str] = set()
    for rule in rules:
        if isinstance(rule, ResourceRule):
            continue
        asked.clear()
        for _ in rule.judge(watched, configured.given(rule)):
            pass
        if asked:
            found.add(rule.id)
    return frozenset(found)


def without_references(
    report: Report, stack: StackFacts, rules: Mapping[str, Rule], configured: Configuration = DEFAULTS
) -> Report:
    """A report on a stack without references, with everything unverified that depends on them.

    Args:
        report: what the rules said.
        stack: what they were asked about.
        rules: the rules that were asked, by id.
        configured: levels and parameters in place of the tier's own.
    """
    need = rules_in_need(stack, rules.values(), configured)
    results = [_open(r, rules[r.verdict.rule]) if r.verdict.rule in need else r for r in report.results]
    judged = report.by_rule()
    # A rule that found nothing to judge may have overlooked it for want of a reference.
    for rule in (rules[i] for i in rules if i in need and i not in judged):
        level = configured.level(rule, stack.tier)
        if level is not Level.DISABLED:
            results.append(Result(verdict=rule.verdict(stack.urn, _OPEN), level=level.of_findings))
    return replace(report, results=tuple(results))


def _open(result: Result, rule: Rule) -> Result:
    if result.verdict.status is Status.ERROR:
        return result
    return replace(result, verdict=rule.verdict(result.verdict.urn, _OPEN))
