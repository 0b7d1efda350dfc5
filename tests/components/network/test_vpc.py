"""The VPC: what awsx is asked for, and what is made of its answer.

Not proven: the subnets, routes and NAT gateways that awsx makes of it; awsx runs in another process, and mocks see one
request. tests/plan and tests/engine hold a recorded awsx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.network.layout import plan_subnets
from components.network.vpc import Vpc, VpcArgs
from settings.enums import Nat
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

CIDR = "10.0.0.0/16"
ZONES = ("us-east-1a", "us-east-1b")


def vpc(nat: Nat = Nat.NONE) -> Vpc:
    args = VpcArgs(context=CONTEXT, cidr=CIDR, layout=plan_subnets(CIDR, [0, 1]), zones=ZONES, nat=nat)
    return Vpc("shop-vpc", args)


def test_children(build: Build) -> None:
    made = build(vpc)
    assert made.children == {
        "shop-vpc-net": "awsx:ec2:Vpc",
        "shop-vpc-default-group": "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    }


def test_subnets_are_where_the_layout_says(build: Build) -> None:
    inputs = build(vpc).inputs("shop-vpc-net")
    assert inputs["cidrBlock"] == CIDR
    assert inputs["availabilityZoneNames"] == list(ZONES)
    assert inputs["enableDnsHostnames"] is True
    assert inputs["subnetStrategy"] == "Auto"
    assert inputs["subnetSpecs"] == [
        {"type": "Public", "name": "public", "cidrBlocks": ["10.0.0.0/24", "10.0.1.0/24"]},
        {"type": "Private", "name": "private", "cidrBlocks": ["10.0.16.0/20", "10.0.32.0/20"]},
        {"type": "Isolated", "name": "data", "cidrBlocks": ["10.0.8.0/24", "10.0.9.0/24"]},
    ]
    assert inputs["tags"] == CONTEXT.tags("shop-vpc")


@pytest.mark.parametrize(
    ("nat", "strategy"), [(Nat.NONE, "None"), (Nat.SINGLE, "Single"), (Nat.PER_AZ, "OnePerAz")], ids=str
)
def test_nat_gateways(build: Build, nat: Nat, strategy: str) -> None:
    assert build(lambda: vpc(nat)).inputs("shop-vpc-net")["natGateways"] == {"strategy": strategy}


def test_the_default_group_lets_nobody_talk(build: Build) -> None:
    made = build(vpc)
    inputs = made.inputs("shop-vpc-default-group")
    assert inputs["vpcId"] == made["shop-vpc-net"].outputs["vpcId"]
    assert "ingress" not in inputs
    assert "egress" not in inputs


def test_what_others_get_of_it(build: Build) -> None:
    made = build(vpc)
    net = made["shop-vpc-net"].outputs
    assert made.attributes == {
        "vpc_id": net["vpcId"],
        "public_subnet_ids": net["publicSubnetIds"],
        "private_subnet_ids": net["privateSubnetIds"],
        "data_subnet_ids": net["isolatedSubnetIds"],
        "route_table_ids": [f"shop-vpc-net-table-{n}-id" for n in range(6)],
    }
    assert made.outputs == {"vpc_id": net["vpcId"]}


def test_in_a_preview_it_is_known_how_many_subnets_there_are(build: Build) -> None:
    assert build(vpc).preview.attributes == {
        "vpc_id": UNKNOWN,
        "public_subnet_ids": [UNKNOWN] * 2,
        "private_subnet_ids": [UNKNOWN] * 2,
        "data_subnet_ids": [UNKNOWN] * 2,
        "route_table_ids": [UNKNOWN] * 6,
    }
