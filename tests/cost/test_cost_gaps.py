"""What cannot be priced says so; nothing of it is silently zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ascent.cost.charges import Part, Status
from ascent.cost.estimate import estimate, total_of
from ascent.plan.model import UNKNOWN
from tests.cost.cost_things import BOOK, bill_of, expected, made, plan_of

DATABASE: dict[str, Any] = {
    "engine": "postgres",
    "instanceClass": "db.r7g.large",
    "allocatedStorage": 100,
    "storageType": "gp3",
}
ORACLE: dict[str, Any] = {**DATABASE, "engine": "oracle-ee"}


def test_an_unknown_class_is_named_and_the_rest_counts() -> None:
    database: dict[str, Any] = {**DATABASE, "instanceClass": "db.r99g.large"}
    bill = bill_of(made("aws:rds/instance:Instance", **database), region="eu-west-1")
    assert bill.status is Status.NOT_PRICED
    assert bill.why == "no price for db.r99g.large in eu-west-1"
    fixed = [c for c in bill.charges if c.part is Part.FIXED]
    assert total_of([replace(bill, charges=tuple(fixed))]).expected == Decimal("12.7"), "100 GB x 0.127"


def test_the_same_class_has_a_price_elsewhere() -> None:
    assert bill_of(made("aws:rds/instance:Instance", **DATABASE)).status is Status.PRICED


def test_another_engine_is_not_priced_as_postgres() -> None:
    bill = bill_of(made("aws:rds/instance:Instance", **ORACLE))
    assert bill.why == "no price for db.r7g.large with oracle-ee in us-east-1"


def test_an_instance_type_without_price() -> None:
    template = made("aws:ec2/launchTemplate:LaunchTemplate", "template", instanceType="p99.48xlarge")
    group = made("aws:autoscaling/group:Group", "group", {"launchTemplate": template}, minSize=1, maxSize=2)
    assert bill_of(group, template).why == "no price for p99.48xlarge in us-east-1"


@pytest.mark.parametrize(
    ("type_", "inputs", "why"),
    [
        ("aws:msk/cluster:Cluster", {}, "no pricer for aws:msk/cluster:Cluster"),
        ("random:index/randomId:RandomId", {}, "no pricer for random:index/randomId:RandomId"),
        (
            "aws:dynamodb/table:Table",
            {"billingMode": "PROVISIONED"},
            "no price for provisioned capacity that is not in the plan",
        ),
        (
            "aws:lb/loadBalancer:LoadBalancer",
            {"loadBalancerType": "network"},
            "no price for load balancers of type network",
        ),
        (
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            {"vpcEndpointType": "Interface", "subnetIds": UNKNOWN},
            "how many subnets the endpoint is in is known only after deployment",
        ),
        ("aws:wafv2/webAcl:WebAcl", {"rules": UNKNOWN}, "how many rules it has is known only after deployment"),
        (
            "aws:cloudcontrol/resource:Resource",
            {"typeName": "AWS::ApplicationSignals::GroupingConfiguration"},
            "no pricer for AWS::ApplicationSignals::GroupingConfiguration through Cloud Control",
        ),
        ("aws:sns/topicSubscription:TopicSubscription", {"protocol": "sms"}, "no price for notifications by sms"),
        ("aws:ssm/parameter:Parameter", {"tier": "Advanced"}, "no price for Advanced parameters"),
    ],
)
def test_what_has_no_price_says_why(type_: str, inputs: dict[str, Any], why: str) -> None:
    bill = bill_of(made(type_, **inputs))
    assert (bill.status, bill.why) == (Status.NOT_PRICED, why)


def test_a_paid_rule_group_is_a_gap_beside_the_rest() -> None:
    group = {"managedRuleGroupStatement": {"name": "AWSManagedRulesBotControlRuleSet", "vendorName": "AWS"}}
    bill = bill_of(made("aws:wafv2/webAcl:WebAcl", rules=[{"statement": group}]))
    assert bill.why == "no price for the subscription to the rule group AWSManagedRulesBotControlRuleSet"
    assert total_of([bill]).low >= 6


@pytest.mark.parametrize(
    ("type_", "inputs", "why"),
    [
        ("aws:iam/anything:Anything", {}, "IAM is free"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", {"vpcEndpointType": "Gateway"}, "gateway endpoints are free"),
        ("aws:ecs/cluster:Cluster", {}, "a cluster without Container Insights is free; its services are not"),
        ("aws:ssm/parameter:Parameter", {}, "standard parameters are free"),
        ("aws:guardduty/detector:Detector", {"enable": False}, "it is turned off"),
    ],
)
def test_what_is_free_says_why(type_: str, inputs: dict[str, Any], why: str) -> None:
    bill = bill_of(made(type_, **inputs))
    assert (bill.status, bill.why, expected(bill)) == (Status.FREE, why, "0.00")


def test_a_remote_component_without_children_is_not_overlooked() -> None:
    vpc = replace(made("awsx:ec2:Vpc"), custom=False)
    found = estimate(plan_of(vpc), BOOK)
    assert [b.why for b in found.bills] == ["what it makes is known only to its plugin"]
    child = replace(made("aws:ec2/vpc:Vpc"), parent=vpc.urn)
    assert [b.type for b in estimate(plan_of(vpc, child), BOOK).bills] == ["aws:ec2/vpc:Vpc"]


def test_pulumis_own_records_have_no_bill() -> None:
    own = (made("pulumi:providers:aws"), replace(made("pulumi:pulumi:Stack"), custom=False))
    found = estimate(plan_of(*own), BOOK)
    assert (found.bills, found.coverage) == ((), 1.0)


def test_a_resource_in_another_region_keeps_its_prices() -> None:
    """The log of a CloudFront firewall stays in us-east-1, wherever the stack is."""
    log = made("aws:cloudwatch/logGroup:LogGroup", name="aws-waf-logs-x", region="us-east-1")
    for home, elsewhere in (("eu-west-1", None), ("eu-west-1", "eu-west-1")):
        bill = estimate(plan_of(log, region=home), BOOK, region=elsewhere).bills[0]
        assert {c.price.region for c in bill.charges} == {"us-east-1"}
    here = estimate(plan_of(log, region="us-east-1"), BOOK, region="eu-west-1").bills[0]
    assert {c.price.region for c in here.charges} == {"eu-west-1"}
