"""Apply the rules to a stack."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policies.pack.configuration import DEFAULTS, Configuration
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.remedies import Remedied, remedied
from policies.pack.verdict import Status, Verdict
from policies.pack.waivers.carried import carried_waivers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from policies.pack.facts import StackFacts
    from policies.pack.rule import Rule
    from policies.pack.waivers import Waiver, WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A verdict with what follows from it."""

    verdict: Verdict
    level: Level
    """What a failure does: advisory or mandatory."""
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
    """Rule by rule; disabled rules are not in here."""
    waiver_findings: tuple[str, ...] = ()
    """A line per waiver that is wrong, expired, unused or over-broad."""
    waivers_level: Level = Level.ADVISORY
    """What those findings do."""
    unused_waivers: tuple[Waiver, ...] = ()
    """Waivers for this stack that excuse nothing; `waiver_findings` has a line for each."""
    remedies: tuple[Remedied, ...] = ()
    """What rules at level `remediate` change; the results are of the stack after that."""

    @property
    def mandatory_failures(self) -> tuple[Result, ...]:
        """What stops the deployment."""
        return tuple(r for r in self.results if r.stops_deployment)

    @property
    def stops_deployment(self) -> bool:
        """Whether anything does: a mandatory failure, or something about waivers where that is mandatory."""
        return bool(self.mandatory_failures or (self.waiver_findings and self.waivers_level is Level.MANDATORY))

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


def result_of(verdict: Verdict, level: Level, book: WaiverBook | None, lineage: Collection[str] = ()) -> Result:
    """A verdict as a result, with the first waiver that excuses it.

    Args:
        verdict: what a rule says.
        level: enforcement of the rule.
        book: waivers there are.
        lineage: URNs of the resource and of those above it.
    """
    waiver = book.excuse(verdict, lineage) if book else None
    return Result(verdict=verdict, level=level.of_findings, waiver=waiver)


def evaluate(
    stack: StackFacts,
    *,
    waivers: WaiverBook | None = None,
    rules: Iterable[Rule] = tuple(RULES.values()),
    configured: Configuration = DEFAULTS,
) -> Report:
    """Apply rules to a stack.

    Args:
        stack: facts; `dataclasses.replace(stack, tier=…)` asks what another tier would say.
        waivers: the file's waivers, from `waivers.file.load_waivers`; what components carry is added to them. None
            heeds neither, since without a date nothing tells what has expired.
        rules: rules to apply; all of them by default.
        configured: levels and parameters in place of the tier's own, from `policy_file.load_policy_config`.
    """
    every = tuple(rules)
    book = waivers.plus(_carried(stack, waivers)) if waivers else None

    def excused(verdict: Verdict) -> bool:
        return book is not None and book.excuse(verdict, tuple(stack.lineage(verdict.urn))) is not None

    after, remedies = remedied(stack, every, configured, excused)
    results: list[Result] = []
    for rule in every:
        level = configured.level(rule, stack.tier)
        if level is Level.DISABLED:
            continue
        if not rule.owned_by(stack):
            level = Level.ADVISORY
        for verdict in rule.judge(after, configured.given(rule)):
            lineage = () if verdict.status is Status.PASS else tuple(stack.lineage(verdict.urn))
            results.append(result_of(verdict, level, book, lineage))
    report = Report(results=tuple(results), waivers_level=configured.waivers_level, remedies=remedies)
    if book is None or configured.waivers_level is Level.DISABLED:
        return report
    used = tuple((r.waiver, r.verdict.urn) for r in results if r.waiver)
    idle = tuple(w for w in book.in_force if w.concerns(stack.stack) and not any(w is u for u, _ in used))
    return replace(report, waiver_findings=book.findings(stack.stack, used), unused_waivers=idle)


def _carried(stack: StackFacts, waivers: WaiverBook) -> Iterable[WaiverBook]:
    """What the stack's components carry."""
    for resource in stack.resources:
        book = carried_waivers(resource.urn, resource.type, resource.props, today=waivers.today, rules=RULES)
        if book:
            yield book
