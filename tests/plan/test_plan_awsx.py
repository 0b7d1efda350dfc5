"""awsx's children as predicted, held to a recording of what awsx 3.11 really registered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascent.plan.awsx.prediction import Ref, VpcPrediction, predict_vpc
from ascent.plan.errors import PlanError
from ascent.plan.model import UNKNOWN, secret
from policies.pack.types import AWSX_EC2_VPC

CASES = json.loads((Path(__file__).parent / "data" / "awsx-vpc.json").read_text())["cases"]
BASE: dict[str, Any] = {
    "subnetStrategy": "Auto",
    "availabilityZoneNames": ["us-east-1a"],
    "natGateways": {"strategy": "None"},
    "subnetSpecs": [{"type": "Public", "cidrBlocks": ["10.0.0.0/24"]}],
}


def request_of(spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "cidrBlock": spec["cidr_block"],
        "enableDnsHostnames": True,
        "availabilityZoneNames": spec["azs"],
        "natGateways": {"strategy": spec["nat"]},
        "subnetStrategy": "Auto",
        "subnetSpecs": [
            {"name": s["name"], "type": s["type"].capitalize(), "cidrBlocks": s["cidr_blocks"]} for s in spec["subnets"]
        ],
        "tags": {"Owner": "x"},
    }


def short_urn(prediction: VpcPrediction, key: str | None, name: str) -> str:
    """The URN's end, as the recording writes it."""
    by_key = {child.key: child for child in prediction.children}
    types, at = [], key
    while at is not None:
        types.append(by_key[at].type)
        at = by_key[at].parent
    return "$".join([AWSX_EC2_VPC, *reversed(types)]) + f"::{by_key[key].name if key else name}"


def written_out(prediction: VpcPrediction, value: object) -> object:
    if isinstance(value, Ref):
        return f"{value.output} of {short_urn(prediction, value.child, 'core')}"
    if isinstance(value, dict):
        return {k: written_out(prediction, v) for k, v in value.items()}
    if isinstance(value, list):
        return [written_out(prediction, v) for v in value]
    return value


@pytest.mark.parametrize("case", CASES)
def test_children_equal_what_awsx_registered(case: str) -> None:
    prediction = predict_vpc("core", request_of(CASES[case]["spec"]))
    recorded = {r["urn"]: (r["parent"], r["inputs"]) for r in CASES[case]["resources"] if r["custom"]}
    predicted = {
        short_urn(prediction, c.key, "core"): (
            short_urn(prediction, c.parent, "core"),
            written_out(prediction, dict(c.inputs)),
        )
        for c in prediction.children
    }
    assert len(predicted) == len(prediction.children) == len(recorded)
    assert predicted == recorded


@pytest.mark.parametrize("case", [c for c in CASES if "stack_outputs" in CASES[c]])
def test_outputs_equal_what_awsx_returned(case: str) -> None:
    prediction = predict_vpc("core", request_of(CASES[case]["spec"]))
    recorded = CASES[case]["stack_outputs"]
    named = {
        "vpc_id": "vpcId",
        "layout": "subnetLayout",
        "public_subnet_ids": "publicSubnetIds",
        "private_subnet_ids": "privateSubnetIds",
        "isolated_subnet_ids": "isolatedSubnetIds",
    }
    assert set(recorded) <= set(named)
    for export, value in recorded.items():
        assert written_out(prediction, prediction.outputs[named[export]]) == value


def test_outputs_are_those_of_the_sdk() -> None:
    import inspect

    from pulumi_awsx.ec2 import Vpc

    declared = {
        prop.fget._pulumi_name if hasattr(prop.fget, "_pulumi_name") else name
        for name, prop in inspect.getmembers(Vpc, lambda m: isinstance(m, property))
        if name not in ("urn", "pulumi_resource_name", "pulumi_resource_type")
    }
    predicted = set(predict_vpc("core", BASE).outputs)
    assert predicted == declared


def test_everything_refers_to_earlier_children() -> None:
    prediction = predict_vpc("core", request_of(CASES["nat-OnePerAz-3az"]["spec"]))
    seen: set[str] = set()
    for child in prediction.children:
        assert {*child.dependencies, *([child.parent] if child.parent else [])} <= seen
        seen.add(child.key)
    for keys in prediction.output_dependencies.values():
        assert set(keys) <= seen


