"""What ECS needs to lead requests to a new version, and how a service says so.

Not proven: that ECS shifts requests, and goes back when an alarm fires.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.release.traffic import Shift, Traffic, TrafficArgs
from components.edge.load_balancer import LoadBalancer
from components.edge.route import RouteSpec
from components.edge.routing import Routing, RoutingArgs
from settings.enums import ComputeKind, ContainerInsights
from settings.routes import rules_of
from settings.sections.compute import ComputeSettings
from settings.sections.observability import AlarmSettings
from settings.sections.running.release import ReleaseSettings
from tests.components.compute.services import balancer, routed
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

RULE = "shop-routing-app-http-rest"
SERVICE = "shop-app-service"


def test_children(build: Build) -> None:
    made = build(lambda: Traffic("shop-traffic", TrafficArgs(context=CONTEXT)))
    assert made.children == {"shop-traffic-role": "ascent:foundation:ServiceRole"}
    role = "shop-traffic-role-amazonecsinfrastructurerolepolicyforloadbalancers"
    assert made.inputs(role)["policyArn"] == (
        "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
    )
    (trust,) = json.loads(made.inputs("shop-traffic-role-role")["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["ecs.amazonaws.com"]}


def shifted(**release: Any) -> FargateService:  # noqa: ANN401 - any setting
    header = release.get("test_header")
    spec = RouteSpec(
        service="app",
        compute=ComputeKind.FARGATE,
        port=8000,
        health_check_path="/health",
        rules=rules_of("app", [], [], None),
        shifts=True,
        test_header=header,
    )
    entry = LoadBalancer("shop-lb", balancer(spec))
    routing = Routing("shop-routing", RoutingArgs(context=CONTEXT, load_balancer=entry, routes=[spec]))
    settings = ReleaseSettings(**release)
    cluster = ClusterArgs(context=CONTEXT, container_insights=ContainerInsights.DISABLED, logs=LOGS)
    args = FargateServiceArgs(
        context=CONTEXT,
        service="app",
        compute=ComputeSettings(release=settings, scaling={"requests_per_target": 600}),
        task_definition_arn="task-definition-arn",
        cluster=Cluster("shop-cluster", cluster),
        subnet_ids=["subnet-1"],
        security_group_id="sg-app",
        route=entry.routes["app"],
        rollback_alarms=["shop-errors"],
        shift=Shift(settings=settings, role_arn="role-arn", rule_arn=routing.moved["app"].arn),
    )
    made = FargateService("shop-app", args)
    routing.lead({"app": made.runs})
    return made


CONFIGURATIONS = [
    ({"strategy": "blue_green", "bake_minutes": 15}, {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "15"}, 15),
    (
        {"strategy": "canary", "canary_percent": 5, "canary_bake_minutes": 20},
        {
            "strategy": "CANARY",
            "bakeTimeInMinutes": "5",
            "canaryConfiguration": {"canaryPercent": 5, "canaryBakeTimeInMinutes": "20"},
        },
        25,
    ),
    (
        {"strategy": "linear", "step_percent": 10, "step_bake_minutes": 2},
        {
            "strategy": "LINEAR",
            "bakeTimeInMinutes": "5",
            "linearConfiguration": {"stepPercent": 10, "stepBakeTimeInMinutes": "2"},
        },
        23,
    ),
]


@pytest.mark.parametrize(("release", "wanted", "minutes"), CONFIGURATIONS, ids=["blue_green", "canary", "linear"])
def test_a_strategy_in_the_words_of_ecs(
    build: Build, release: dict[str, Any], wanted: dict[str, Any], minutes: int
) -> None:
    made = build(lambda: shifted(**release))
    service = made[SERVICE]
    assert service.inputs["deploymentConfiguration"] == wanted
    assert service.inputs["deploymentController"] == {"type": "ECS"}
    assert service.inputs["alarms"] == {"alarmNames": ["shop-errors"], "enable": True, "rollback": True}
    assert ReleaseSettings(**release).minutes == minutes
    assert service.options.timeouts[1] == f"{minutes + 30}m", "an update must not stop waiting before the release ends"


def test_both_groups_stand_at_rules_before_the_service(build: Build) -> None:
    made = build(lambda: shifted(strategy="canary"))
    first, second = (made[f"shop-lb-app-{kind}"].outputs["arn"] for kind in ("targets", "next"))
    (balancers,) = made.inputs(SERVICE)["loadBalancers"]
    assert balancers["targetGroupArn"] == first
    assert balancers["advancedConfiguration"] == {
        "alternateTargetGroupArn": second,
        "productionListenerRule": made[RULE].outputs["arn"],
        "testListenerRule": made["shop-lb-app-next-rule"].outputs["arn"],
        "roleArn": "role-arn",
    }
    (action,) = made.inputs(RULE)["actions"]
    assert action["forward"]["targetGroups"] == [{"arn": first, "weight": 1}, {"arn": second, "weight": 0}]
    assert made[RULE].options.ignore_changes == ("actions",), "an update must not swing requests back"
    assert RULE in made[SERVICE].options.depends_on
    assert SERVICE not in made[RULE].options.depends_on


def test_nobody_reaches_the_new_version_early_unless_a_header_is_named(build: Build) -> None:
    made = build(lambda: shifted(strategy="blue_green"))
    assert made.inputs("shop-lb-app-next-rule")["conditions"] == [{"sourceIp": {"values": ["192.0.2.1/32"]}}]
    made = build(lambda: shifted(strategy="blue_green", test_header="next"))
    rule = made.inputs("shop-lb-app-next-rule")
    assert rule["conditions"] == [
        {"pathPattern": {"values": ["/*"]}},
        {"httpHeader": {"httpHeaderName": "X-Release", "values": ["next"]}},
    ]
    assert rule["priority"] < made.inputs(RULE)["priority"]


def test_alarms_look_at_both_groups(build: Build) -> None:
    made = build(lambda: shifted(strategy="canary"), lambda one: one._args.route.alarms(AlarmSettings()))
    groups = {made[f"shop-lb-app-{kind}"].outputs["arnSuffix"] for kind in ("targets", "next")}
    assert {a.key for a in made.answer} >= {"server-errors", "latency", "unhealthy-targets", "no-healthy-targets"}
    for alarm in made.answer:
        seen = {m.dimensions["TargetGroup"] for m in (alarm.watched, *alarm.beside.values())}
        assert seen == groups, alarm.key
        assert alarm.expression, alarm.key
    errors = next(a for a in made.answer if a.key == "server-errors")
    assert errors.expression == (
        "IF((FILL(m2, 0) + FILL(m4, 0)) >= 20, 100 * (FILL(m1, 0) + FILL(m3, 0)) / (FILL(m2, 0) + FILL(m4, 0)), 0)"
    ).replace(">= 20", f">= {AlarmSettings().least_requests}")


def test_requests_are_counted_in_both_groups(build: Build) -> None:
    made = build(lambda: shifted(strategy="canary"))
    policy = made.inputs("shop-app-requests")["targetTrackingScalingPolicyConfiguration"]
    assert policy["targetValue"] == 600
    asked = policy["customizedMetricSpecification"]["metrics"]
    assert [one["id"] for one in asked] == ["first", "second", "running", "each"]
    assert asked[-1]["expression"] == "(FILL(first, 0) + FILL(second, 0)) / FILL(running, 1)"
    assert [one["returnData"] for one in asked] == [False, False, False, True]


def test_a_route_of_one_group_cannot_shift(build: Build) -> None:
    shift = Shift(settings=ReleaseSettings(strategy="canary"), role_arn="role-arn", rule_arn="rule-arn")
    with pytest.raises(ValueError, match="one group of targets"):
        build(lambda: shift.second(routed()))
