"""What the stand-in AWS remembers and refuses, without an engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.standin.facts import deleted_first, force_new, identity, in_use, quotas, replaced_by
from tests.engine.standin.faults import FaultError, fault_of
from tests.engine.standin.memory import Memory, Thing
from tests.engine.standin.outputs import made
from tests.engine.standin.refusals import duplicate, overwrites, postponed, quota_refusal, update_refusal, use_refusal
from tests.stacks.planning import SHIPPED, TIERS, planned, shipped, smallest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ascent.plan.model import Plan

DATABASE = "aws:rds/instance:Instance"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
RECORD = "aws:route53/record:Record"
TARGETS = "aws:lb/targetGroup:TargetGroup"
UNASKED = {
    "aws:cloudcontrol/resource:Resource": "the provider asks AWS for the type's schema before it plans",
}
"""Types of which the provider told nothing, and why."""
UNTESTED = {
    "aws:budgets/budget:Budget": {"filterExpression", "metrics"},
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {"rules"},
}
"""Inputs that the provider's version 5 does not have, or that it refused to be asked about."""
EVERYWHERE = {"tags", "region"}


def thing(kind: str, name: str, inputs: Mapping[str, Any], nth: int = 0) -> Thing:
    id_, outputs = made(kind, name, inputs, "us-east-1", nth)
    return Thing(kind, id_, f"urn:pulumi:test::p::{kind}::{name}", inputs, outputs)


def plans() -> list[Plan]:
    return [*map(shipped, SHIPPED), *(planned(smallest(tier)) for tier in TIERS)]


def test_facts_cover_every_input_of_every_stack() -> None:
    unasked: dict[str, set[str]] = {}
    for plan in plans():
        for resource in plan.resources:
            if resource.custom and resource.type.startswith("aws:") and resource.type not in UNASKED:
                asked = {path.partition(".")[0] for path in force_new()["tested"].get(resource.type, ())}
                rest = resource.inputs.keys() - asked - EVERYWHERE - UNTESTED.get(resource.type, set())
                unasked.setdefault(resource.type, set()).update(rest)
    assert {kind: keys for kind, keys in unasked.items() if keys} == {}


def test_facts_say_where_they_come_from() -> None:
    facts = force_new()
    assert "5.100.0" in facts["provider"]
    assert facts["date"]
    assert "subnets" not in facts["replaces"]["aws:lb/loadBalancer:LoadBalancer"]
    assert not set(facts["replaces"][DATABASE]) & {"instanceClass", "engineVersion", "multiAz"}


def test_nothing_in_a_stack_is_two_of_one_object() -> None:
    for plan in plans():
        things: list[Thing] = []
        for resource in plan.resources:
            if resource.custom and resource.type.startswith("aws:"):
                known = {key: value for key, value in resource.inputs.items() if isinstance(value, str | int | bool)}
                one = thing(resource.type, resource.name, known)
                same = duplicate(one.kind, one.inputs, one.region, things) if _all_known(one.kind, known) else None
                assert same is None, f"{one.urn} is {same}"
                things.append(one)


def _all_known(kind: str, inputs: Mapping[str, Any]) -> bool:
    from ascent.plan.model import UNKNOWN

    keys = identity(kind).get("unique", ())
    return bool(keys) and all(key in inputs and inputs[key] != UNKNOWN for key in keys)


def test_replacement_follows_the_provider() -> None:
    assert replaced_by(TARGETS, {"port", "healthCheck.path"}) == ["port"]
    assert replaced_by("aws:ecs/service:Service", {"deploymentController"}) == ["deploymentController"]
    assert replaced_by("aws:ecs/service:Service", {"deploymentController.type"}) == ["deploymentController"]
    assert replaced_by("aws:sqs/queue:Queue", {"name"}) == []
    assert deleted_first(TARGETS, {"name": "mine"})
    assert not deleted_first(TARGETS, {"port": 80})


def test_duplicates_are_seen_where_aws_sees_them() -> None:
    first = thing(TARGETS, "a", {"name": "one"})
    assert duplicate(TARGETS, {"name": "one"}, "us-east-1", [first]) == first
    assert duplicate(TARGETS, {"name": "one"}, "eu-west-1", [first]) is None
    assert duplicate(TARGETS, {"name": "two"}, "us-east-1", [first]) is None
    bucket = thing("aws:s3/bucket:Bucket", "b", {"bucket": "mine"})
    assert duplicate(bucket.kind, {"bucket": "mine"}, "eu-west-1", [bucket]) == bucket
    site = thing("aws:cloudfront/distribution:Distribution", "d", {"aliases": ["a.example.com", "b.example.com"]})
    assert duplicate(site.kind, {"aliases": ["b.example.com"]}, "us-east-1", [site]) == site
    assert duplicate(site.kind, {}, "us-east-1", [thing(site.kind, "e", {})]) is None


def test_only_some_creations_overwrite() -> None:
    assert overwrites(RECORD, {"allowOverwrite": True})
    assert not overwrites(RECORD, {})
    assert overwrites("aws:s3/bucketPolicy:BucketPolicy", {})
    assert not overwrites(TARGETS, {})


