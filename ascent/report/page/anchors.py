"""Where in a stack's page something stands, so that every figure can point to its evidence."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ascent.verdicts.findings import meaning_of, name_of
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ascent.cost.charges import Bill
    from ascent.report.page.subject import Subject
    from ascent.verdicts.findings import Meaning
    from policies.pack.evaluate import Result
    from policies.pack.rule import Rule

T = TypeVar("T")


class Finding:
    """A verdict with its place in the page."""

    def __init__(self, anchor: str, result: Result) -> None:
        self.anchor = anchor
        self.result = result

    @property
    def meaning(self) -> Meaning:
        """What it means for the reader."""
        return meaning_of(self.result)

    @property
    def rule(self) -> Rule:
        """The rule that was applied."""
        return RULES[self.result.verdict.rule]

    @property
    def urn(self) -> str:
        """The resource that it is about."""
        return self.result.verdict.urn


class Anchors:
    """The ids of a page. Resources and verdicts are numbered: their names may hold anything.

    Args:
        subject: the stack that the page is about.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.resources: Mapping[str, str] = {r.urn: f"r{n}" for n, r in enumerate(subject.plan.resources, start=1)}
        self.findings: Sequence[Finding] = [Finding(f"v{n}", r) for n, r in enumerate(subject.results, start=1)]

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The rules with a verdict in this stack, by id."""
        return [RULES[name] for name in sorted({f.rule.id for f in self.findings})]

    @cached_property
    def by_urn(self) -> Mapping[str, Sequence[Finding]]:
        """Verdicts by the resource that they are about."""
        return _grouped((f.urn, f) for f in self.findings)

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[Finding]]:
        """Verdicts by rule."""
        return _grouped((f.rule.id, f) for f in self.findings)

    @cached_property
    def bills(self) -> Mapping[str, Bill]:
        """Bills by URN."""
        return {bill.urn: bill for bill in self._subject.costing.estimate.bills}

    @cached_property
    def items(self) -> Mapping[str, Sequence[int]]:
        """Numbers of the checklist's items by the rule that proves them, or a part of each."""
        items = [judged.item for judged in self._subject.readiness.items]
        return _grouped((rule, item.number) for item in items for rule in item.proof.rules)

    def of(self, urn: str) -> str:
        """The id of a resource; empty for one that the plan does not have."""
        return self.resources.get(urn, "")

    def name(self, urn: str) -> str:
        """A resource's name, as people know it."""
        resource = self._subject.plan.by_urn.get(urn)
        return resource.name if resource else name_of(urn)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, Sequence[T]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
