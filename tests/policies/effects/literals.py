"""Stacks whose resources refer to each other by ids or ARNs, as imported programs and bare states do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policies.pack.engine.wire import Deployed, facts_from_wire
from tests.policies.building import PROJECT, STACK, Made, Ref, wire

if TYPE_CHECKING:
    from types import SimpleNamespace

    from policies.pack.facts import StackFacts

FORMS = ("id", "arn")


def literal(form: str, name: str) -> str:
    """How the resource `name` is written; made up, because what counts is that it is the same in both places."""
    return f"id-{name}" if form == "id" else f"arn:aws:any:eu-west-1:123456789012:{name}"


def written_out(made: Made, form: str, known: set[str]) -> Made:
    """A resource with each reference to another of its stack as a literal."""
    props = {
        key: literal(form, value.names[0])
        if isinstance(value, Ref) and len(value.names) == 1 and value.names[0] in known
        else [literal(form, name) for name in value.names]
        if isinstance(value, Ref) and value.names and set(value.names) <= known
        else value
        for key, value in made.props.items()
    }
    return replace(made, props=props)


def registered(form: str, *resources: Made) -> list[SimpleNamespace]:
    """The resources as the engine holds them, without a recorded dependency."""
    names = {r.name for r in resources}
    found = wire(*(written_out(r, form, names) for r in resources))
    for one in found:
        one.dependencies, one.property_dependencies = (), {}
    return found


def deployed(form: str, *resources: Made, tier: str) -> StackFacts:
    """A stack of which each resource's id and ARN are known, and no dependency is recorded."""
    known = {r.urn: Deployed(literal("id", r.name), {"arn": literal("arn", r.name)}) for r in resources}
    return facts_from_wire(registered(form, *resources), project=PROJECT, stack=STACK, tier=tier, deployed=known)
