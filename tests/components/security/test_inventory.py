"""What a stack holds, in IAM's words, and what it takes to manage it."""

from __future__ import annotations

import fnmatch

import pulumi
import pytest

from components.security.inventory import HIDDEN, Inventory, services_of_type


@pytest.mark.parametrize(
    ("type_", "services"),
    [
        ("aws:lb/listener:Listener", ("elasticloadbalancing",)),
        ("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", ("ec2",)),
        ("awsx:ec2:Vpc", ("ec2",)),
        ("aws:cloudwatch/eventRule:EventRule", ("events",)),
        ("aws:cloudwatch/logGroup:LogGroup", ("logs",)),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", ("cloudwatch",)),
        ("aws:appautoscaling/target:Target", ("application-autoscaling",)),
        ("aws:lambda/function:Function", ("lambda",)),
        ("aws:guardduty/detector:Detector", ("guardduty",)),
        ("ascent:network:Vpc", ()),
        ("random:index/randomId:RandomId", ()),
    ],
)
def test_a_types_service(type_: str, services: tuple[str, ...]) -> None:
    assert services_of_type(type_) == services


def test_what_cloud_control_makes_is_of_two_services() -> None:
    made = services_of_type("aws:cloudcontrol/resource:Resource", "AWS::SecretsManager::Secret")
    assert made == ("cloudformation", "secretsmanager")


def inventory(*types: str) -> Inventory:
    found = Inventory()
    for type_ in types:
        # A transformation sees the resource too, which the inventory does not ask for.
        args = pulumi.ResourceTransformationArgs.__new__(pulumi.ResourceTransformationArgs)
        args.type_, args.props = type_, {}
        found.see(args)
    return found


def test_identities_are_no_service_to_manage() -> None:
    found = inventory("aws:iam/role:Role", "aws:ecs/service:Service", "aws:ecs/cluster:Cluster")
    assert found.services == ["ecr", "ecs"]
    assert found.managing() == ["ecr:*", "ecs:*"]


def test_looking_shows_no_data() -> None:
    kinds = ("dynamodb", "kms", "s3", "secretsmanager", "sns", "sqs", "ssm")
    found = inventory(*(f"aws:{kind}/thing:Thing" for kind in kinds), "aws:cloudwatch/logGroup:LogGroup")
    looking = found.looking()
    shown = [hidden for hidden in HIDDEN for pattern in looking if fnmatch.fnmatchcase(hidden, pattern)]
    assert shown == []
    assert not any(fnmatch.fnmatchcase("s3:GetObject", pattern) for pattern in looking)
