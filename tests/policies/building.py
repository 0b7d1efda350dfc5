"""Small stacks in wire form for the rules' tests, written as resources that refer to each other by name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

from policies.pack.engine.wire import facts_from_wire
from policies.pack.facts import StackFacts
from policies.pack.verdict import Status

PROJECT = "shop"
STACK = "dev"
STACK_URN = f"urn:pulumi:{STACK}::{PROJECT}::pulumi:pulumi:Stack::{PROJECT}-{STACK}"
PROVIDER = "pulumi:providers:aws"

U = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""A value known only after deployment, in wire form."""


def secret(value: object) -> dict[str, object]:
    return {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": value}


@dataclass(frozen=True)
class Ref:
    """A property made from other resources' outputs: unknown before deployment, with dependencies."""

    names: tuple[str, ...]


def ref(*names: str) -> Ref:
    return Ref(names)


@dataclass(frozen=True)
class Made:
    """A resource of a test's stack."""

    type: str
    name: str
    props: dict[str, object]
    protect: bool = False
    provider: str = ""
    parent: str = ""
    """Name of its component; empty for a child of the stack."""

    @property
    def urn(self) -> str:
        return f"urn:pulumi:{STACK}::{PROJECT}::{self.type}::{self.name}"


def of(type_: str, name: str = "it", /, *, protect: bool = False, provider: str = "", **props: object) -> Made:
    return Made(type_, name, props, protect, provider)


def inside(parent: str, made: Made) -> Made:
    return replace(made, parent=parent)


def _targets(value: object, urns: dict[str, str]) -> tuple[str, ...]:
    """URNs that a reference depends on; what the test's stack does not hold belongs to another stack."""
    return tuple(urns[n] for n in value.names if n in urns) if isinstance(value, Ref) else ()


def wire(*resources: Made) -> list[SimpleNamespace]:
    """The resources as the plan holds them."""
    urns = {r.name: r.urn for r in resources}
    stack = SimpleNamespace(
        urn=STACK_URN,
        type="pulumi:pulumi:Stack",
        name=f"{PROJECT}-{STACK}",
        parent=None,
        provider="",
        inputs={},
        dependencies=(),
        property_dependencies={},
        options=SimpleNamespace(protect=False),
    )
    return [
        stack,
        *(
            SimpleNamespace(
                urn=r.urn,
                type=r.type,
                name=r.name,
                parent=urns[r.parent] if r.parent else STACK_URN,
                provider=urns.get(r.provider, ""),
                inputs={k: U if isinstance(v, Ref) else v for k, v in r.props.items()},
                dependencies=tuple(sorted({u for v in r.props.values() for u in _targets(v, urns)})),
                property_dependencies={k: found for k, v in r.props.items() if (found := _targets(v, urns))},
                options=SimpleNamespace(protect=r.protect),
            )
            for r in resources
        ),
    ]


def facts(*resources: Made, tier: str = "enterprise") -> StackFacts:
    return facts_from_wire(wire(*resources), project=PROJECT, stack=STACK, tier=tier)


@dataclass(frozen=True)
class Case:
    """What a rule must say about the first resource of a stack (or about the stack)."""

    rule: str
    kind: str
    """pass, fail, unknown (some value is known only after deployment) or skip (the rule does not apply)."""
    expected: Status | None
    resources: tuple[Made, ...]
    tier: str = "enterprise"
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.rule}-{self.kind}-{self.number}"


Stacks = list[Made | tuple[Made, ...]]


def cases(
    rule: str,
    *,
    passing: Stacks,
    failing: Stacks,
    unknown: Stacks,
    unknown_is: Status = Status.FAIL,
    skipped: Stacks | None = None,
    tier: str = "enterprise",
) -> list[Case]:
    """Cases of one rule; each stack's first resource is the one judged.

    `unknown_is` is what the rule says to a value that is not known yet: FAIL where a literal is needed, PASS for a
    reference, UNKNOWN for a document.
    """
    kinds = (
        ("pass", Status.PASS, passing),
        ("fail", Status.FAIL, failing),
        ("unknown", unknown_is, unknown),
        ("skip", None, skipped or []),
    )
    return [
        Case(rule, kind, expected, s if isinstance(s, tuple) else (s,), tier, number)
        for kind, expected, stacks in kinds
        for number, s in enumerate(stacks)
    ]
