"""Remedies: what CrossGuard changes at level `remediate`, and what it leaves exactly as it was."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import grpc
import pytest
from google.protobuf import json_format
from pulumi.runtime import proto

from policies.pack.configuration import Configuration
from policies.pack.engine.server import Analyzer
from policies.pack.evaluate import evaluate
from policies.pack.facts import UNKNOWN, Secret
from policies.pack.levels import Level
from policies.pack.policy_file import read_policy_config
from policies.pack.registry import RULES
from policies.pack.remedies import RemedyError, changed
from policies.pack.rule import Changes, ResourceRule
from policies.pack.verdict import Status
from policies.pack.waivers import Waiver, WaiverBook
from tests.policies.asking import message
from tests.policies.building import Made, U, facts, of, secret, wire
from tests.policies.rule_cases import ALL_CASES
from tests.policies.waivers.test_waivers import TODAY, waiver

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEDIED = {r.id: r for r in RULES.values() if isinstance(r, ResourceRule) and r.remedy}
Properties = dict[str, Any]

LEFT_TO_PEOPLE = {
    "aws:autoscaling/group:Group": "its tags are a list",
    "aws:ec2/launchConfiguration:LaunchConfiguration": "every change replaces it",
}

OWNERS: Properties = {"values": {"Owner": "web-team", "CostCenter": "42"}, "keys": ["Owner", "CostCenter"]}

REPLACING = {
    "aws:rds/instance:Instance": {"storageEncrypted", "kmsKeyId", "dbSubnetGroupName", "availabilityZone", "engine"},
    "aws:rds/cluster:Cluster": {"storageEncrypted", "kmsKeyId", "dbSubnetGroupName", "availabilityZones", "engine"},
    "aws:elasticache/replicationGroup:ReplicationGroup": {"atRestEncryptionEnabled", "kmsKeyId"},
    "aws:efs/fileSystem:FileSystem": {"encrypted", "kmsKeyId"},
    "aws:ec2/subnet:Subnet": {"availabilityZone", "cidrBlock", "vpcId"},
    "aws:lb/loadBalancer:LoadBalancer": {"internal", "loadBalancerType"},
}
"""Properties whose change makes AWS replace the resource: no remedy may touch them."""


def analyzer(
    *rules: str, book: WaiverBook | None = None, values: Mapping[str, Properties] = MappingProxyType({})
) -> Analyzer:
    """A pack with some rules at level `remediate`."""
    made = Analyzer(tier="enterprise", waivers=book or WaiverBook(today=TODAY))
    request = proto.ConfigureAnalyzerRequest()
    for rule in rules:
        request.policyConfig[rule].enforcementLevel = proto.REMEDIATE
        request.policyConfig[rule].properties.update(values.get(rule, {}))
    context = Mock(spec=grpc.ServicerContext)
    made.Configure(request, context)
    context.abort.assert_not_called()
    return made


def mended(pack: Analyzer, made: Made) -> tuple[list[proto.Remediation], Made]:
    """What the pack changes, and the resource as the engine goes on with it."""
    (registered,) = [r for r in wire(made) if r.urn == made.urn]
    response = pack.Remediate(message(proto.AnalyzeRequest, registered, {}), Mock(spec=grpc.ServicerContext))
    found = list(response.remediations)
    props = json_format.MessageToDict(found[-1].properties) if found and found[-1].properties.fields else made.props
    return found, Made(made.type, made.name, props)


def failing(rule: str) -> list[Made]:
    return [c.resources[0] for c in ALL_CASES if c.rule == rule and c.kind == "fail" and len(c.resources) == 1]


@pytest.mark.parametrize("rule", REMEDIED)
def test_a_remedied_resource_passes_its_rule(rule: str) -> None:
    values = OWNERS if rule == "required-tags" else {}
    configured = read_policy_config({rule: {"enforcementLevel": "remediate", **values}})
    pack = analyzer(rule, values={rule: values})
    broken = failing(rule)
    assert broken
    passing = 0
    for made in broken:
        found, after = mended(pack, made)
        if not found or found[0].diagnostic:
            assert made.type in LEFT_TO_PEOPLE
            continue
        (verdict,) = [v for v in RULES[rule].judge(facts(after), values) if v.urn == made.urn]
        assert verdict.status is Status.PASS, verdict
        passing += 1
        # And the same offline.
        report = evaluate(facts(made), rules=[RULES[rule]], configured=configured)
        assert [r.verdict.status for r in report.results] == [Status.PASS]
        assert [(one.rule, one.urn) for one in report.remedies] == [(rule, made.urn)]
    assert passing


@pytest.mark.parametrize("rule", REMEDIED)
def test_no_remedy_replaces_a_resource(rule: str) -> None:
    for token in REMEDIED[rule].on[:50]:
        (resource,) = [r for r in facts(of(token)).resources if r.type == token]
        remedy = REMEDIED[rule].remedy
        assert remedy is not None
        touched = {path[0] for path in remedy(resource, REMEDIED[rule].values("enterprise", OWNERS))}
        assert not touched & REPLACING.get(token, set())


def test_what_fixes_encryption_is_left_to_people() -> None:
    assert not set(REMEDIED) & {"rds-storage-encrypted", "elasticache-at-rest", "efs-encrypted", "ecs-no-public-ip"}
    assert len(REMEDIED) >= 15


def test_everything_else_stays_as_it_was() -> None:
    made = of(
        "aws:ec2/launchTemplate:LaunchTemplate",
        imageId=U,
        userData=secret("hunter2"),
        metadataOptions={"httpPutResponseHopLimit": 2.0, "instanceMetadataTags": U, "httpTokens": "optional"},
        tags={"a.b": "c"},
        nothing=None,
    )
    (only,), after = mended(analyzer("imdsv2-required"), made)

    assert (only.policyName, only.policyPackName, only.diagnostic) == ("imdsv2-required", "ascent", "")
    assert after.props == {
        **made.props,
        "metadataOptions": {
            "httpPutResponseHopLimit": 2.0,
            "instanceMetadataTags": U,
            "httpTokens": "required",
        },
    }


def test_several_remedies_of_one_resource_add_up() -> None:
    balancer = of("aws:lb/loadBalancer:LoadBalancer", name="web")
    rules = ("alb-drop-invalid-headers", "alb-deletion-protection", "required-tags")

    found, after = mended(analyzer(*rules, values={"required-tags": OWNERS}), balancer)

    assert [one.policyName for one in found] == [r for r in RULES if r in rules]
    assert after.props == {
        "name": "web",
        "dropInvalidHeaderFields": True,
        "enableDeletionProtection": True,
        "tags": {"Owner": "web-team", "CostCenter": "42"},
    }


def test_tags_without_a_value_to_give_stay_missing_and_are_reported() -> None:
    values: Properties = {"values": {"Owner": "web-team"}}
    queue = of("aws:sqs/queue:Queue", "q", tags={"Name": "q"})
    _, after = mended(analyzer("required-tags", values={"required-tags": values}), queue)
    assert after.props["tags"] == {"Name": "q", "Owner": "web-team"}

    configured = read_policy_config({"required-tags": {"enforcementLevel": "remediate", **values}})
    (result,) = evaluate(facts(queue), rules=[RULES["required-tags"]], configured=configured).mandatory_failures
    assert "Owner" not in result.verdict.found
    assert "CostCenter" in result.verdict.found


@pytest.mark.parametrize("level", [proto.ADVISORY, proto.MANDATORY, proto.DISABLED])
def test_nothing_is_changed_at_other_levels(level: int) -> None:
    pack = Analyzer(tier="enterprise", waivers=WaiverBook(today=TODAY))
    request = proto.ConfigureAnalyzerRequest()
    for rule in RULES:
        request.policyConfig[rule].enforcementLevel = level
    pack.Configure(request, Mock(spec=grpc.ServicerContext))
    assert mended(pack, of("aws:kms/key:Key"))[0] == []


def test_what_is_right_already_or_waived_is_left_alone() -> None:
    assert mended(analyzer("kms-rotation"), of("aws:kms/key:Key", enableKeyRotation=True))[0] == []

    excused: Waiver = waiver(rule="kms-rotation", urn="urn:pulumi:dev::*::it")
    book = WaiverBook(today=TODAY, in_force=(excused,))
    assert mended(analyzer("kms-rotation", book=book), of("aws:kms/key:Key"))[0] == []


def test_an_unknown_object_on_the_way_is_said_and_not_overwritten() -> None:
    (only,), after = mended(analyzer("imdsv2-required"), of("aws:ec2/instance:Instance", metadataOptions=U))
    assert only.diagnostic == "not remedied: metadataOptions is known only after deployment, or is no object"
    assert not only.properties.fields
    assert after.props == {"metadataOptions": U}


def test_a_rule_without_a_remedy_stops_the_deployment_at_level_remediate() -> None:
    configured = Configuration(levels={"rds-storage-encrypted": Level.REMEDIATE})
    report = evaluate(
        facts(of("aws:rds/instance:Instance")), rules=[RULES["rds-storage-encrypted"]], configured=configured
    )
    assert [r.level for r in report.mandatory_failures] == [Level.MANDATORY]
    assert report.remedies == ()


def test_changes_reach_into_secrets_outputs_and_single_blocks() -> None:
    path: Changes = {("a", "b"): 1}
    assert changed({"a": Secret({"c": UNKNOWN})}, path) == {"a": Secret({"c": UNKNOWN, "b": 1})}
    assert changed({"a": secret({"c": U})}, path) == {"a": secret({"c": U, "b": 1})}
    assert changed({"a": [{"c": 2}]}, path) == {"a": [{"c": 2, "b": 1}]}
    assert changed({"a": None}, path) == {"a": {"b": 1}}
    for blocked in (
        UNKNOWN,
        U,
        "text",
        [1, 2],
        {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4"},
    ):
        with pytest.raises(RemedyError, match=r"^a"):
            changed({"a": blocked}, path)
