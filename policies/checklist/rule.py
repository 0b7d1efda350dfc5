"""Rules: a function from facts to an outcome, with what people need to know about it.

Three kinds, by what the function needs:
- `Layer.resource`: one resource alone; the engine can apply it before the resource is made.
- `Layer.joined`: one resource together with the rest of its stack (a bucket and its policy).
- `Layer.stack`: the stack as a whole (there is a budget).

A function returns None where the rule does not apply to its subject.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NotRequired, TypedDict, Unpack

from .facts import canonical_type
from .levels import Levels
from .verdict import Outcome, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .facts import ResourceFacts, StackFacts
    from .levels import Level

LAYERS: Final = ("network", "edge", "compute", "data", "security", "observability", "resilience")


class Severity(StrEnum):
    """How bad a failure is, whatever the tier."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """What is known about a rule, apart from the function that judges."""

    id: str
    """Kebab-case, unique, stable: waivers and policy configuration name it."""
    title: str
    """The rule as a sentence that is true of a stack that meets it."""
    layer: str
    """One of `LAYERS`."""
    severity: Severity
    on: tuple[str, ...]
    """Canonical types of the resources that it judges, or for a stack rule looks at."""
    levels: Levels
    why: str
    """What goes wrong without it."""
    fix: str
    """What to do about a failure, in terms of Pulumi properties."""
    anchors: tuple[str, ...] = ()
    """The same control elsewhere: `FSBP RDS.3`, `checkov CKV_AWS_16`, `cdk-nag …`, `trivy …`; empty for our own."""
    items: tuple[int, ...] = ()
    """Numbers of the checklist items that it proves."""

    def level(self, tier: str) -> Level:
        """Enforcement at a tier."""
        return self.levels.at(tier)

    def verdict(self, urn: str, outcome: Outcome) -> Verdict:
        """An outcome about a URN as this rule's verdict."""
        passing = outcome.status is Status.PASS
        return Verdict(
            rule=self.id,
            urn=urn,
            status=outcome.status,
            found=outcome.found,
            wanted=outcome.wanted,
            fix="" if passing else self.fix,
        )

    @abstractmethod
    def judge(self, stack: StackFacts) -> Iterator[Verdict]:
        """Verdicts about a stack. A function that raises gives an ERROR verdict, not an exception."""

    def _guarded(self, urn: str, ask: Callable[[], Outcome | None]) -> Iterator[Verdict]:
        try:
            outcome = ask()
        except Exception as error:
            # One broken rule must not hide the others' findings. Only the kind of error: its text may quote a value.
            outcome = Outcome(Status.ERROR, f"{self.id} raised {type(error).__name__}; this is a bug in the rule")
        if outcome is not None:
            yield self.verdict(urn, outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRule(Rule):
    """A rule about one resource alone."""

    check: Callable[[ResourceFacts], Outcome | None]

    def judge_one(self, resource: ResourceFacts) -> Iterator[Verdict]:
        """The verdict about one resource, if it is of a type that the rule judges."""
        if resource.type in self.on:
            yield from self._guarded(resource.urn, lambda: self.check(resource))

    def judge(self, stack: StackFacts) -> Iterator[Verdict]:
        """A verdict per resource of the types that the rule judges."""
        for resource in stack.of_type(*self.on):
            yield from self.judge_one(resource)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedRule(Rule):
    """A rule about one resource together with the others of its stack."""

    check: Callable[[ResourceFacts, StackFacts], Outcome | None]

    def judge(self, stack: StackFacts) -> Iterator[Verdict]:
        """A verdict per resource of the types that the rule judges."""
        for resource in stack.of_type(*self.on):
            yield from self._guarded(resource.urn, lambda r=resource: self.check(r, stack))


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRule(Rule):
    """A rule about the stack as a whole."""

    check: Callable[[StackFacts], Outcome | None]

    def judge(self, stack: StackFacts) -> Iterator[Verdict]:
        """At most one verdict, about the stack."""
        yield from self._guarded(stack.urn, lambda: self.check(stack))


class About(TypedDict):
    """What every rule must say about itself; the fields are `Rule`'s."""

    on: str | tuple[str, ...]
    severity: Severity
    levels: Levels
    why: str
    fix: str
    anchors: NotRequired[tuple[str, ...]]
    items: NotRequired[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Layer:
    """Decorators that make functions rules of one layer."""

    name: str
    """One of `LAYERS`."""

    def resource(
        self, id_: str, title: str, **about: Unpack[About]
    ) -> Callable[[Callable[[ResourceFacts], Outcome | None]], ResourceRule]:
        """Make a rule of a function of one resource."""
        return lambda check: ResourceRule(check=check, **self._fields(id_, title, about))

    def joined(
        self, id_: str, title: str, **about: Unpack[About]
    ) -> Callable[[Callable[[ResourceFacts, StackFacts], Outcome | None]], JoinedRule]:
        """Make a rule of a function of one resource and its stack."""
        return lambda check: JoinedRule(check=check, **self._fields(id_, title, about))

    def stack(
        self, id_: str, title: str, **about: Unpack[About]
    ) -> Callable[[Callable[[StackFacts], Outcome | None]], StackRule]:
        """Make a rule of a function of the whole stack."""
        return lambda check: StackRule(check=check, **self._fields(id_, title, about))

    def _fields(self, id_: str, title: str, about: About) -> dict[str, Any]:
        on = about["on"]
        types = tuple(dict.fromkeys(canonical_type(t) for t in ((on,) if isinstance(on, str) else on)))
        return {**about, "id": id_, "title": title, "layer": self.name, "on": types}
