"""What runs the application in the shipped stacks.

These tests read inputs. They don't prove that the first-boot script works, that the image starts, or that a role's
statements suffice; where a document holds an ARN, it is known only after deployment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

SERVICE = "aws:ecs/service:Service"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
GROUP = "aws:autoscaling/group:Group"


def test_instances_of_dev(plan_of: Callable[[str], Plan]) -> None:
    inputs = one(plan_of("dev"), TEMPLATE).inputs
    assert inputs["instanceType"] == "t4g.micro"
    assert inputs["imageId"].startswith("resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-")
    assert inputs["imageId"].endswith("-arm64")
    metadata = inputs["metadataOptions"]
    assert metadata == {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}
    (disk,) = inputs["blockDeviceMappings"]
    assert (disk["ebs"]["encrypted"], disk["ebs"]["volumeType"]) == ("true", "gp3")
    assert "keyName" not in inputs, "a shell comes through Session Manager"


def test_group_of_dev(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("dev")
    group = one(plan, GROUP)
    assert (group.inputs["minSize"], group.inputs["maxSize"]) == (1, 2)
    assert group.inputs["healthCheckType"] == "ELB"
    assert group.inputs["instanceRefresh"]["strategy"] == "Rolling"
    assert group.inputs["instanceRefresh"]["preferences"]["minHealthyPercentage"] == 100
    assert group.options.ignore_changes == ("desiredCapacity",)
    assert group.property_dependencies["launchTemplate"] == (one(plan, TEMPLATE).urn,)


@pytest.mark.parametrize(
    ("stack", "zones", "fewest", "most"), [("staging", 2, 2, 4), ("prod", 3, 3, 12), ("enterprise", 3, 6, 100)]
)
def test_service(stack: str, zones: int, fewest: int, most: int, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    service = one(plan, SERVICE)
    inputs = service.inputs
    assert inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
    assert (inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]) == (100, 200)
    assert inputs["waitForSteadyState"] is True, "otherwise a rollback counts as a success"
    assert service.options.ignore_changes == ("desiredCount",)
    assert inputs["desiredCount"] == fewest
    network = inputs["networkConfiguration"]
    assert (network["assignPublicIp"], len(network["subnets"])) == (False, zones)
    target = one(plan, "aws:appautoscaling/target:Target").inputs
    assert (target["minCapacity"], target["maxCapacity"]) == (fewest, most)
    assert one(plan, "aws:lb/listenerRule:ListenerRule", "-tie").urn in service.dependencies
    for rule in plan.by_type["aws:lb/listenerRule:ListenerRule"]:
        assert rule.name.endswith("-tie") or service.urn in rule.dependencies, (
            "requests come once the tasks are healthy"
        )


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_alarms_roll_a_deployment_back(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    service = one(plan, SERVICE)
    assert (service.inputs["alarms"]["enable"], service.inputs["alarms"]["rollback"]) == (True, True)
    watched = {plan.by_urn[urn].name.partition("-edge-alarms-")[2] for urn in service.property_dependencies["alarms"]}
    assert watched == {"app-server-errors", "balancer-errors"}


def test_task_of_prod(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    task = one(plan, "aws:ecs/taskDefinition:TaskDefinition")
    assert (task.inputs["cpu"], task.inputs["memory"], task.inputs["networkMode"]) == ("512", "1024", "awsvpc")
    assert task.inputs["runtimePlatform"]["cpuArchitecture"] == "ARM64"
    roles = task.property_dependencies["executionRoleArn"], task.property_dependencies["taskRoleArn"]
    assert roles[0] != roles[1], "what starts a task and what it may do are two roles"
    assert one(plan, "aws:ecs/cluster:Cluster").inputs["settings"] == [
        {"name": "containerInsights", "value": "enhanced"}
    ]


@pytest.mark.parametrize(("stack", "days"), [("dev", 14), ("staging", 90), ("prod", 365)])
def test_logs_end(stack: str, days: int, plan_of: Callable[[str], Plan]) -> None:
    groups = plan_of(stack).by_type["aws:cloudwatch/logGroup:LogGroup"]
    assert {group.inputs["retentionInDays"] for group in groups} == {days}
