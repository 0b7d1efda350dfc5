"""An ECS service on Fargate: web behind a route, or a worker without one.

Not proven: that tasks become healthy, and that a failing deployment rolls back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from settings.enums import ContainerInsights, Placement
from settings.sections.compute import ComputeSettings
from settings.sections.observability import AlarmSettings
from tests.components.compute.services import routed
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

SERVICE, SCALING = "shop-app-service", "aws:appautoscaling/policy:Policy"


def service(
    *,
    web: bool = True,
    alarms: tuple[str, ...] = (),
    **compute: Any,  # noqa: ANN401
) -> FargateService:
    insights = ContainerInsights.DISABLED
    args = FargateServiceArgs(
        context=CONTEXT,
        service="app",
        compute=ComputeSettings(**compute),
        task_definition_arn="task-definition-arn",
        cluster=Cluster("shop-cluster", ClusterArgs(context=CONTEXT, container_insights=insights, logs=LOGS)),
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-app",
        route=routed() if web else None,
        rollback_alarms=alarms,
    )
    return FargateService("shop-app", args)


@pytest.mark.parametrize("web", [True, False], ids=["web", "worker"])
def test_children(build: Build, web: bool) -> None:
    made = build(lambda: service(web=web))
    assert made.children == {
        SERVICE: "aws:ecs/service:Service",
        "shop-app-capacity": "aws:appautoscaling/target:Target",
        "shop-app-cpu": SCALING,
        "shop-app-memory": SCALING,
    }
    assert made.outputs == {"service_name": made[SERVICE].outputs["name"]}
    assert made.attributes == {"service": "app", **made.outputs}
    assert made.preview.attributes == {"service": "app", "service_name": UNKNOWN}


def test_a_worker_has_neither_a_load_balancer_nor_a_grace_period(build: Build) -> None:
    made = build(lambda: service(web=False, min_count=2))
    assert made.inputs(SERVICE) == {
        "cluster": made["shop-cluster-ecs"].outputs["arn"],
        "taskDefinition": "task-definition-arn",
        "launchType": "FARGATE",
        "platformVersion": "LATEST",
        "desiredCount": 2,
        "networkConfiguration": {
            "subnets": ["subnet-1", "subnet-2"],
            "securityGroups": ["sg-app"],
            "assignPublicIp": False,
        },
        "deploymentController": {"type": "ECS"},
        "deploymentMinimumHealthyPercent": 100,
        "deploymentMaximumPercent": 200,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "availabilityZoneRebalancing": "ENABLED",
        "enableEcsManagedTags": True,
        "propagateTags": "SERVICE",
        "waitForSteadyState": True,
        "tags": CONTEXT.tags("shop-app"),
    }


def test_a_web_service_has_both(build: Build) -> None:
    made = build(lambda: service(port=9000, health_check_grace_seconds=45))
    worker = build(lambda: service(web=False)).inputs(SERVICE)
    assert made.inputs(SERVICE) == {
        **worker,
        "loadBalancers": [
            {
                "targetGroupArn": made["shop-lb-app-targets"].outputs["arn"],
                "containerName": "application",
                "containerPort": 9000,
            }
        ],
        "healthCheckGracePeriodSeconds": 45,
    }
    assert made.preview.inputs(SERVICE)["loadBalancers"][0]["targetGroupArn"] is UNKNOWN


def test_it_waits_until_its_targets_belong_to_the_load_balancer(build: Build) -> None:
    assert "shop-lb-app-tie" in build(service)[SERVICE].options.depends_on


@pytest.mark.parametrize("placement", list(Placement))
def test_only_public_placement_gives_a_public_address(build: Build, placement: Placement) -> None:
    network = build(lambda: service(placement=placement)).inputs(SERVICE)["networkConfiguration"]
    assert network["assignPublicIp"] is (placement is Placement.PUBLIC)


def test_named_alarms_roll_a_deployment_back(build: Build) -> None:
    assert "alarms" not in build(service).inputs(SERVICE)
    made = build(lambda: service(alarms=("shop-errors",)))
    assert made.inputs(SERVICE)["alarms"] == {"alarmNames": ["shop-errors"], "enable": True, "rollback": True}


def test_an_update_leaves_the_count_to_scaling(build: Build) -> None:
    made = build(lambda: service(min_count=2, max_count=6))
    assert made[SERVICE].options.ignore_changes == ("desiredCount",)
    target = made["shop-app-capacity"]
    assert target.inputs == {
        "serviceNamespace": "ecs",
        "scalableDimension": "ecs:service:DesiredCount",
        "resourceId": f"service/shop-dev/{made[SERVICE].outputs['name']}",
        "minCapacity": 2,
        "maxCapacity": 6,
        "tags": CONTEXT.tags("shop-app-capacity"),
    }
    assert made.preview.inputs("shop-app-capacity")["resourceId"] is UNKNOWN


def test_scaling_follows_cpu_and_memory(build: Build) -> None:
    made = build(lambda: service(target_cpu_percent=60, target_memory_percent=75))
    wanted = {
        "shop-app-cpu": ("ECSServiceAverageCPUUtilization", 60),
        "shop-app-memory": ("ECSServiceAverageMemoryUtilization", 75),
    }
    for name, (metric, percent) in wanted.items():
        inputs = made.inputs(name)
        assert inputs["resourceId"] == made.inputs("shop-app-capacity")["resourceId"]
        assert inputs["targetTrackingScalingPolicyConfiguration"] == {
            "predefinedMetricSpecification": {"predefinedMetricType": metric},
            "targetValue": percent,
            "scaleInCooldown": 300,
            "scaleOutCooldown": 60,
        }


def test_alarms(build: Build) -> None:
    made = build(service, lambda one: one.alarms(AlarmSettings(cpu_percent=70, memory_percent=75)))
    here = {"ClusterName": "shop-dev", "ServiceName": made[SERVICE].outputs["name"]}
    assert [(a.name, a.namespace, a.metric, a.threshold, a.dimensions) for a in made.answer] == [
        ("app-compute-cpu", "AWS/ECS", "CPUUtilization", 70, here),
        ("app-compute-memory", "AWS/ECS", "MemoryUtilization", 75, here),
    ]
    assert made.preview.answer[0].dimensions == {"ClusterName": "shop-dev", "ServiceName": UNKNOWN}


def test_a_failed_release_is_heard_of(build: Build) -> None:
    made = build(service, lambda one: {spec.name: dict(spec.pattern) for spec in one.events()})
    assert made.answer == {
        "app-release": {
            "source": ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            "resources": [made.one("aws:ecs/service:Service").outputs["id"]],
            "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
        }
    }
