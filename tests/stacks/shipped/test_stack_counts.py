"""How many of what the shipped stacks have, where a wrong number costs money or safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

COUNTS = {
    # type: (dev, staging, prod, enterprise)
    "aws:acm/certificate:Certificate": (0, 1, 1, 1),
    "aws:autoscaling/group:Group": (1, 0, 0, 0),
    "aws:backup/plan:Plan": (0, 0, 1, 1),
    "aws:backup/vault:Vault": (0, 0, 2, 2),
    "aws:budgets/budget:Budget": (1, 1, 1, 1),
    "aws:cloudfront/distribution:Distribution": (1, 1, 0, 0),
    "aws:cloudfront/vpcOrigin:VpcOrigin": (1, 1, 0, 0),
    "aws:cloudtrail/trail:Trail": (0, 0, 1, 1),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (0, 0, 3, 3),
    "aws:cloudwatch/dashboard:Dashboard": (0, 0, 3, 6),
    "aws:cloudwatch/eventRule:EventRule": (1, 4, 13, 15),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (9, 15, 56, 59),
    "aws:dynamodb/table:Table": (1, 1, 1, 1),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (1, 1, 1, 1),
    "aws:ec2/eip:Eip": (0, 1, 3, 3),
    "aws:ec2/flowLog:FlowLog": (1, 1, 1, 1),
    "aws:ec2/natGateway:NatGateway": (0, 1, 3, 3),
    "aws:ec2/networkAcl:NetworkAcl": (1, 1, 1, 1),
    "aws:ec2/securityGroup:SecurityGroup": (2, 3, 4, 4),
    "aws:ec2/subnet:Subnet": (6, 6, 9, 9),
    "aws:ec2/vpc:Vpc": (1, 1, 1, 1),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (2, 2, 7, 10),
    "aws:ecs/service:Service": (0, 1, 1, 1),
    "aws:guardduty/detector:Detector": (0, 0, 1, 1),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (0, 0, 1, 0),
    "aws:kms/key:Key": (1, 1, 4, 4),
    "aws:lambda/function:Function": (0, 0, 3, 3),
    "aws:lb/listener:Listener": (1, 2, 2, 2),
    "aws:lb/loadBalancer:LoadBalancer": (1, 1, 1, 1),
    "aws:rds/instance:Instance": (0, 1, 1, 1),
    "aws:route53/record:Record": (0, 3, 2, 2),
    "aws:route53/zone:Zone": (0, 0, 0, 0),
    "aws:s3/bucket:Bucket": (2, 2, 6, 7),
    "aws:secretsmanager/secretRotation:SecretRotation": (0, 0, 1, 1),
    "aws:ssm/parameter:Parameter": (1, 1, 1, 1),
    "aws:synthetics/canary:Canary": (0, 0, 1, 1),
    "aws:wafv2/webAcl:WebAcl": (0, 0, 1, 1),
    "pulumi:providers:aws": (1, 1, 1, 1),
}


@pytest.mark.parametrize(("position", "stack"), list(enumerate(SHIPPED)))
def test_counts(position: int, stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    found = {type_: len(plan.by_type.get(type_, ())) for type_ in COUNTS}
    assert found == {type_: counts[position] for type_, counts in COUNTS.items()}


def test_what_the_smallest_stack_does_not_pay_for(plan_of: Callable[[str], Plan]) -> None:
    """dev is meant for about $30 a month, so nothing in it costs by the hour but one instance and the balancer."""
    hourly = ("natGateway", "instance:Instance", "webAcl", "ecs/", "globalaccelerator", "elasticache", "msk", "eks/")
    plan = plan_of("dev")
    assert not [type_ for type_ in plan.by_type if any(part in type_ for part in hourly)]
    assert not [e.name for e in plan.by_type["aws:ec2/vpcEndpoint:VpcEndpoint"] if "Gateway" not in repr(e.inputs)]
