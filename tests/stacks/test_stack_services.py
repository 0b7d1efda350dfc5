"""Several services in one stack: what each has of its own, and who gets which request."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.stacks.invariants import violations
from tests.stacks.planning import one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

FOUR: dict[str, Any] = {
    "web": {},
    "api": {
        "hosts": ["app.example.com"],
        "paths": ["/api/*", "/login"],
        "port": 9000,
        "healthCheckPath": "/up",
        "cpu": 512,
        "memory": 1024,
        "minCount": 2,
        "maxCount": 4,
        "environment": {"MODE": "api"},
    },
    "mailer": {"kind": "worker", "command": ["python", "-m", "mailer"]},
    "report": {"kind": "task"},
}
RULE = "aws:lb/listenerRule:ListenerRule"
SERVICE = "aws:ecs/service:Service"
TARGETS = "aws:lb/targetGroup:TargetGroup"
TASK = "aws:ecs/taskDefinition:TaskDefinition"


@pytest.fixture(scope="module")
def plan(plan_with: Callable[..., Plan]) -> Plan:
    return plan_with("startup", services=FOUR, compute={"environment": {"MODE": "all", "LEVEL": "info"}})


def names(plan: Plan, type_: str, suffix: str) -> set[str]:
    return {r.name.removeprefix("ascent-test-").removesuffix(suffix) for r in plan.by_type.get(type_, ())}


def test_the_plan_is_sound(plan: Plan) -> None:
    assert violations(plan) == []


def test_each_has_what_it_needs_and_no_more(plan: Plan) -> None:
    assert names(plan, TASK, "-task-definition") == {"web", "api", "mailer", "report"}
    assert names(plan, "ascent:compute:ServiceLog", "-log") == {"web", "api", "mailer", "report"}
    assert names(plan, SERVICE, "-service") == {"web", "api", "mailer"}
    assert names(plan, "aws:appautoscaling/target:Target", "-capacity") == {"web", "api", "mailer"}
    assert {r.inputs["name"] for r in plan.by_type[TARGETS]} == {
        "ascent-test-web-int-638e-ip-8000",
        "ascent-test-api-int-638e-ip-9000",
    }
    roles = Counter(r.name.split("-")[2] for r in plan.by_type["aws:iam/role:Role"] if r.name.endswith("k-role"))
    assert roles == {"web": 1, "api": 1, "mailer": 1, "report": 1}, "what a task may do is a role of its own"
    assert len(plan.by_type["aws:ecs/cluster:Cluster"]) == 1


def test_each_has_its_own_alarms(plan: Plan) -> None:
    alarms = {r.name.partition("-alarms-")[2] for r in plan.by_type["aws:cloudwatch/metricAlarm:MetricAlarm"]}
    web = {"server-errors", "latency", "unhealthy-targets", "no-healthy-targets", "compute-cpu", "compute-memory"}
    web |= {"few-healthy-targets"}
    worker = {"compute-cpu", "compute-memory", "no-running-tasks"}
    assert {a.removeprefix("api-") for a in alarms if a.startswith("api-")} == web
    assert {a.removeprefix("mailer-") for a in alarms if a.startswith("mailer-")} == worker
    assert not [a for a in alarms if a.startswith("report")]


def test_a_deployment_is_rolled_back_by_its_own_alarms(plan: Plan) -> None:
    api = one(plan, SERVICE, "-api-service")
    watched = {plan.by_urn[u].name.partition("-alarms-")[2] for u in api.property_dependencies["alarms"]}
    assert watched == {"api-server-errors", "balancer-errors"}
    assert "alarms" not in one(plan, SERVICE, "-mailer-service").inputs


def test_own_values_come_before_the_common_ones(plan: Plan) -> None:
    api, web = one(plan, TASK, "-api-task-definition").inputs, one(plan, TASK, "-web-task-definition").inputs
    assert (api["cpu"], api["memory"], web["cpu"], web["memory"]) == ("512", "1024", "256", "512")
    targets = one(plan, TARGETS, "-api-targets").inputs
    assert (targets["port"], targets["healthCheck"]["path"]) == (9000, "/up")
    capacity = one(plan, "aws:appautoscaling/target:Target", "-api-capacity").inputs
    assert (capacity["minCapacity"], capacity["maxCapacity"]) == (2, 4)


def test_requests_are_led_by_rules_once_the_service_runs(plan: Plan) -> None:
    leading = [r for r in plan.by_type[RULE] if r.name.startswith("ascent-test-routing-") and "-https-" in r.name]
    rules = {r.inputs["conditions"][-1]["pathPattern"]["values"][0]: r for r in leading}
    assert set(rules) == {"/api/*", "/login", "/*"}
    for path, rule in rules.items():
        service = "web" if path == "/*" else "api"
        hosts = [] if path == "/*" else [{"hostHeader": {"values": ["app.example.com"]}}]
        assert rule.inputs["conditions"][:-1] == hosts
        assert rule.property_dependencies["actions"] == (one(plan, TARGETS, f"-{service}-targets").urn,)
        assert rule.property_dependencies["listenerArn"] == (one(plan, "aws:lb/listener:Listener", "-https").urn,)
        assert one(plan, SERVICE, f"-{service}-service").urn in rule.dependencies
    assert max(rules, key=lambda path: rules[path].inputs["priority"]) == "/*"


def test_a_service_starts_once_its_targets_belong_to_the_load_balancer(plan: Plan) -> None:
    for service in ("web", "api"):
        tie = one(plan, RULE, f"-{service}-tie")
        assert tie.inputs["conditions"] == [{"sourceIp": {"values": ["192.0.2.1/32"]}}], "no request matches it"
        assert tie.urn in one(plan, SERVICE, f"-{service}-service").dependencies


def test_a_worker_answers_nobody(plan: Plan) -> None:
    worker = one(plan, SERVICE, "-mailer-service").inputs
    assert not {"loadBalancers", "healthCheckGracePeriodSeconds"} & set(worker)
    group = one(plan, "aws:ec2/securityGroup:SecurityGroup", "-service-mailer").urn
    inward = [
        r
        for r in plan.by_type["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]
        if group in r.property_dependencies["securityGroupId"]
    ]
    assert inward == []


def test_the_database_is_open_to_each_service_and_to_nobody_else(plan: Plan) -> None:
    rules = plan.by_type["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]
    sources = {r.name.removeprefix("ascent-test-firewall-") for r in rules if r.inputs["fromPort"] == 5432}
    assert sources == {f"{name}-postgres-in" for name in FOUR}


def test_without_a_service_for_the_rest_nobody_answers(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", services={"api": {"paths": ["/api/*"]}})
    (action,) = one(plan, "aws:lb/listener:Listener", "-https").inputs["defaultActions"]
    assert (action["type"], action["fixedResponse"]["statusCode"]) == ("fixed-response", "404")


def test_another_service_moves_nothing(plan: Plan, plan_with: Callable[..., Plan]) -> None:
    fewer = {name: FOUR[name] for name in ("web", "api")}
    before = plan_with("startup", services=fewer, compute={"environment": {"MODE": "all", "LEVEL": "info"}})
    after = {r.urn: r for r in plan.resources}
    assert {r.urn for r in before.resources} < set(after)
    changed = [r.name for r in before.resources if after[r.urn] != r]
    assert changed == ["ascent-test-dashboard-board"] or changed == []


def test_naming_the_one_service_changes_nothing(plan_with: Callable[..., Plan]) -> None:
    assert plan_with("startup", services={"app": {}}).resources == plan_with("startup").resources


def test_names_of_the_platforms_own_parts_are_free_for_services(plan_with: Callable[..., Plan]) -> None:
    taken = ("vpc", "ingress", "postgres", "dynamodb", "cluster", "secrets", "keys", "database", "load-balancer")
    services: dict[str, Any] = {name: {"kind": "worker"} for name in taken}
    plan = plan_with("startup", services={"abcdefghijklmno": {}, **services})
    assert violations(plan) == []
