"""Alarms, their runbooks, the dashboard and the budget of the shipped stacks.

These tests read inputs. They don't prove that a metric exists, that a mail arrives, or that a threshold is right.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ascent.plan.model import UNKNOWN
from ascent.plan.urn import urn_type
from tests.stacks.invariants.structure import telling
from tests.stacks.planning import ROOT, SHIPPED, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
SLACK = {"workspaceId": "T07EA123LEP", "channelId": "C07EZ1ABC23"}
PARTS = ("amp", "chatbot", "grafana", "kinesis", "synthetics", "xray")
"""Modules of the SDK that only parts of observability need."""
EDGE = {"balancer-errors", "app-server-errors", "app-latency", "app-unhealthy-targets", "app-no-healthy-targets"}
CDN = {"cdn-errors"}
COMPUTE = {"app-compute-cpu", "app-compute-memory"}
AUDIT = {
    "trail-silent",
    "root-root-used",
    "denied-access-denied",
    "no-mfa-signin",
    "failures-signin",
    "policies-iam-changed",
    "trail-audit-changed",
    "config-audit-changed",
    "organization-audit-changed",
    "keys-keys-disabled",
    "buckets-bucket-policies-changed",
    "groups-network-changed",
    "acls-network-changed",
    "gateways-network-changed",
    "routes-network-changed",
    "vpcs-network-changed",
}
FINDINGS = {"guardduty-finding", "hub-finding", "inspector-finding", "access-finding", "config-finding"}
REPORTS = {"cost-report-function-errors", "idle-report-function-errors"}
DATABASE = {"database-cpu", "database-storage", "database-connections", "database-credits"}


EVENTS = {"app-release", "database-storage", "database-failed", "backup-failed"}
WATCH = {
    *(f"{span}-error-budget" for span in ("fast-long", "fast-short", "slow-long", "slow-short")),
    *(f"{event}-rule-failed" for event in (*EVENTS, *FINDINGS, "secret-read", "secret-rotation")),
    "visit-failed",
    "visit-slow",
    "app-logged-errors",
    "business-stopped",
    "notice-failed",
}
PROD = {"app-client-errors", "app-few-healthy-targets", "firewall-blocks", "us-east-1-certificate-ends"}
AUDITED = (
    EDGE
    | COMPUTE
    | DATABASE - {"database-credits"}
    | {"table-throttled", "database-memory", "secret-rotation-function-errors"}
    | PROD
    | WATCH
    | AUDIT
    | REPORTS
)
KEYS = {
    "dev": EDGE | CDN | {"app-compute-cpu", "app-compute-credits", "table-throttled"},
    "staging": EDGE
    | CDN
    | COMPUTE
    | DATABASE
    | {"table-throttled", "app-few-healthy-targets", "us-east-1-certificate-ends"},
    "prod": AUDITED | {"database-credits"},
    "enterprise": AUDITED
    | {
        "app-unusual-requests",
        "export-findings-undelivered",
        "stream-findings-undelivered",
        "macie-finding-rule-failed",
    },
}


@pytest.mark.parametrize("stack", SHIPPED)
def test_alarms(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    topic = one(plan, "aws:sns/topic:Topic")
    alarms = plan.by_type[ALARM]
    assert {alarm.name.partition("-alarms-")[2] for alarm in alarms} == KEYS[stack]
    for alarm in (*alarms, *plan.by_type.get(COMPOSITE, ())):
        told = alarm.property_dependencies.get("alarmActions", ())
        assert told == alarm.property_dependencies.get("okActions", ())
        assert told in ((topic.urn,), ())


def test_one_message_for_one_trouble(plan_of: Callable[[str], Plan]) -> None:
    """What is spoken for says nothing by itself, and everything else does."""
    plan = plan_of("prod")
    members = {
        composite.name.partition("-alarms-")[2]: {
            plan.by_urn[urn].name.partition("-alarms-")[2] for urn in composite.property_dependencies["alarmRule"]
        }
        for composite in plan.by_type[COMPOSITE]
    }
    assert members == {
        "app-degraded": {"app-server-errors", "app-latency", "app-unhealthy-targets", "app-few-healthy-targets"},
        "fast-error-budget": {"fast-long-error-budget", "fast-short-error-budget"},
        "slow-error-budget": {"slow-long-error-budget", "slow-short-error-budget"},
    }
    silent = {a.name.partition("-alarms-")[2] for a in plan.by_type[ALARM] if not a.inputs.get("alarmActions")}
    assert silent == set().union(*members.values())


@pytest.mark.parametrize(
    ("stack", "keys"),
    [
        ("dev", {"app-release"}),
        ("staging", EVENTS - {"backup-failed"} | {"access-finding"}),
        ("prod", EVENTS | FINDINGS | {"secret-rotation", "secret-read"}),
        ("enterprise", EVENTS | FINDINGS | {"macie-finding", "secret-rotation", "secret-read"}),
    ],
)
def test_events(stack: str, keys: set[str], plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    topic = one(plan, "aws:sns/topic:Topic")
    events = [rule for rule in telling(plan) if rule.type == "aws:cloudwatch/eventRule:EventRule"]
    assert {rule.name.partition("-events-")[2] for rule in events} == keys
    targets = plan.by_type["aws:cloudwatch/eventTarget:EventTarget"]
    told = [target for target in targets if target.property_dependencies["arn"] == (topic.urn,)]
    assert {target.property_dependencies["rule"] for target in told} == {(rule.urn,) for rule in events}


@pytest.mark.parametrize("stack", SHIPPED)
def test_somebody_hears_of_alarms(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    addresses = [s.inputs["endpoint"] for s in plan.by_type.get("aws:sns/topicSubscription:TopicSubscription", ())]
    assert addresses == ([] if stack == "dev" else ["oncall@example.com"])


@pytest.mark.parametrize(
    ("stack", "limit", "shares"),
    [
        ("dev", "35", [80, 100]),
        ("staging", "200", [80, 100]),
        ("prod", "800", [50, 80, 100]),
        ("enterprise", "10000", [50, 80, 90, 100]),
    ],
)
def test_budget(stack: str, limit: str, shares: list[int], plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    budget = one(plan, "aws:budgets/budget:Budget")
    inputs = budget.inputs
    assert (inputs["limitAmount"], inputs["limitUnit"], inputs["timeUnit"]) == (limit, "USD", "MONTHLY")
    found = [(n["notificationType"], n["threshold"]) for n in inputs["notifications"]]
    assert found == [*(("ACTUAL", share) for share in shares), ("FORECASTED", 100)]
    assert budget.property_dependencies["notifications"] == (one(plan, "aws:sns/topic:Topic").urn,)
    counted = {tag["tags"]["key"]: tag["tags"]["values"] for tag in inputs["filterExpression"]["ands"]}
    assert counted == {"Project": ["ascent"], "Environment": [stack]}


def test_the_services_dashboard_follows_what_it_shows(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", observability={"dashboards": ["service"]})
    board = one(plan, "aws:cloudwatch/dashboard:Dashboard")
    assert board.inputs["dashboardBody"] == UNKNOWN
    shown = {plan.by_urn[urn].type for urn in board.property_dependencies["dashboardBody"]}
    assert {
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lb/targetGroup:TargetGroup",
        "aws:cloudfront/distribution:Distribution",
        "aws:ecs/service:Service",
        "aws:dynamodb/table:Table",
    } <= shown


def test_what_is_in_us_east_1_alone_is_watched_there(plan_with: Callable[..., Plan]) -> None:
    """CloudFront's errors and its certificate, with a topic that hears them."""
    plan = plan_with("startup", region="eu-west-1", observability={"notices": {"slack": SLACK}})
    abroad = {a.name.partition("-alarms-")[2]: a for a in plan.by_type[ALARM] if a.inputs.get("region") == "us-east-1"}
    assert set(abroad) == {"cdn-errors", "us-east-1-certificate-ends"}
    topic = one(plan, "aws:sns/topic:Topic", "-us-east-1-topic")
    assert topic.inputs["region"] == "us-east-1"
    assert {alarm.property_dependencies["alarmActions"] for alarm in abroad.values()} == {(topic.urn,)}
    heard = one(plan, "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration")
    assert topic.urn in heard.property_dependencies["snsTopicArns"]
    assert len(heard.property_dependencies["snsTopicArns"]) == 2


def test_a_stack_without_a_part_loads_nothing_of_it() -> None:
    """Modules of the SDK are dear to load: a part that is off costs nothing."""
    program = (
        "import sys; from tests.stacks.planning import planned, smallest; planned(smallest('mvp')); "
        f"loaded = [one for one in {PARTS!r} if type(sys.modules[f'pulumi_aws.{{one}}']).__name__ != '_LazyModule']; "
        "print(loaded)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip().splitlines()[-1] == "[]"


def test_access_logs_of_buckets_wait_until_the_target_admits_them(plan_of: Callable[[str], Plan]) -> None:
    """S3 refuses a target whose policy does not let its log service write yet."""
    plan = plan_of("prod")
    logging = plan.by_type["aws:s3/bucketLogging:BucketLogging"]
    assert logging
    for one_ in logging:
        sources = {urn_type(urn) for urn in one_.property_dependencies["targetBucket"]}
        assert "aws:s3/bucketPolicy:BucketPolicy" in sources, one_.name
