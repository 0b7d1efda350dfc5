"""What is wrong with a plan in itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ascent.plan.check import Problem, ProblemKind, problems
from ascent.plan.model import Options, Plan, Resource
from ascent.plan.urn import make_urn, urn_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.record import Recording

STACK = "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s"


def resource(type_: str, name: str, parent: str | None = STACK, *, custom: bool = True) -> Resource:
    urn = make_urn("s", "p", parent or "", type_, name)
    return Resource(urn=urn, type=type_, name=name, parent=parent, custom=custom, inputs={})


ROOT = resource("pulumi:pulumi:Stack", "p-s", None, custom=False)
COMPONENT = resource("p:x:C", "c", custom=False)
CHILD = resource("t:x:T", "c-t", COMPONENT.urn)
GRANDCHILD = resource("t:x:U", "c-u", CHILD.urn)


def found(*resources: Resource, external: tuple[str, ...] = ()) -> list[Problem]:
    plan = Plan(project="p", stack="s", tier="", region="", resources=(ROOT, *resources))
    return problems(plan, external)


def test_sound_plan() -> None:
    provider = resource("pulumi:providers:t", "main")
    assert found(provider, COMPONENT, replace(CHILD, provider=provider.urn), GRANDCHILD) == []


def test_duplicates_are_named_once(recorded: Callable[..., Recording]) -> None:
    recording = recorded("duplicate")
    assert [(p.kind, p.urn.split("::")[-1]) for p in problems(recording.plan)] == [
        (ProblemKind.DUPLICATE, "same"),
        (ProblemKind.ORPHAN, "same"),
        (ProblemKind.ORPHAN, "same"),
        (ProblemKind.ORPHAN, "other"),
    ]


def test_orphans_hang_on_no_component() -> None:
    lone = resource("t:x:T", "lone")
    below = resource("t:x:U", "below", lone.urn)
    rootless = resource("t:x:T", "rootless", None)
    provider = resource("pulumi:providers:t", "main")
    kinds = [(p.kind, p.urn) for p in found(provider, lone, below, rootless)]
    assert kinds == [(ProblemKind.ORPHAN, r.urn) for r in (lone, below, rootless)]


def test_ancestors_in_a_circle() -> None:
    one = resource("t:x:T", "one")
    circle = replace(one, parent=one.urn)
    assert [p.kind for p in found(circle)] == [ProblemKind.ORPHAN]


def test_references_to_nothing() -> None:
    nothing = make_urn("s", "p", "", "t:x:T", "nothing")
    changes = {
        "parent": replace(COMPONENT, parent=nothing),
        "provider": replace(CHILD, provider=nothing),
        "dependency": replace(CHILD, dependencies=(nothing,)),
        "dependency of size": replace(CHILD, property_dependencies={"size": (nothing, CHILD.urn)}),
        "deleted_with": replace(CHILD, options=Options(deleted_with=nothing)),
    }
    for role, changed in changes.items():
        others = [r for r in (COMPONENT, CHILD) if r.urn != changed.urn]
        (problem,) = found(*others, changed)
        assert problem.kind is ProblemKind.DANGLING
        assert problem.urn == changed.urn
        assert problem.message.endswith(f"its {role} {nothing} is not in the plan")
        assert found(*others, changed, external=(nothing,)) == []


def test_recorded_programs_refer_to_what_they_hold(recorded: Callable[..., Recording]) -> None:
    for program in ("options", "values", "lookups", "network"):
        recording = recorded(program)
        kinds = {p.kind for p in problems(recording.plan, recording.reads)}
        assert kinds <= {ProblemKind.ORPHAN}, program
    lookups = recorded("lookups")
    assert ProblemKind.DANGLING in {p.kind for p in problems(lookups.plan)}


def test_types_in_urns() -> None:
    assert urn_type(GRANDCHILD.urn) == "t:x:U"
    assert GRANDCHILD.urn == "urn:pulumi:s::p::p:x:C$t:x:T$t:x:U::c-u"