def test_user_of_any_output_depends_on_vpc_and_all_subnets() -> None:
    prediction = predict_vpc("core", request_of(CASES["nat-Single-2az"]["spec"]))
    ids = {c.key for c in prediction.children if c.type.endswith((":Vpc", ":Subnet"))}
    assert len(ids) == 7
    assert set(prediction.output_dependencies["vpcId"]) == ids
    nat = set(prediction.output_dependencies["natGateways"])
    assert nat - ids == {"aws:ec2/natGateway:NatGateway::core-1"}


def test_tags_and_region_reach_the_children() -> None:
    request = {**BASE, "tags": {"Name": "mine", "Team": "a"}, "region": "eu-west-1"}
    request["subnetSpecs"] = [{**BASE["subnetSpecs"][0], "tags": {"Zone": "dmz", "Name": "lost"}}]
    tags = {c.type.rsplit(":", 1)[1]: c.inputs.get("tags") for c in predict_vpc("net", request).children}
    assert tags == {
        "Vpc": {"Name": "mine", "Team": "a"},
        "InternetGateway": {"Name": "mine", "Team": "a"},
        "Subnet": {"Name": "net-public-1", "Team": "a", "Zone": "dmz", "SubnetType": "Public"},
        "RouteTable": {"Name": "net-public-1", "Team": "a", "SubnetType": "Public"},
        "RouteTableAssociation": None,
        "Route": None,
    }
    assert {c.inputs["region"] for c in predict_vpc("net", request).children} == {"eu-west-1"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"subnetStrategy": "Legacy"}, "subnetStrategy: is Legacy"),
        ({"subnetStrategy": None}, "subnetStrategy"),
        ({"availabilityZoneNames": None}, "availabilityZoneNames"),
        ({"numberOfAvailabilityZones": 2}, "numberOfAvailabilityZones"),
        ({"vpcEndpointSpecs": [{"serviceName": "s3"}]}, "vpcEndpointSpecs"),
        ({"natGateways": {"strategy": "Twice"}}, "natGateways.strategy: is Twice"),
        ({"natGateways": None}, "natGateways.strategy: OnePerAz needs"),
        ({"natGateways": {"strategy": "None", "elasticIpAllocationIds": ["e"]}}, "elasticIpAllocationIds"),
        ({"subnetSpecs": []}, "subnetSpecs"),
        ({"subnetSpecs": [{"type": "Public"}]}, "0 blocks for 1 zones"),
        ({"subnetSpecs": [{"type": "Unused", "cidrBlocks": ["10.0.0.0/24"]}]}, "is Unused"),
        ({"subnetSpecs": [{"type": "Public", "cidrMask": 24}]}, "subnetSpecs[0].cidrMask"),
        ({"subnetSpecs": BASE["subnetSpecs"] * 2}, "names must differ"),
        (
            {
                "subnetSpecs": [
                    {"type": "Public", "cidrBlocks": ["10.0.0.0/23"]},
                    {"type": "Private", "cidrBlocks": ["10.0.1.0/24"]},
                ]
            },
            "overlap",
        ),
        ({"tags": UNKNOWN}, "tags: is secret or not known"),
        ({"tags": secret({"Owner": "x"})}, "tags: is secret or not known"),
    ],
)
def test_what_is_not_covered_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(PlanError) as caught:
        predict_vpc("core", {k: v for k, v in {**BASE, **change}.items() if v is not None})
    assert str(caught.value).startswith("awsx.ec2.Vpc 'core': ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(zones=st.integers(1, 5), kinds=st.lists(st.sampled_from(["Public", "Private", "Isolated"]), unique=True))
def test_appending_a_zone_only_adds_children(zones: int, kinds: list[str]) -> None:
    def predicted(count: int) -> dict[str, dict[str, Any]]:
        request = {
            **BASE,
            "natGateways": {"strategy": "OnePerAz" if {"Public", "Private"} <= set(kinds) else "None"},
            "availabilityZoneNames": [f"us-east-1{letter}" for letter in "abcdef"[:count]],
            "subnetSpecs": [
                {"type": k, "cidrBlocks": [f"10.{i}.{n}.0/24" for n in range(count)]}
                for i, k in enumerate(["Public", *(k for k in kinds if k != "Public")])
            ],
        }
        return {c.key: dict(c.inputs) for c in predict_vpc("core", request).children}

    before, after = predicted(zones), predicted(zones + 1)
    assert before.items() <= after.items()
    assert len(after) > len(before)


def test_values_of_tags_are_handed_on_even_when_they_are_secret() -> None:
    children = predict_vpc("net", {**BASE, "tags": {"Owner": secret(UNKNOWN)}}).children
    assert {c.inputs["tags"]["Owner"]["value"] for c in children if "tags" in c.inputs} == {UNKNOWN}