def test_what_is_used_is_kept() -> None:
    group = thing(GROUP, "db", {"vpcId": "vpc-1"})
    own = thing(RULE, "own", {"securityGroupId": group.id, "referencedSecurityGroupId": group.id})
    foreign = thing(RULE, "foreign", {"securityGroupId": "sg-other", "referencedSecurityGroupId": group.id})
    assert use_refusal(group, [own]) == ""
    assert use_refusal(group, [own, foreign]).startswith("DependencyViolation")
    targets = thing(TARGETS, "t", {"name": "t"})
    listener = thing("aws:lb/listener:Listener", "l", {"defaultActions": [{"targetGroupArn": targets.id}]})
    assert use_refusal(targets, [listener]).startswith("ResourceInUse")
    slow = thing("aws:cloudwatch/metricAlarm:MetricAlarm", "slow", {"name": "slow"})
    composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
    trouble = thing(composite, "trouble", {"alarmName": "trouble", "alarmRule": 'ALARM("down") OR ALARM("slow")'})
    assert use_refusal(slow, [trouble]).startswith("ValidationError")
    slower = thing(composite, "slower", {"alarmName": "slower", "alarmRule": 'ALARM("slower")'})
    assert use_refusal(slow, [slower]) == ""


def test_quotas() -> None:
    rule = {"securityGroupId": "sg-1"}
    rules = [thing(RULE, str(n), {**rule, "fromPort": n}) for n in range(5)]
    assert quota_refusal(RULE, {**rule, "prefixListId": "pl-1"}, rules) == ""
    assert quota_refusal(RULE, {**rule, "prefixListId": "pl-1"}, [*rules, thing(RULE, "6", rule)])
    address = "aws:ec2/eip:Eip"
    assert quota_refusal(address, {}, [thing(address, str(n), {}) for n in range(5)]).startswith("AddressLimitExceeded")
    condition = {"listenerArn": "l", "priority": 1, "conditions": [{"pathPattern": {"values": [*"abcdef"]}}]}
    assert quota_refusal("aws:lb/listenerRule:ListenerRule", condition, []).startswith("TooManyConditionValues")
    detector = "aws:guardduty/detector:Detector"
    assert quota_refusal(detector, {}, [thing(detector, "other", {})]).startswith("BadRequestException")


@pytest.mark.parametrize(
    ("new", "word"),
    [
        ({"engineVersion": "17.6"}, ""),
        ({"engineVersion": "18"}, "AllowMajorVersionUpgrade"),
        ({"engineVersion": "18", "allowMajorVersionUpgrade": True}, ""),
        ({"allocatedStorage": 10}, "shrink"),
    ],
)
def test_database_is_changed_only_as_aws_would(new: dict[str, Any], word: str) -> None:
    before = thing(DATABASE, "db", {"engineVersion": "17", "allocatedStorage": 20})
    refusal = update_refusal(before, {**before.inputs, **new}, [])
    assert word in refusal
    assert bool(refusal) == bool(word)
    assert postponed(before, {**before.inputs, "applyImmediately": True, **new}) == {}
    assert set(postponed(before, {**before.inputs, **new})) == new.keys() & {"engineVersion", "allocatedStorage"}


def test_origin_in_use_is_not_changed() -> None:
    origin = thing("aws:cloudfront/vpcOrigin:VpcOrigin", "o", {"vpcOriginEndpointConfig": {"httpPort": 80}})
    site = thing("aws:cloudfront/distribution:Distribution", "d", {"origins": [{"vpcOriginConfig": {"id": origin.id}}]})
    other = {"vpcOriginEndpointConfig": {"httpPort": 81}}
    assert "409" in update_refusal(origin, other, [origin, site])
    assert update_refusal(origin, other, [origin]) == ""


def test_memory_outlives_its_process_and_knows_who_took_what(tmp_path: Path) -> None:
    first = Memory(tmp_path / "aws.db")
    record = thing(RECORD, "a", {"zoneId": "Z1", "name": "x", "type": "A", "allowOverwrite": True})
    other = thing(RECORD, "b", record.inputs)
    first.put(record)
    second = Memory(tmp_path / "aws.db")
    assert second.find(RECORD, record.id) == record
    second.put(other)
    assert [one.urn for one in first.all(RECORD)] == [other.urn]
    assert first.taken() == [(RECORD, record.id, record.urn, other.urn)]
    first.drift(other, ttl=60)
    assert second.all()[0].inputs["ttl"] == 60
    first.drop(RECORD, record.id)
    assert second.all() == []


def test_faults_meet_the_call_that_they_are_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, file = Memory(tmp_path / "aws.db"), tmp_path / "faults.json"
    monkeypatch.setenv("STANDIN_AWS_FAULTS", str(file))
    assert fault_of("create", RULE, memory).do == ""
    file.write_text(json.dumps([{"on": f"create {RULE}", "nth": 2, "do": "fail"}, {"on": "delete *", "do": "lose"}]))
    assert [fault_of("create", RULE, memory).do for _ in range(3)] == ["", "fail", ""]
    assert fault_of("update", RULE, memory).do == ""
    with pytest.raises(FaultError):
        fault_of("delete", GROUP, memory).after()


def test_tables_name_types_that_exist() -> None:
    known = {resource.type for plan in plans() for resource in plan.resources}
    users = {use.rpartition(".")[0] for kind in known for use in in_use(kind).get("by", ())}
    assert users <= known | {"aws:lb/listenerRule:ListenerRule"}
    assert {quota["type"] for kind in known for quota in quotas(kind)} <= known
