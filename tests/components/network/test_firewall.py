"""Security groups made of flows.

Not proven: that packets flow. Which flows a stack has is tested in test_flows.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.foundation.flow import ANYWHERE, CLOUDFRONT_ORIGIN_FACING, LOAD_BALANCER, Flow, service_group
from components.network.firewall import Firewall, FirewallArgs
from tests.components.mocks import PREFIX_LIST, UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

GROUP = "aws:ec2/securityGroup:SecurityGroup"
INWARD = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
OUTWARD = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
APP = service_group("app")
FLOWS = (
    Flow(key="https", source=ANYWHERE, target=LOAD_BALANCER, port=443, why="Users"),
    Flow(key="serve", source=LOAD_BALANCER, target=APP, port=8000, why="Requests"),
    Flow(key="internet", source=APP, target=ANYWHERE, port=443, why="Registries"),
)


def firewall(*flows: Flow) -> Firewall:
    return Firewall("shop-fw", FirewallArgs(context=CONTEXT, vpc_id="vpc-1", flows=flows))


def test_a_group_per_part_and_a_rule_per_end(build: Build) -> None:
    made = build(lambda: firewall(*FLOWS))
    assert made.children == {
        "shop-fw-load-balancer": GROUP,
        "shop-fw-service-app": GROUP,
        "shop-fw-https-in": INWARD,
        "shop-fw-serve-in": INWARD,
        "shop-fw-serve-out": OUTWARD,
        "shop-fw-internet-out": OUTWARD,
    }


def test_groups_hold_no_rules_of_their_own(build: Build) -> None:
    made = build(lambda: firewall(*FLOWS))
    assert made.inputs("shop-fw-service-app") == {
        "description": "service app of shop",
        "vpcId": "vpc-1",
        "revokeRulesOnDelete": True,
        "tags": CONTEXT.tags("shop-fw-service-app"),
    }


def test_a_flow_between_groups_names_groups_never_ranges(build: Build) -> None:
    made = build(lambda: firewall(*FLOWS))
    balancer, app = made["shop-fw-load-balancer"].outputs["id"], made["shop-fw-service-app"].outputs["id"]
    rule = {"description": "Requests", "ipProtocol": "tcp", "fromPort": 8000, "toPort": 8000}
    tags = CONTEXT.tags("shop-fw-serve")
    assert made.inputs("shop-fw-serve-in") == {
        **rule,
        "securityGroupId": app,
        "referencedSecurityGroupId": balancer,
        "tags": tags,
    }
    assert made.inputs("shop-fw-serve-out") == {
        **rule,
        "securityGroupId": balancer,
        "referencedSecurityGroupId": app,
        "tags": tags,
    }
    assert made.preview.inputs("shop-fw-serve-out")["referencedSecurityGroupId"] is UNKNOWN


def test_a_flow_from_or_to_a_range_opens_the_one_end_that_is_ours(build: Build) -> None:
    made = build(lambda: firewall(*FLOWS))
    assert made.inputs("shop-fw-https-in")["cidrIpv4"] == ANYWHERE
    assert made.inputs("shop-fw-https-in")["securityGroupId"] == made["shop-fw-load-balancer"].outputs["id"]
    assert made.inputs("shop-fw-internet-out")["cidrIpv4"] == ANYWHERE
    assert made.inputs("shop-fw-internet-out")["securityGroupId"] == made["shop-fw-service-app"].outputs["id"]


def test_group_ids_by_part(build: Build) -> None:
    made = build(lambda: firewall(*FLOWS))
    ids = {LOAD_BALANCER: "shop-fw-load-balancer-id", APP: "shop-fw-service-app-id"}
    assert made.attributes == {"group_ids": ids}
    assert made.outputs == {"group_ids": {group.name: made_id for group, made_id in ids.items()}}
    assert made.preview.attributes == {"group_ids": {LOAD_BALANCER: UNKNOWN, APP: UNKNOWN}}


def test_without_flows_there_is_nothing(build: Build) -> None:
    assert build(firewall).children == {}


def test_a_list_of_awss_is_looked_up_by_its_name(build: Build) -> None:
    cdn = Flow(key="cdn", source=CLOUDFRONT_ORIGIN_FACING, target=LOAD_BALANCER, port=80, last_port=443, why="CDN")
    made = build(lambda: firewall(cdn))
    rule = made.inputs("shop-fw-cdn-in")
    assert (rule["prefixListId"], rule["fromPort"], rule["toPort"]) == (PREFIX_LIST, 80, 443)
    assert not {"cidrIpv4", "referencedSecurityGroupId"} & set(rule)


def test_a_list_weighs_what_its_ranges_weigh() -> None:
    """Two rules with CloudFront's list are 110 of the 60 that a group may have; AWS says so at deployment only."""
    doors = [
        Flow(key=f"cdn-{port}", source=CLOUDFRONT_ORIGIN_FACING, target=LOAD_BALANCER, port=port, why="CDN")
        for port in (80, 443)
    ]
    with pytest.raises(ValueError, match="the group load-balancer would have 110 rules; AWS allows 60"):
        FirewallArgs(context=CONTEXT, vpc_id="vpc-1", flows=doors)
