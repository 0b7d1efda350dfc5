"""Pricing never fails on a plan, whatever its values: what it does not understand is a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascent.cost.charges import Status
from ascent.cost.estimate import estimate
from ascent.cost.pricers import PRICERS
from ascent.plan.model import UNKNOWN, Plan, Resource, secret
from tests.cost.cost_things import BOOK, bill_of, made

ODD: tuple[Any, ...] = (None, UNKNOWN, secret(UNKNOWN), {}, [], [{}], [None], "", "xlarge", -1, 1e300, True, {"a": [1]})


def variants(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any wire value
    """A value with each of its parts replaced by each odd value."""
    yield from ODD
    if isinstance(value, dict):
        for key, item in value.items():
            yield from ({**value, key: odd} for odd in variants(item))
    elif isinstance(value, list) and value:
        yield from ([odd, *value[1:]] for odd in variants(value[0]))


def near(resource: Resource, plan: Plan) -> list[Resource]:
    """A resource, what it refers to and what refers to it, and one of each other type that has a price."""
    named = {urn for urns in resource.property_dependencies.values() for urn in urns}
    found: list[Resource] = []
    types: set[str] = set()
    for r in plan.resources:
        close = r is resource or r.urn in named or any(resource.urn in u for u in r.property_dependencies.values())
        if close or (r.type in PRICERS and r.type not in types) or r.type in _REFERRED:
            found.append(r)
            types.add(r.type)
    return found


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_odd_inputs_of_real_resources(name: str, stack: Callable[[str], Plan]) -> None:
    plan = stack(name)
    tried = 0
    seen: set[str] = set()
    for resource in plan.resources:
        if resource.type not in PRICERS or resource.type in seen:
            continue
        seen.add(resource.type)
        around = near(resource, plan)
        for key, value in resource.inputs.items():
            if key in ("tags", "userData", "desiredState", "dashboardBody"):
                continue
            for odd in variants(value):
                changed = replace(resource, inputs={**resource.inputs, key: odd})
                others = tuple(changed if r is resource else r for r in around)
                found = estimate(replace(plan, resources=others), BOOK)
                assert found.bills
                tried += 1
    assert tried > 500


_REFERRED = (
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:appautoscaling/target:Target",
    "aws:backup/plan:Plan",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
)


@pytest.mark.parametrize("type_", sorted(PRICERS))
def test_a_resource_without_inputs(type_: str) -> None:
    bill = bill_of(made(type_))
    assert bill.status in Status
    assert bill.charges or bill.why


KEYS = sorted(
    {
        "name", "rules", "settings", "schedule", "metricQueries", "period", "type", "enable", "status", "protocol",
        "engine", "instanceClass", "allocatedStorage", "monitoringInterval", "databaseInsightsMode", "multiAz",
        "billingMode", "minSize", "maxSize", "subnetIds", "vpcEndpointType", "region", "retentionInDays",
    }
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=8) | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=5,
)


@given(type_=st.sampled_from(sorted(PRICERS)), inputs=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5))
@settings(max_examples=300, deadline=None)
def test_any_inputs(type_: str, inputs: dict[str, Any]) -> None:
    bill = bill_of(made(type_, **inputs))
    assert bill.charges or bill.why
