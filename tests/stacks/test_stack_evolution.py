"""How plans change with settings. A URN that vanishes is a resource that an update deletes.

The comparison is of URNs and inputs; whether AWS can change an input in place is the provider's to say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.stacks.planning import TIERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

SUBNET = "aws:ec2/subnet:Subnet"
STATEFUL = {
    "aws:dynamodb/table:Table",
    "aws:kms/key:Key",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "aws:cloudcontrol/resource:Resource",
    "aws:cloudwatch/logGroup:LogGroup",
}
"""Types that hold data or what decrypts it."""


def urns(plan: Plan) -> set[str]:
    return set(plan.by_urn)


def gone(before: Plan, after: Plan) -> set[str]:
    """Names, without their prefix, of AWS resources that `after` no longer has."""
    lost = urns(before) - urns(after)
    return {before.by_urn[urn].name.removeprefix("ascent-test-") for urn in lost if before.by_urn[urn].custom}


@pytest.mark.parametrize("tier", ["mvp", "production"])
@pytest.mark.parametrize(("fewer", "more"), [(2, 3), (3, 6)])
def test_a_zone_only_adds(tier: str, fewer: int, more: int, plan_with: Callable[..., Plan]) -> None:
    before, after = (plan_with(tier, network={"azCount": count}) for count in (fewer, more))
    assert urns(before) < urns(after)
    subnets = before.by_type[SUBNET]
    assert len(subnets) == 3 * fewer
    assert [after.by_urn[s.urn].inputs for s in subnets] == [s.inputs for s in subnets]


def test_naming_the_zones_that_are_in_use_changes_nothing(plan_with: Callable[..., Plan]) -> None:
    counted = plan_with("production", network={"azCount": 3})
    named = plan_with("production", network={"availabilityZones": [f"us-east-1{z}" for z in "abc"]})
    assert counted.resources == named.resources


SIZES: list[tuple[str, dict[str, Any]]] = [
    ("mvp", {"compute": {"minCount": 2, "maxCount": 4, "instanceType": "t4g.small", "volumeGb": 20}}),
    ("startup", {"compute": {"cpu": 1024, "memory": 2048, "minCount": 4, "maxCount": 20}}),
    ("startup", {"data": {"postgres": {"instanceClass": "db.t4g.large", "multiAz": True, "maxStorageGb": 900}}}),
    ("production", {"budget": {"monthlyLimitUsd": 2000}, "observability": {"logRetentionDays": 731}}),
    ("production", {"compute": {"port": 9000, "healthCheckPath": "/up", "targetCpuPercent": 50}}),
    ("production", {"owner": "another-team", "costCenter": "research", "dataClass": "restricted"}),
]


@pytest.mark.parametrize(("tier", "change"), SIZES, ids=[f"{t}-{'-'.join(c)}" for t, c in SIZES])
def test_a_size_within_a_tier_renames_nothing(
    tier: str, change: dict[str, Any], plan_with: Callable[..., Plan]
) -> None:
    before, after = plan_with(tier), plan_with(tier, **change)
    assert before.resources != after.resources, "the change does nothing"
    # Fewer than several can be told only of several.
    several = {urn for urn in after.by_urn if urn.endswith("-few-healthy-targets")} - set(before.by_urn)
    assert list(before.by_urn) == [urn for urn in after.by_urn if urn not in several]


EVERYTHING: dict[str, Any] = {
    **{key: {"mode": "create"} for key in ("guardDuty", "securityHub", "inspector", "macie", "config", "trail")},
    "accessAnalyzer": {"mode": "create", "unusedAccessDays": 90},
    "baseline": {"ebsEncryption": "create", "passwordPolicy": "create"},
    "contacts": {"security": {"name": "Ada", "title": "Lead", "email": "a@example.com", "phone": "+1 555 0100"}},
    "findings": {
        "export": "http",
        "siemUrl": "https://siem.example.com/in",
        "siemSecretArn": "arn:aws:secretsmanager:us-east-1:111111111111:secret:siem-AbCdEf",
        "webhookSecretArn": "arn:aws:secretsmanager:us-east-1:111111111111:secret:chat-AbCdEf",
    },
    "organization": {"policies": "create", "targetIds": ["r-ab12"]},
}
"""All that an account can have."""

OPTIONAL: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # tier, without, with
    ("startup", {"network": {"nat": "single"}}, {"network": {"nat": "per_az"}}),
    ("startup", {"resilience": {"backup": False}}, {"resilience": {"backup": True}}),
    ("startup", {"data": {"postgres": {"enabled": False}}}, {"data": {"postgres": {"enabled": True}}}),
    ("mvp", {}, {"data": {"postgres": {"enabled": True}}}),
    ("mvp", {"observability": {"dashboards": []}}, {"observability": {"dashboards": ["service", "data"]}}),
    ("startup", {}, {"network": {"interfaceEndpoints": ["ecr.api", "logs"]}}),
    (
        "startup",
        {"network": {"interfaceEndpoints": ["logs"]}},
        {"network": {"interfaceEndpoints": ["ecr.api", "logs"]}},
    ),
    (
        "mvp",
        {"observability": {"alarmEmails": ["b@example.com"]}},
        {"observability": {"alarmEmails": ["a@example.com", "b@example.com"]}},
    ),
    (
        "startup",
        {"security": {"customerManagedKeys": ["data"]}},
        {"security": {"customerManagedKeys": ["data", "logs", "secrets"]}},
    ),
    ("mvp", {}, {"security": {"secrets": {"STRIPE_KEY": "sk_live_1"}}}),
    ("startup", {}, {"edge": {"waf": True}}),
    ("mvp", {}, {"account": EVERYTHING}),
    ("startup", {}, {"account": EVERYTHING}),
]


@pytest.mark.parametrize(
    ("tier", "without", "with_"), OPTIONAL, ids=[f"{t}-{next(iter(w))}-{i}" for i, (t, _, w) in enumerate(OPTIONAL)]
)
def test_an_option_only_adds(
    tier: str, without: dict[str, Any], with_: dict[str, Any], plan_with: Callable[..., Plan]
) -> None:
    assert urns(plan_with(tier, **without)) < urns(plan_with(tier, **with_))


def test_an_account_layer_that_is_off_leaves_no_trace(plan_with: Callable[..., Plan]) -> None:
    services = ("guardDuty", "securityHub", "inspector", "accessAnalyzer", "config", "trail")
    baseline = [
        f"{kind}{what}" for kind, what in (("ebs", "Encryption"), ("s3", "PublicAccessBlock"), ("instance", "Metadata"))
    ]
    baseline += ["imageBlock", "snapshotBlock", "serialConsoleBlock", "passwordPolicy"]
    off = {**{key: {"mode": "off"} for key in services}, "baseline": dict.fromkeys(baseline, "off")}
    plan = plan_with("production", account=off)
    assert [r.name for r in plan.resources if "ascent:account:" in r.urn or "account-alarms" in r.name] == []
    key = next(r for r in plan.by_type["aws:kms/key:Key"] if r.name.endswith("-logs-key"))
    assert "cloudtrail" not in repr(key.inputs)
    assert "config.amazonaws" not in repr(key.inputs)


def test_data_stays_where_it_is_from_tier_to_tier(plan_with: Callable[..., Plan]) -> None:
    for before, after in pairwise(plan_with(tier) for tier in TIERS):
        stateful = {r.urn for r in before.resources if r.type in STATEFUL}
        assert len(stateful) >= 4
        assert stateful <= urns(after), f"{before.tier} to {after.tier} deletes data"


def test_what_goes_when_mvp_becomes_startup(plan_with: Callable[..., Plan]) -> None:
    """EC2 becomes Fargate; everything around it stays."""
    assert gone(plan_with("mvp"), plan_with("startup")) == {
        "app-cpu",
        "app-group",
        "app-instance-amazonssmmanagedinstancecore",
        "app-instance-policy",
        "app-instance-role",
        "app-profile",
        "app-template",
        "compute-alarms-app-compute-credits",
    }


def test_what_goes_when_startup_becomes_production(plan_with: Callable[..., Plan]) -> None:
    """CloudFront before an internal load balancer becomes a public one."""
    assert gone(plan_with("startup"), plan_with("production")) == {
        "edge-alarms-cdn-errors",
        "firewall-cloudfront-in",
        "ingress-alias-aaaa",
        "ingress-cdn-cdn",
        "ingress-cdn-headers",
        "ingress-cdn-origin",
        "routing-app-http-rest",
    }


def test_only_the_alarm_on_credits_goes_when_production_becomes_enterprise(plan_with: Callable[..., Plan]) -> None:
    """The database's class is no longer a burstable one."""
    assert gone(plan_with("production"), plan_with("enterprise")) == {"data-alarms-database-credits"}


def test_a_domain_changes_only_the_edge(plan_with: Callable[..., Plan]) -> None:
    bare = plan_with("mvp", edge={"domain": None, "hostedZoneId": None})
    assert gone(bare, plan_with("mvp")) == set()
    added = {urn for urn in urns(plan_with("mvp")) - urns(bare) if "ascent:edge:Ingress" not in urn}
    assert {plan_with("mvp").by_urn[urn].name for urn in added} == {
        "ascent-test-routing-app-https-rest",
        "ascent-test-edge-alarms-us-east-1-certificate-ends",
    }
