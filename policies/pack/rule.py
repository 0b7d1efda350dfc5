"""Rules: a function from facts to an outcome, with what people need to know about it.

Three kinds, by what the function needs:
- `Layer.resource`: one resource alone; the engine can apply it before the resource is made.
- `Layer.joined`: one resource together with the rest of its stack (a bucket and its policy).
- `Layer.stack`: the stack as a whole (there is a budget).

A function returns None where the rule does not apply to its subject. The function of a rule with parameters takes their
`Values` as its last argument. A rule about one resource may offer a remedy: which properties to change, from the same
arguments.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NotRequired, TypeAlias, TypedDict, Unpack

from policies.pack.facts import ResourceFacts, StackFacts, canonical_type
from policies.pack.facts.secret.blotting import without
from policies.pack.levels import Levels
from policies.pack.parameters import NOTHING, Parameter, Values
from policies.pack.values import LATER
from policies.pack.verdict import Outcome, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import Value
    from policies.pack.levels import Level

ResourceCheck: TypeAlias = Callable[[ResourceFacts], Outcome | None] | Callable[[ResourceFacts, Values], Outcome | None]
JoinedCheck: TypeAlias = (
    Callable[[ResourceFacts, StackFacts], Outcome | None]
    | Callable[[ResourceFacts, StackFacts, Values], Outcome | None]
)
StackCheck: TypeAlias = Callable[[StackFacts], Outcome | None] | Callable[[StackFacts, Values], Outcome | None]
Changes: TypeAlias = Mapping[tuple[str, ...], Any]
"""Properties to change: the keys that lead to each → its new value."""
Remedy: TypeAlias = Callable[[ResourceFacts, Values], Changes]
"""From a failing resource to what to change. It must not replace the resource."""


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
    parameters: tuple[Parameter[Any], ...] = ()
    """What it may be told."""
    account: bool = False
    """Whether it asks for what an account needs once. Of a stack that is not the account's own it only advises: one
    that is not Ascent's, and makes nothing of what the rule looks at."""

    def owned_by(self, stack: StackFacts) -> bool:
        """Whether a stack answers for what the rule asks: always, but for what an account needs once."""
        return not self.account or stack.is_ours or any(stack.of_type(*self.on))

    def level(self, tier: str) -> Level:
        """Enforcement at a tier."""
        return self.levels.at(tier)

    def values(self, tier: str, given: Mapping[str, Value]) -> Values:
        """What the rule is told: the parameters given, by name, and a tier's defaults for the others."""
        if not self.parameters:
            return NOTHING
        return Values({p.name: p.read(given[p.name]) if p.name in given else p.at(tier) for p in self.parameters})

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
            hidden=outcome.hidden,
        )

    @abstractmethod
    def judge(self, stack: StackFacts, given: Mapping[str, Value] | None = None) -> Iterator[Verdict]:
        """Verdicts about a stack. A function that raises gives an ERROR verdict, not an exception.

        Args:
            stack: facts.
            given: parameters by name, without complaint; a tier's defaults stand in for the others.
        """

    def _guarded(
        self, urn: str, secrets: frozenset[str], check: Callable[..., Outcome | None], *arguments: object
    ) -> Iterator[Verdict]:
        given = arguments if self.parameters else arguments[:-1]
        try:
            outcome = check(*given)
        except Exception as error:
            # One broken rule must not hide the others' findings. Only the kind of error: its text may quote a value.
            outcome = Outcome(Status.ERROR, f"{self.id} raised {type(error).__name__}; this is a bug in the rule")
        if outcome is not None:
            subject = arguments[0]
            if isinstance(subject, ResourceFacts) and subject.hidden and outcome.status is Status.UNKNOWN:
                told = outcome.found.replace(LATER, subject.hidden)
                outcome = replace(
                    outcome, found=told, hidden=subject.hidden if told != outcome.found else outcome.hidden
                )
            yield self.verdict(urn, replace(outcome, found=without(secrets, outcome.found)) if secrets else outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRule(Rule):
    """A rule about one resource alone."""

    check: Callable[..., Outcome | None]
    remedy: Remedy | None = None
    """How CrossGuard may mend a failure before the resource is made; None where a person must decide, or where the
    change would replace the resource."""

    def judge_one(self, resource: ResourceFacts, given: Mapping[str, Value] | None = None) -> Iterator[Verdict]:
        """The verdict about one resource, if it is of a type that the rule judges."""
        if resource.type in self.on:
            values = self.values(resource.tier, given or {})
            yield from self._guarded(resource.urn, resource.secrets, self.check, resource, values)

    def judge(self, stack: StackFacts, given: Mapping[str, Value] | None = None) -> Iterator[Verdict]:
        """A verdict per resource of the types that the rule judges."""
        for resource in stack.of_type(*self.on):
            yield from self.judge_one(resource, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedRule(Rule):
    """A rule about one resource together with the others of its stack."""

    check: Callable[..., Outcome | None]

    def judge(self, stack: StackFacts, given: Mapping[str, Value] | None = None) -> Iterator[Verdict]:
        """A verdict per resource of the types that the rule judges."""
        values = self.values(stack.tier, given or {})
        for resource in stack.of_type(*self.on):
            yield from self._guarded(resource.urn, stack.secrets, self.check, resource, stack, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRule(Rule):
    """A rule about the stack as a whole."""

    check: Callable[..., Outcome | None]

    def judge(self, stack: StackFacts, given: Mapping[str, Value] | None = None) -> Iterator[Verdict]:
        """At most one verdict, about the stack."""
        yield from self._guarded(stack.urn, stack.secrets, self.check, stack, self.values(stack.tier, given or {}))


class About(TypedDict):
    """What every rule must say about itself; the fields are `Rule`'s."""

    on: str | tuple[str, ...]
    severity: Severity
    levels: Levels
    why: str
    fix: str
    anchors: NotRequired[tuple[str, ...]]
    parameters: NotRequired[tuple[Parameter[Any], ...]]
    account: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class Layer:
    """Decorators that make functions rules of one layer."""

    name: str
    """One of `LAYERS`."""

    def resource(
        self, id_: str, title: str, *, remedy: Remedy | None = None, **about: Unpack[About]
    ) -> Callable[[ResourceCheck], ResourceRule]:
        """Make a rule of a function of one resource, which the rule may know how to mend."""
        return lambda check: ResourceRule(check=check, remedy=remedy, **self._fields(id_, title, about))

    def joined(self, id_: str, title: str, **about: Unpack[About]) -> Callable[[JoinedCheck], JoinedRule]:
        """Make a rule of a function of one resource and its stack."""
        return lambda check: JoinedRule(check=check, **self._fields(id_, title, about))

    def stack(self, id_: str, title: str, **about: Unpack[About]) -> Callable[[StackCheck], StackRule]:
        """Make a rule of a function of the whole stack."""
        return lambda check: StackRule(check=check, **self._fields(id_, title, about))

    def _fields(self, id_: str, title: str, about: About) -> dict[str, Any]:
        on = about["on"]
        types = tuple(dict.fromkeys(canonical_type(t) for t in ((on,) if isinstance(on, str) else on)))
        return {**about, "id": id_, "title": title, "layer": self.name, "on": types}


def sets(changes: Mapping[str, Any]) -> Remedy:
    """A remedy that sets the same properties on every resource: dotted path → value."""
    split: Changes = {tuple(path.split(".")): value for path, value in changes.items()}
    return lambda _resource, _given: split
