"""The compute layer: a workload for each service, on Fargate or on EC2.

Not proven: that anything starts a service of kind `task`; schedules are not made here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi

from components.compute.layer import ComputeArgs, workloads
from components.edge.load_balancer import LoadBalancer
from components.edge.route import RouteSpec
from components.foundation.flow import service_group
from settings.enums import ComputeKind, ContainerInsights, ServiceKind
from settings.sections.compute import ComputeSettings
from settings.services import Service
from tests.components.compute.services import SECRET, balancer
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

KINDS = {"web": ServiceKind.WEB, "mail": ServiceKind.WORKER, "clean": ServiceKind.TASK}


class Stack(pulumi.ComponentResource):
    """A load balancer and the services behind it."""

    def __init__(self, name: str, services: list[Service], kind: ComputeKind) -> None:
        super().__init__("test:index:Stack", name)
        child = pulumi.ResourceOptions(parent=self)
        routes = [
            RouteSpec(service=one.name, compute=kind, port=one.compute.port, health_check_path="/health")
            for one in services
            if one.is_web
        ]
        args = ComputeArgs(
            context=CONTEXT,
            kind=kind,
            subnet_ids=["subnet-1", "subnet-2"],
            group_ids={service_group(one.name): f"sg-{one.name}" for one in services},
            logs=LOGS,
            container_insights=ContainerInsights.DISABLED,
            variables={"TABLE_NAME": "table"},
            secrets={"JWT_SECRET": "jwt-arn"},
            parameters={"PRIVATE_SETTINGS": "parameter-arn"},
            secrets_key_arn=None,
            statements=[],
            routes=LoadBalancer(f"{name}-lb", balancer(*routes), opts=child).routes,
            rollback_alarms={"web": ["errors"]},
        )
        self.running = [type(one).__name__ for one in workloads(name, services, args, child).workloads]
        self.register_outputs({})


def services(**compute: Any) -> list[Service]:  # noqa: ANN401
    return [Service(name=name, kind=kind, compute=ComputeSettings(**compute)) for name, kind in KINDS.items()]


def on_fargate(build: Build) -> Built:
    return build(lambda: Stack("shop", services(), ComputeKind.FARGATE))


def container(made: Built, name: str) -> dict[str, Any]:
    (found,) = json.loads(made.inputs(f"shop-{name}-task-definition")["containerDefinitions"])
    return found


def test_web_worker_and_task_on_one_cluster(build: Build) -> None:
    made = on_fargate(build)
    log, task, service = "ascent:compute:ServiceLog", "ascent:compute:Task", "ascent:compute:FargateService"
    assert made.children == {
        "shop-lb": "ascent:edge:LoadBalancer",
        "shop-cluster": "ascent:compute:Cluster",
        "shop-web-log": log,
        "shop-mail-log": log,
        "shop-clean-log": log,
        "shop-web": f"{service} + {task}",
        "shop-mail": f"{service} + {task}",
        # Runs only when something starts it.
        "shop-clean": task,
    }
    assert made.attributes == {"running": ["FargateService", "FargateService"]}
    clusters = {one.inputs["cluster"] for one in made.of_type("aws:ecs/service:Service")}
    assert clusters == {made["shop-cluster-ecs"].outputs["arn"]}


def test_only_web_services_meet_the_load_balancer(build: Build) -> None:
    made = on_fargate(build)
    web, mail = made.inputs("shop-web-service"), made.inputs("shop-mail-service")
    assert web["loadBalancers"][0]["targetGroupArn"] == made["shop-lb-web-targets"].outputs["arn"]
    assert web["alarms"]["alarmNames"] == ["errors"]
    assert "healthCheckGracePeriodSeconds" in web
    assert not {"loadBalancers", "healthCheckGracePeriodSeconds", "alarms"} & set(mail)
    assert "portMappings" in container(made, "web")
    assert "portMappings" not in container(made, "mail")
    assert "portMappings" not in container(made, "clean")


def test_each_service_has_its_own_task_group_and_log(build: Build) -> None:
    made = on_fargate(build)
    for name in ("web", "mail"):
        inputs = made.inputs(f"shop-{name}-service")
        assert inputs["taskDefinition"] == made[f"shop-{name}-task-definition"].outputs["arn"]
        assert inputs["networkConfiguration"]["securityGroups"] == [f"sg-{name}"]
    for name in KINDS:
        assert container(made, name)["logConfiguration"]["options"]["awslogs-group"] == f"/shop/dev/{name}"


def test_a_container_is_told_what_the_platform_knows(build: Build) -> None:
    made = build(
        lambda: Stack("shop", services(environment={"GREETING": "hello"}, secrets={"OWN": SECRET}), ComputeKind.FARGATE)
    )
    told = {one["name"]: one["value"] for one in container(made, "mail")["environment"]}
    assert told == {"GREETING": "hello", "PORT": "8000", "AWS_REGION": "us-east-1", "TABLE_NAME": "table"}
    secrets = {one["name"]: one["valueFrom"] for one in container(made, "mail")["secrets"]}
    assert secrets == {"JWT_SECRET": "jwt-arn", "OWN": SECRET, "PRIVATE_SETTINGS": "parameter-arn"}


def test_on_ec2_there_is_no_cluster(build: Build) -> None:
    web = [Service(name="web", kind=ServiceKind.WEB, compute=ComputeSettings(kind=ComputeKind.EC2))]
    made = build(lambda: Stack("shop", web, ComputeKind.EC2))
    assert made.children == {
        "shop-lb": "ascent:edge:LoadBalancer",
        "shop-web-log": "ascent:compute:ServiceLog",
        "shop-web": "ascent:compute:Ec2Service",
    }
    assert made.inputs("shop-web-group")["targetGroupArns"] == [made["shop-lb-web-targets"].outputs["arn"]]
    assert made.inputs("shop-lb-web-targets")["targetType"] == "instance"
