"""What holds for every plan holds for the shipped stacks and every tier; and each check sees what it is for."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from tests.stacks.invariants import CHECKS, violations
from tests.stacks.invariants.names import fixed_names
from tests.stacks.planning import SHIPPED, TIERS, WATCHED, WATCHED_SERVICES, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan, Resource

    Break = Callable[[Resource], Resource]

SUBNET = "aws:ec2/subnet:Subnet"
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
TABLE = "aws:dynamodb/table:Table"


@pytest.mark.parametrize("stack", SHIPPED)
def test_shipped_stacks(stack: str, plan_of: Callable[[str], Plan]) -> None:
    assert violations(plan_of(stack)) == []


@pytest.mark.parametrize("tier", TIERS)
def test_tiers(tier: str, plan_with: Callable[..., Plan]) -> None:
    assert violations(plan_with(tier)) == []


def inputs(**changes: Any) -> Break:  # noqa: ANN401 - any input
    """A change of a resource's inputs."""
    return lambda resource: replace(resource, inputs={**resource.inputs, **changes})


def untagged(resource: Resource) -> Resource:
    return inputs(tags={k: v for k, v in resource.inputs["tags"].items() if k != "Owner"})(resource)


def renamed(name: str) -> Break:
    return lambda resource: replace(resource, name=name)


def beside(resource: Resource) -> Resource:
    """Its replacement is made first."""
    return replace(resource, options=replace(resource.options, delete_before_replace=False))


BROKEN: list[tuple[str, str, str, str, Break]] = [
    # check, stack, type, end of the name, what is done to the resource
    ("sound", "dev", "aws:sns/topic:Topic", "", lambda r: replace(r, parent="urn:pulumi:dev::ascent::x:y:Z::gone")),
    ("prefixes", "dev", "aws:sns/topic:Topic", "", renamed("ascent-dev-alarms")),
    ("components", "dev", "aws:sns/topic:Topic", "", lambda r: replace(r, parent=None)),
    ("provider", "dev", "aws:sns/topic:Topic", "", lambda r: replace(r, provider="")),
    ("partition", "dev", "aws:sns/topic:Topic", "", inputs(region="cn-north-1")),
    ("partition", "dev", "aws:sns/topic:Topic", "", inputs(policy="arn:aws-us-gov:iam::1:root")),
    ("alarms", "dev", ALARM, "-latency", inputs(okActions=[])),
    ("alarms", "dev", ALARM, "-latency", inputs(alarmDescription="slow")),
    ("alarms", "dev", ALARM, "-latency", inputs(alarmDescription="Runbook: docs/runbooks/latency.md")),
    ("alarms", "prod", COMPOSITE, "-degraded", inputs(alarmActions=[])),
    ("alarms", "prod", COMPOSITE, "-degraded", lambda r: replace(r, property_dependencies={})),
    ("watched", "prod", ALARM, "-table-throttled", lambda r: replace(r, inputs={}, property_dependencies={})),
    ("watched", "dev", TABLE, "", lambda r: replace(r, urn=f"{r.urn}-2", name=f"{r.name}-2")),
    ("tags", "dev", "aws:ec2/vpc:Vpc", "", untagged),
    ("tags", "prod", "aws:ecs/service:Service", "", inputs(tags=None)),
    ("group tags", "dev", "aws:autoscaling/group:Group", "", inputs(tags=[])),
    ("template tags", "dev", TEMPLATE, "", inputs(tagSpecifications=[{"resourceType": "instance", "tags": {}}])),
    ("default tags", "dev", "pulumi:providers:aws", "", inputs(defaultTags='{"tags": {"Owner": "x"}}')),
    ("tag values", "dev", "aws:sns/topic:Topic", "", inputs(tags={"Owner": "a;b"})),
    ("subnets", "dev", SUBNET, "-data-1", inputs(cidrBlock="10.0.0.0/24")),
    ("subnets", "dev", SUBNET, "-data-1", inputs(cidrBlock="10.1.0.0/24")),
    ("subnets", "dev", SUBNET, "-data-1", inputs(availabilityZone="eu-west-1a")),
    ("subnets", "dev", SUBNET, "-data-1", inputs(mapPublicIpOnLaunch=True)),
    ("database", "prod", "aws:rds/instance:Instance", "", inputs(publiclyAccessible=True)),
    ("rules", "dev", SECURITY_GROUP, "-service-app", inputs(ingress=[{"protocol": "-1"}])),
    ("openings", "dev", INGRESS_RULE, "-app-serve-in", inputs(cidrIpv4="0.0.0.0/0")),
    ("openings", "prod", INGRESS_RULE, "-https-in", inputs(fromPort=22, toPort=22)),
    ("openings", "prod", INGRESS_RULE, "-app-serve-in", inputs(ipProtocol="-1")),
    ("names", "prod", "aws:backup/vault:Vault", "", renamed("ascent-prod-backup-vault-of-more-than-fifty")),
    ("names", "prod", "aws:s3/bucket:Bucket", "-lb-logs-bucket", renamed("Upper")),
    ("names", "prod", "aws:lb/loadBalancer:LoadBalancer", "", inputs(name="internal-prod")),
    ("names", "prod", "aws:rds/instance:Instance", "", inputs(identifier="a--b")),
    ("identities", "prod", "aws:kms/alias:Alias", "-logs-alias", inputs(name="alias/ascent-prod-data")),
    ("replaced apart", "prod", "aws:accessanalyzer/analyzer:Analyzer", "", beside),
    ("known types", "dev", "aws:sns/topic:Topic", "", lambda r: replace(r, type="aws:cloudwatch/eventBus:EventBus")),
]


