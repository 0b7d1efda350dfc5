"""Alarms, their runbooks, the dashboard and the budget of the shipped stacks.

These tests read inputs. They don't prove that a metric exists, that a mail arrives, or that a threshold is right.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ascent.plan.model import UNKNOWN
from tests.stacks.invariants.structure import telling
from tests.stacks.planning import SHIPPED, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
EDGE = {"balancer-errors", "app-server-errors", "app-latency", "app-unhealthy-targets", "app-no-healthy-targets"}
CDN = {"cdn-errors"}
COMPUTE = {"app-compute-cpu", "app-compute-memory"}
REPORTS = {"cost-report-function-errors", "idle-report-function-errors"}
DATABASE = {"database-cpu", "database-storage", "database-connections", "database-credits"}


@pytest.mark.parametrize(
    ("stack", "keys"),
    [
        ("dev", EDGE | CDN | {"app-compute-cpu", "app-compute-credits", "table-throttled"}),
        ("staging", EDGE | CDN | DATABASE | COMPUTE | {"table-throttled"}),
        ("prod", EDGE | DATABASE | COMPUTE | REPORTS | {"table-throttled"}),
        ("enterprise", EDGE | DATABASE - {"database-credits"} | COMPUTE | REPORTS | {"table-throttled"}),
    ],
)
def test_alarms(stack: str, keys: set[str], plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    topic = one(plan, "aws:sns/topic:Topic")
    alarms = plan.by_type[ALARM]
    assert {alarm.name.partition("-alarms-")[2] for alarm in alarms} == keys
    for alarm in alarms:
        assert alarm.property_dependencies["alarmActions"] == (topic.urn,)
        assert alarm.property_dependencies["okActions"] == (topic.urn,)


@pytest.mark.parametrize(
    ("stack", "keys"),
    [("dev", {"app-release"}), *((s, {"app-release", "database-storage"}) for s in ("staging", "prod", "enterprise"))],
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


def test_dashboard_shows_every_alarm(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("mvp", observability={"dashboard": True})
    board = one(plan, "aws:cloudwatch/dashboard:Dashboard")
    body = board.inputs["dashboardBody"]
    assert body == UNKNOWN or len(json.loads(body)["widgets"]) == len(plan.by_type[ALARM])
    balancer = one(plan, "aws:lb/loadBalancer:LoadBalancer")
    assert balancer.urn in board.property_dependencies["dashboardBody"]
