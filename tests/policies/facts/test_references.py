"""Which resource a text means."""

from __future__ import annotations

import json

import pytest

from policies.pack import types
from policies.pack.engine.wire import Deployed, facts_from_wire
from policies.pack.facts import StackFacts
from policies.pack.rules.vpc import subnets_multi_az
from policies.pack.verdict import Status
from tests.policies.building import PROJECT, STACK, Made, of, secret, wire

TOPIC = "arn:aws:sns:eu-west-1:123456789012:pages"


def stack(*resources: Made, **known: Deployed) -> StackFacts:
    """A stack whose resources' ids and outputs are known, by name."""
    deployed = {r.urn: known[r.name] for r in resources if r.name in known}
    return facts_from_wire(wire(*resources), project=PROJECT, stack=STACK, tier="enterprise", deployed=deployed)


def names(facts: StackFacts, source: str, key: str) -> list[str]:
    found = next(r for r in facts.resources if r.name == source)
    return [target.name for target in facts.targets(found, key)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (TOPIC, ["pages"]),
        ([TOPIC, "arn:aws:sns:eu-west-1:123456789012:other"], ["pages"]),
        ([{"deep": [{"er": TOPIC}]}], ["pages"]),
        (json.dumps({"Statement": [{"Resource": TOPIC}]}), ["pages"]),
        (secret(TOPIC), ["pages"]),
        (f"{TOPIC}:*", ["pages"]),
        (f"{TOPIC}-old", []),
        (f"see {TOPIC}", []),
        ("", []),
        ("[" * 100_000, []),
        (7, []),
        (None, []),
    ],
)
def test_a_text_means_a_resource_only_as_a_whole(written: object, found: list[str]) -> None:
    facts = stack(
        of(types.SNS_TOPIC, "pages"),
        of(types.CLOUDWATCH_METRIC_ALARM, "alarm", alarmActions=written),
        pages=Deployed(TOPIC, {"arn": TOPIC}),
    )
    assert names(facts, "alarm", "alarmActions") == found


def test_a_name_that_several_types_have_is_told_apart_by_what_is_asked_for() -> None:
    facts = stack(
        of(types.IAM_ROLE, "role", name="app"),
        of(types.S3_BUCKET, "bucket", bucket="app"),
        of(types.S3_BUCKET_POLICY, "policy", bucket="app"),
        policy=Deployed("app"),
    )
    policy = next(r for r in facts.resources if r.name == "policy")
    assert [r.name for r in facts.referred(policy, "bucket", types.S3_BUCKET)] == ["bucket"]


@pytest.mark.parametrize(("region", "found"), [("eu-west-1", ["here"]), ("us-east-1", ["there"]), ("eu-north-1", [])])
def test_a_name_means_what_is_called_so_in_its_own_region(region: str, found: list[str]) -> None:
    facts = stack(
        of(types.AUTOSCALING_GROUP, "here", name="app", region="eu-west-1"),
        of(types.AUTOSCALING_GROUP, "there", name="app", region="us-east-1"),
        of(types.AUTOSCALING_SCHEDULE, "night", autoscalingGroupName="app", region=region),
    )
    assert names(facts, "night", "autoscalingGroupName") == found


def test_an_arn_means_what_it_names_in_whatever_region() -> None:
    facts = stack(
        of(types.SNS_TOPIC, "pages", region="eu-west-1"),
        of(types.CLOUDWATCH_METRIC_ALARM, "alarm", alarmActions=[TOPIC], region="us-east-1"),
        pages=Deployed(TOPIC),
    )
    assert names(facts, "alarm", "alarmActions") == ["pages"]


@pytest.mark.parametrize(
    ("cluster", "id_", "found"),
    [
        ("shop", "service/shop/web", ["web"]),
        ("arn:aws:ecs:eu-west-1:123456789012:cluster/shop", "service/shop/web", ["web"]),
        ("other", "service/shop/web", []),
        ("shop", "service/shop/web2", []),
    ],
)
def test_what_scales_a_service_names_its_cluster_too(cluster: str, id_: str, found: list[str]) -> None:
    facts = stack(
        of(types.ECS_SERVICE, "web", name="web", cluster=cluster),
        of(types.APPAUTOSCALING_TARGET, "scaling", resourceId=id_),
    )
    assert names(facts, "scaling", "resourceId") == found


def test_a_bucket_is_meant_by_arns_of_what_is_in_it() -> None:
    facts = stack(
        of(types.S3_BUCKET, "logs", bucket="logs"),
        of(types.EC2_FLOW_LOG, "flow", logDestination="arn:aws:s3:::logs/vpc"),
        of(types.EC2_FLOW_LOG, "other", logDestination="arn:aws:s3:::logs-old/vpc"),
    )
    assert names(facts, "flow", "logDestination") == ["logs"]
    assert names(facts, "other", "logDestination") == []


@pytest.mark.parametrize(("second", "expected"), [("eu-west-1b", Status.PASS), ("eu-west-1a", Status.FAIL)])
def test_a_zone_that_only_the_state_knows_is_used(second: str, expected: Status) -> None:
    facts = stack(
        of(types.EC2_VPC, "net"),
        of(types.EC2_SUBNET, "a", vpcId="vpc-1"),
        of(types.EC2_SUBNET, "b", vpcId="vpc-1"),
        net=Deployed("vpc-1"),
        a=Deployed("subnet-1", {"availabilityZone": "eu-west-1a"}),
        b=Deployed("subnet-2", {"availabilityZone": second}),
    )
    assert [v.status for v in subnets_multi_az.judge(facts)] == [expected]
