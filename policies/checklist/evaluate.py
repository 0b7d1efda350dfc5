"""Apply the rules to a stack."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .levels import Level
from .registry import RULES
from .verdict import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .facts import StackFacts
    from .rule import Rule
    from .waivers import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A verdict with what follows from it."""

    verdict: Verdict
    level: Level
    """Enforcement of its rule at the stack's tier."""
    waiver: Waiver | None = None
    """What excuses it; only a failure or something unverified can be excused."""

    @property
    def stops_deployment(self) -> bool:
        """A failure, or a rule that could not be applied, that is mandatory and not waived."""
        bad = self.verdict.status in (Status.FAIL, Status.ERROR)
        return bad and self.level is Level.MANDATORY and self.waiver is None

    @property
    def message(self) -> str:
        """One line for people; says so when the finding is waived."""
        if self.waiver is None:
            return self.verdict.message
        w = self.waiver
        return f"waived until {w.expires} by {w.owner} ({w.reason}): {self.verdict.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the rules say about a stack."""

    results: tuple[Result, ...]
    """Rule by rule; rules disabled at the stack's tier are not in here."""
    unused_waivers: tuple[Waiver, ...] = ()
    """Waivers for this stack that excuse nothing: findings of their own, to be deleted."""

    @property
    def mandatory_failures(self) -> tuple[Result, ...]:
        """What stops the deployment."""
        return tuple(r for r in self.results if r.stops_deployment)

    @property
    def findings(self) -> tuple[Result, ...]:
        """All that is not a pass, waived or not."""
        return tuple(r for r in self.results if r.verdict.status is not Status.PASS)

    @property
    def counts(self) -> Mapping[Status, int]:
        """Number of verdicts by status, waived ones left out."""
        found = Counter(r.verdict.status for r in self.results if r.waiver is None)
        return {status: found[status] for status in Status}

    @property
    def waived(self) -> int:
        """Number of waived verdicts."""
        return sum(r.waiver is not None for r in self.results)

    def by_rule(self) -> Mapping[str, tuple[Result, ...]]:
        """Results by rule id; a rule that had nothing to judge is not in here."""
        found: dict[str, list[Result]] = {}
        for result in self.results:
            found.setdefault(result.verdict.rule, []).append(result)
        return {rule: tuple(results) for rule, results in found.items()}


def result_of(verdict: Verdict, level: Level, waivers: Sequence[Waiver]) -> Result:
    """A verdict as a result, with the first waiver that excuses it."""
    return Result(verdict=verdict, level=level, waiver=next((w for w in waivers if w.covers(verdict)), None))


def evaluate(
    stack: StackFacts,
    *,
    waivers: Sequence[Waiver] = (),
    rules: Iterable[Rule] = tuple(RULES.values()),
    levels: Mapping[str, Level] | None = None,
) -> Report:
    """Apply rules to a stack.

    Args:
        stack: facts; `dataclasses.replace(stack, tier=…)` asks what another tier would say.
        waivers: waivers in force, from `waivers.load_waivers`.
        rules: rules to apply; all of them by default.
        levels: enforcement by rule id, in place of the rule's own at the stack's tier.
    """
    results: list[Result] = []
    for rule in rules:
        level = (levels or {}).get(rule.id, rule.level(stack.tier))
        if level is not Level.DISABLED:
            results += (result_of(verdict, level, waivers) for verdict in rule.judge(stack))
    used = {r.waiver for r in results}
    unused = tuple(w for w in waivers if w not in used and w.concerns(stack.stack))
    return Report(results=tuple(results), unused_waivers=unused)
