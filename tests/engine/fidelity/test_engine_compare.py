"""The comparisons by themselves: each kind of difference is seen, and nothing but what is documented is overlooked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ascent.plan.model import UNKNOWN, Options, Plan, Resource, secret
from tests.engine.fidelity.compare import differences, seconds
from tests.engine.fidelity.engine_view import engine_plan
from tests.engine.fidelity.settled import broken_promises

QUEUE = Resource(
    urn="urn:pulumi:test::sample::aws:sqs/queue:Queue::jobs",
    type="aws:sqs/queue:Queue",
    name="jobs",
    parent="urn:pulumi:test::sample::pulumi:pulumi:Stack::sample-test",
    custom=True,
    provider="urn:pulumi:test::sample::pulumi:providers:aws::aws",
    inputs={"delaySeconds": 1, "tags": {"a": "b"}, "arns": [UNKNOWN], "token": secret("s")},
    dependencies=("urn:x",),
    property_dependencies={"arns": ("urn:x",)},
    options=Options(protect=True, custom_timeouts={"create": "10m"}, aliases=("urn:a", "urn:b")),
)
PROVIDER = replace(QUEUE, urn=QUEUE.provider, type="pulumi:providers:aws", name="aws", inputs={"region": "us-east-1"})


def plan(*resources: Resource, **fields: Any) -> Plan:  # noqa: ANN401 - fields of Plan
    empty = Plan(project="sample", stack="test", tier="mvp", region="us-east-1", resources=resources)
    return replace(empty, **fields)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "aws:sqs/other:Other"},
        {"name": "other"},
        {"parent": None},
        {"custom": False},
        {"provider": ""},
        {"dependencies": ()},
        {"property_dependencies": {}},
        {"property_dependencies": {"arns": ("urn:y",)}},
        {"inputs": {**QUEUE.inputs, "delaySeconds": 2}},
        {"inputs": {**QUEUE.inputs, "delaySeconds": True}},
        {"inputs": {**QUEUE.inputs, "more": 1}},
        {"inputs": {**QUEUE.inputs, "tags": {}}},
        {"inputs": {**QUEUE.inputs, "arns": ["arn"]}},
        {"inputs": {**QUEUE.inputs, "token": "s"}},
        {"inputs": {**QUEUE.inputs, "token": secret("t")}},
        {"options": replace(QUEUE.options, protect=False)},
        {"options": replace(QUEUE.options, custom_timeouts={"create": "11m"})},
        {"options": replace(QUEUE.options, aliases=("urn:a",))},
        {"options": replace(QUEUE.options, ignore_changes=("tags",))},
    ],
)
def test_every_difference_is_one_line(change: dict[str, Any]) -> None:
    assert len(differences(plan(replace(QUEUE, **change)), plan(QUEUE))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": {**QUEUE.inputs, "delaySeconds": 1.0}},
        {"options": replace(QUEUE.options, custom_timeouts={"create": "600s"})},
        {"options": replace(QUEUE.options, aliases=("urn:b", "urn:a", "urn:a"))},
    ],
)
def test_documented_normalisations_are_no_difference(change: dict[str, Any]) -> None:
    assert differences(plan(replace(QUEUE, **change)), plan(QUEUE)) == []


def test_missing_and_repeated_resources_and_exports_show() -> None:
    assert len(differences(plan(), plan(QUEUE))) == 1
    assert len(differences(plan(QUEUE), plan())) == 1
    assert len(differences(plan(QUEUE, QUEUE), plan(QUEUE))) == 1
    assert len(differences(plan(outputs={"url": 1}), plan())) == 1
    assert len(differences(plan(tier="startup"), plan())) == 1


def test_engines_own_inputs_are_overlooked_on_providers_only() -> None:
    own = {"version": "7", "__internal": {}}
    assert differences(plan(PROVIDER), plan(replace(PROVIDER, inputs={**PROVIDER.inputs, **own}))) == []
    assert len(differences(plan(QUEUE), plan(replace(QUEUE, inputs={**QUEUE.inputs, **own})))) == 2


def test_look_up_excuses_only_the_input_that_is_named_and_unknown() -> None:
    asked = replace(QUEUE, inputs={**QUEUE.inputs, "delaySeconds": UNKNOWN})
    assert differences(plan(asked), plan(QUEUE), {"aws:sqs/queue:Queue.delaySeconds"}) == []
    assert len(differences(plan(asked), plan(QUEUE), {"aws:sqs/queue:Queue.tags"})) == 1
    wrong = replace(QUEUE, inputs={**QUEUE.inputs, "delaySeconds": 3})
    assert len(differences(plan(wrong), plan(QUEUE), {"aws:sqs/queue:Queue.delaySeconds"})) == 1


@pytest.mark.parametrize(("text", "value"), [("40m", 2400), ("1h30m", 5400), ("600s", 600), ("500ms", 0.5)])
def test_durations(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "40", "m", "40m!"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        seconds(text)


def test_two_products_of_one_preview_must_agree() -> None:
    goal = {"goal": {"type": "pulumi:pulumi:Stack", "name": "sample-test", "custom": False}}
    root = "urn:pulumi:test::sample::pulumi:pulumi:Stack::sample-test"
    with pytest.raises(ValueError, match="disagree"):
        engine_plan({"resourcePlans": {root: goal}}, {"steps": []})


@pytest.mark.parametrize(
    ("deployed", "broken"),
    [
        ({"delaySeconds": 1, "tags": {"a": "b"}, "arns": ["arn"], "token": "s", "more": 1}, 0),
        ({"delaySeconds": 1, "tags": {"a": "b"}, "arns": ["arn"], "token": "t"}, 1),
        ({"delaySeconds": 1, "tags": {"a": "b"}, "arns": [None], "token": "s"}, 1),
        ({"delaySeconds": 2, "tags": {}, "arns": [], "token": "s"}, 3),
        (None, 1),
    ],
)
def test_broken_promises_show(deployed: dict[str, Any] | None, broken: int) -> None:
    assert len(broken_promises(plan(QUEUE), {QUEUE.urn: deployed} if deployed else {})) == broken
