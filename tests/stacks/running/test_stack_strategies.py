"""How a stack changes with the way it is released, with its services, its work and the clock.

The comparison is of URNs and inputs; what AWS does with requests meanwhile it does not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.stacks.invariants import violations
from tests.stacks.planning import one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

SERVICE = "aws:ecs/service:Service"
HOLDING = {
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:dynamodb/table:Table",
    "aws:ecr/repository:Repository",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "aws:sqs/queue:Queue",
}
STRATEGIES = ("rolling", "blue_green", "canary", "linear")
BEYOND: dict[str, Any] = {"image": "registry.example.com/app:1"}
SERVICES: dict[str, Any] = {"web": {}, "api": {"paths": ["/api/*"]}}
WORK: dict[str, Any] = {
    **SERVICES,
    "mailer": {"kind": "worker", "queue": {"enabled": True}},
    "report": {"kind": "task", "schedule": {"expression": "cron(30 2 * * ? *)", "silentHours": 25}},
    "migrate": {"kind": "task", "beforeRelease": True},
}


def released(plan_with: Callable[..., Plan], strategy: str, tier: str = "startup", **more: Any) -> Plan:  # noqa: ANN401
    return plan_with(tier, compute={**BEYOND, "release": {"strategy": strategy}}, services=SERVICES, **more)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_is_sound(strategy: str, plan_with: Callable[..., Plan]) -> None:
    assert violations(released(plan_with, strategy)) == []


@pytest.mark.parametrize("strategy", STRATEGIES[1:])
def test_another_strategy_changes_no_urn_and_adds_the_second_groups(
    strategy: str, plan_with: Callable[..., Plan]
) -> None:
    before, after = released(plan_with, "rolling"), released(plan_with, strategy)
    assert set(before.by_urn) < set(after.by_urn)
    added = {after.by_urn[urn].name.removeprefix("ascent-test-") for urn in set(after.by_urn) - set(before.by_urn)}
    role = "traffic-role-amazonecsinfrastructurerolepolicyforloadbalancers"
    groups = {f"ingress-lb-{service}-next{rule}" for service in SERVICES for rule in ("", "-rule")}
    assert added == {*groups, "traffic", "traffic-role", "traffic-role-role", role}


@pytest.mark.parametrize("strategy", STRATEGIES[2:])
def test_from_one_shift_to_another_only_the_services_change(strategy: str, plan_with: Callable[..., Plan]) -> None:
    before, after = released(plan_with, "blue_green"), released(plan_with, strategy)
    assert list(before.by_urn) == list(after.by_urn)
    changed = {r.type for r in after.resources if r.inputs != before.by_urn[r.urn].inputs}
    assert changed - {"pulumi:pulumi:Stack", "ascent:foundation:Memory"} == {SERVICE}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_new_service_changes_no_other(strategy: str, plan_with: Callable[..., Plan]) -> None:
    before = released(plan_with, strategy)
    services = {**SERVICES, "admin": {"paths": ["/admin/*"]}}
    after = plan_with("startup", compute={**BEYOND, "release": {"strategy": strategy}}, services=services)
    assert set(before.by_urn) < set(after.by_urn)
    old = [r for r in before.resources if r.type in (SERVICE, "aws:lb/listenerRule:ListenerRule", *HOLDING)]
    assert [after.by_urn[r.urn].inputs for r in old] == [r.inputs for r in old]


def test_work_only_adds(plan_with: Callable[..., Plan]) -> None:
    before = plan_with("startup", compute=BEYOND, services=SERVICES)
    after = plan_with("startup", compute=BEYOND, services=WORK)
    assert violations(after) == []
    assert set(before.by_urn) < set(after.by_urn)


def test_every_service_may_send_and_only_the_worker_fetches(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", compute=BEYOND, services=WORK)
    queue = one(plan, "aws:sqs/queue:Queue", "-work").urn
    roles = {r.name: str(r.inputs["policy"]) for r in plan.by_type["aws:iam/rolePolicy:RolePolicy"]}
    using = {r.name for r in plan.by_type["aws:iam/rolePolicy:RolePolicy"] if queue in str(r.property_dependencies)}
    assert {f"ascent-test-{service}-task-policy" for service in WORK} <= using
    assert roles
    for service in WORK:
        definition = one(plan, "aws:ecs/taskDefinition:TaskDefinition", f"-{service}-task-definition")
        assert one(plan, "aws:ssm/parameter:Parameter", "mailer-queue-address").urn in str(
            definition.property_dependencies
        ), "the address comes from the parameter"


def test_services_come_after_what_gates_them(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", compute=BEYOND, services=WORK)
    (call,) = plan.by_type["aws:lambda/invocation:Invocation"]
    for service in plan.by_type[SERVICE]:
        assert call.urn in service.dependencies, service.name


def test_what_sleeps_wakes_and_keeps_quiet_meanwhile(plan_with: Callable[..., Plan]) -> None:
    for tier in ("mvp", "startup"):
        plan = plan_with(tier, compute={"scaling": {"sleep": {"enabled": True, "timezone": "Europe/Berlin"}}})
        assert violations(plan) == []
        actions = [
            r
            for type_ in ("aws:appautoscaling/scheduledAction:ScheduledAction", "aws:autoscaling/schedule:Schedule")
            for r in plan.by_type.get(type_, ())
        ]
        assert {r.name.rpartition("-at-")[2] for r in actions} == {"sleep", "wake"}
        nobody = one(plan, "aws:cloudwatch/metricAlarm:MetricAlarm", "no-healthy-targets")
        assert nobody.inputs["treatMissingData"] == "notBreaching"
    kept = [r for type_ in ("aws:appautoscaling/target:Target",) for r in plan.by_type[type_]]
    assert all({"minCapacity", "maxCapacity"} <= set(r.options.ignore_changes) for r in kept)


def test_spot_has_a_base_that_stays(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", compute={"spotPercent": 75, "onDemandBase": 2})
    (service,) = plan.by_type[SERVICE]
    assert "launchType" not in service.inputs
    assert service.inputs["forceNewDeployment"] is True, "another share must not replace the service"
    assert service.inputs["capacityProviderStrategies"] == [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 25},
        {"capacityProvider": "FARGATE_SPOT", "weight": 75},
    ]
    assert one(plan, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders").urn in service.dependencies


def test_connected_services_reach_one_another_and_no_more(plan_with: Callable[..., Plan]) -> None:
    apart = plan_with("startup", compute=BEYOND, services=WORK)
    together = plan_with("startup", compute={**BEYOND, "connect": True}, services=WORK)
    assert violations(together) == []
    assert set(apart.by_urn) < set(together.by_urn)
    added = {together.by_urn[urn].name for urn in set(together.by_urn) - set(apart.by_urn)}
    calls = {name.partition("firewall-")[2].rpartition("-")[0] for name in added if "-calls-" in name}
    assert calls == {f"{a}-calls-{b}" for b in SERVICES for a in WORK if a != b}


def test_steps_in_production_go_out_at_70_and_in_at_30(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("production")
    found = {
        r.name.rpartition("-cpu-")[2]: (r.inputs["comparisonOperator"], r.inputs["threshold"])
        for r in plan.by_type["aws:cloudwatch/metricAlarm:MetricAlarm"]
        if r.name.endswith(("-app-cpu-high", "-app-cpu-low"))
    }
    assert found == {"high": ("GreaterThanThreshold", 70), "low": ("LessThanThreshold", 30)}
    linear = one(plan, SERVICE).inputs["deploymentConfiguration"]
    assert linear["strategy"] == "LINEAR"
    assert linear["linearConfiguration"] == {"stepPercent": 10, "stepBakeTimeInMinutes": "1"}