@pytest.mark.parametrize(
    ("check", "stack", "type_", "suffix", "broken"), BROKEN, ids=[f"{b[0]}-{i}" for i, b in enumerate(BROKEN)]
)
def test_each_check_sees_what_it_is_for(
    check: str, stack: str, type_: str, suffix: str, broken: Break, plan_of: Callable[[str], Plan]
) -> None:
    plan = plan_of(stack)
    target = one(plan, type_, suffix)
    resources = tuple(broken(r) if r is target else r for r in plan.resources)
    assert CHECKS[check](plan) == []
    assert len(CHECKS[check](replace(plan, resources=resources))) >= 1


def test_a_second_resource_of_one_urn_is_seen(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("dev")
    twice = replace(plan, resources=(*plan.resources, plan.resources[-1]))
    assert len(CHECKS["urns"](twice)) == 1


def test_every_check_has_a_broken_plan() -> None:
    assert {entry[0] for entry in BROKEN} | {"urns"} == set(CHECKS)


def test_everything_watched_at_once(plan_with: Callable[..., Plan]) -> None:
    """All parts of observability plan without conflict; without them none is left."""
    image = {"image": "registry.example.com/app:1"}
    full = plan_with("enterprise", observability=WATCHED, services=WATCHED_SERVICES, compute=image)
    assert violations(full) == []
    assert {part for part in PARTS if not any(part in type_ for type_ in full.by_type)} == set()
    keeps_nothing = {"trail": {"mode": "off"}, "config": {"mode": "off"}, "findings": {"export": "off"}}
    keeps_nothing |= {"securityHub": {"mode": "off"}}
    bare = plan_with("enterprise", account=keeps_nothing, observability=OFF, services=WATCHED_SERVICES, compute=image)
    assert violations(bare) == []
    assert {part for part in PARTS if any(part in type_ for type_ in bare.by_type)} == set()


PARTS = ("amp/", "grafana/", "chatbot/", "kinesis/", "synthetics/", "xray/", "compositeAlarm", "logSubscription")
PARTS += ("logMetricFilter", "logDataProtection", "queryDefinition", "dashboard:")
OFF: dict[str, Any] = {
    "alarms": {"composite": False, "anomalyDeviations": None},
    "dashboards": [],
    "containerInsights": "disabled",
    "logs": {"masked": [], "queries": False, "metrics": {"errors": False, "latency": False, "transactions": False}},
    **{part: {"enabled": False} for part in ("tracing", "serviceLevel", "canary")},
}


def test_stacks_of_one_account_share_no_physical_name(plan_of: Callable[[str], Plan]) -> None:
    # Each detector has features of the same names.
    own = {s: [r for r in plan_of(s).resources if "guardduty/detectorFeature" not in r.type] for s in SHIPPED}
    names = {stack: {(r.type, name) for r in resources for name in fixed_names(r)} for stack, resources in own.items()}
    assert all(len(found) >= 5 for found in names.values())
    assert not [pair for pair in combinations(SHIPPED, 2) if names[pair[0]] & names[pair[1]]]
