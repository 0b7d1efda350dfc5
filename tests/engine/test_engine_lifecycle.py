"""Every shipped stack, and a sample of what Pulumi can do, through the real engine: planned, made, kept, unmade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engine.cases import SAMPLE, SHIPPED, each
from tests.engine.compare import differences
from tests.engine.sandbox import REPOSITORY
from tests.engine.settled import broken_promises

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan
    from tests.engine.cases import Case
    from tests.engine.lifecycle import Lifecycle


def test_every_shipped_stack_is_a_case() -> None:
    shipped = {path.name.split(".")[1] for path in REPOSITORY.glob("Pulumi.*.yaml")}
    assert shipped == {case.stack for case in SHIPPED}


@each(SAMPLE, *SHIPPED)
def test_preview_succeeds_and_touches_nothing(life: Lifecycle) -> None:
    life.preview.must_pass()
    assert life.calls(life.preview) == ()
    complaints = [
        event["diagnosticEvent"]["message"]
        for event in life.events
        if event.get("diagnosticEvent", {}).get("severity") in ("warning", "error")
    ]
    assert complaints == []


@each(SAMPLE, *SHIPPED)
def test_offline_plan_equals_the_engines_preview(
    case: Case, life: Lifecycle, offline_plan_of: Callable[[Case], Plan]
) -> None:
    assert len(life.plan.by_type["aws:ec2/subnet:Subnet"]) >= 4, "the preview lacks the children of awsx"
    assert differences(offline_plan_of(case), life.plan) == []


@each(SAMPLE, *SHIPPED)
def test_deployment_becomes_what_the_preview_promised(life: Lifecycle) -> None:
    deployed = {resource["urn"]: resource.get("inputs", {}) for resource in life.state}
    assert broken_promises(life.plan, deployed) == []


@each(SAMPLE, *SHIPPED)
def test_second_deployment_changes_nothing(life: Lifecycle) -> None:
    life.again.must_pass()
    assert life.calls(life.again) == ()


@each(SAMPLE, *SHIPPED)
def test_only_protected_stacks_refuse_to_be_destroyed(case: Case, life: Lifecycle) -> None:
    assert any(resource.get("protect") for resource in life.state) == case.protected
    if case.protected:
        assert life.refusal.status != 0
        assert "because it is protected" in life.refusal.said
        assert life.calls(life.refusal) == ()
        assert sorted(life.after_refusal) == sorted(resource["urn"] for resource in life.state)
    else:
        life.refusal.must_pass()


@each(SAMPLE, *SHIPPED)
def test_destruction_leaves_nothing_behind(life: Lifecycle) -> None:
    assert life.remains == ()
    created = {urn for operation, urn in life.calls(life.up) if operation == "create"}
    deleted = {urn for operation, urn in life.calls(life.destroy) if operation == "delete"}
    retained = {resource.urn for resource in life.plan.resources if resource.options.retain_on_delete}
    assert created
    assert deleted == created - retained
