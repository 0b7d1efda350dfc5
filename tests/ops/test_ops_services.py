"""Rolling a service back, and emptying a zone.

Not proven: that tasks of the former release are healthy; that AWS moves a load balancer without losing requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.ops.record import Outcome
from tests.ops.standin import entry, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project


class Cloud:
    """A network over three zones with a service and a load balancer."""

    def __init__(self, client: Callable[..., Any]) -> None:
        ec2, self.ecs, self.elb = client("ec2"), client("ecs"), client("elbv2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{place}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"][
                "SubnetId"
            ]
            for place, zone in enumerate("abc")
        ]
        group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
        self.ecs.create_cluster(clusterName="c")
        self.releases = [self._register(f"app:{tag}") for tag in ("1", "2")]
        self.ecs.create_service(
            cluster="c",
            serviceName="app-1234567",
            taskDefinition=self.releases[-1],
            desiredCount=0,
            networkConfiguration={"awsvpcConfiguration": {"subnets": self.subnets, "securityGroups": [group]}},
        )
        self.arn = self.elb.create_load_balancer(Name="public", Subnets=self.subnets)["LoadBalancers"][0][
            "LoadBalancerArn"
        ]

    def _register(self, image: str) -> str:
        answer = self.ecs.register_task_definition(
            family="ascent-dev-app", containerDefinitions=[{"name": "app", "image": image, "memory": 128}]
        )
        return answer["taskDefinition"]["taskDefinitionArn"]

    @property
    def service(self) -> dict[str, Any]:
        return self.ecs.describe_services(cluster="c", services=["app-1234567"])["services"][0]

    @property
    def resources(self) -> list[dict[str, Any]]:
        service = {"cluster": "arn:aws:ecs:us-east-1:123456789012:cluster/c"}
        return [
            entry("aws:ecs/service:Service", "ascent-dev-app-service", "s", **service, name="app-1234567"),
            entry("aws:lb/loadBalancer:LoadBalancer", "ascent-dev-ingress-lb-alb", self.arn, arn=self.arn),
        ]

    def zones(self) -> list[list[str]]:
        balancer = self.elb.describe_load_balancers(LoadBalancerArns=[self.arn])["LoadBalancers"][0]
        tasks = self.service["networkConfiguration"]["awsvpcConfiguration"]["subnets"]
        return [sorted(zone["SubnetId"] for zone in balancer["AvailabilityZones"]), sorted(tasks)]


@pytest.fixture
def cloud(client: Callable[..., Any]) -> Cloud:
    return Cloud(client)


def test_the_release_before(ops: Callable[..., Answer], project: Project, cloud: Cloud) -> None:
    answer = ops("rollback", "dev", "--apply", "--confirm", "dev", resources=cloud.resources)
    assert answer.status == 0, answer
    assert cloud.service["taskDefinition"] == cloud.releases[0]
    assert "image app:1" in answer.err
    (record,) = records(project.directory)
    assert (record.outcome, record.subject) == (Outcome.DONE, "app")
    assert record.measured_rto_minutes is not None
    again = ops("rollback", "dev", "--apply", "--confirm", "dev")
    assert again.status == 1
    assert "has no release before ascent-dev-app:1" in again.out


def test_a_zone_is_emptied_and_filled_again(ops: Callable[..., Answer], project: Project, cloud: Cloud) -> None:
    words = ("drain-zone", "dev", "--zone", "us-east-1b", "--apply", "--confirm", "dev")
    answer = ops(*words, resources=cloud.resources)
    assert answer.status == 0, answer
    left = sorted(one for one in cloud.subnets if one != cloud.subnets[1])
    assert cloud.zones() == [left, left]
    assert "--zone us-east-1b --undo --apply" in answer.out
    (record,) = records(project.directory)
    record_file = next((project.directory / "docs/operations").glob("*.json"))
    record_file.unlink()
    undone = ops("drain-zone", "dev", "--zone", "us-east-1b", "--undo", "--apply")
    assert undone.status == 0, undone
    assert cloud.zones() == [sorted(cloud.subnets)] * 2
    assert record.outcome is Outcome.DONE


def test_a_zone_too_many(ops: Callable[..., Answer], cloud: Cloud) -> None:
    words = ("--apply", "--confirm", "dev")
    assert ops("drain-zone", "dev", "--zone", "us-east-1b", *words, resources=cloud.resources).status == 0
    before = cloud.zones()
    answer = ops("drain-zone", "dev", "--zone", "us-east-1a", *words)
    assert answer.status == 1
    assert "the load balancer would be left with 1 zones and needs 2" in answer.out
    assert cloud.zones() == before


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["drain-zone", "dev"], "--zone is missing; write one of us-east-1a, us-east-1b, us-east-1c"),
        (["drain-zone", "dev", "--zone", "eu-west-1a"], "must be one of us-east-1a"),
        (["rollback", "dev", "--service", "web"], "must be one of app"),
    ],
)
def test_wrong_input_is_one_line(ops: Callable[..., Answer], cloud: Cloud, words: list[str], wanted: str) -> None:
    answer = ops(*words, resources=cloud.resources)
    assert answer.status == 2
    assert wanted in answer.err
    assert len(answer.err.strip().splitlines()) == 1
