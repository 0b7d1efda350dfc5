"""The network ACL of the data subnets.

Not proven: that an answer in fact gets through; ACLs are stateless, and mocks send no packets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.network.data_acl import DataAcl, DataAclArgs
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

CLIENTS = ("10.0.16.0/20", "10.0.32.0/20")


def acl(*ports: int) -> DataAcl:
    args = DataAclArgs(
        context=CONTEXT, vpc_id="vpc-1", subnet_ids=["subnet-1", "subnet-2"], client_cidrs=CLIENTS, ports=ports
    )
    return DataAcl("shop-data-acl", args)


def allow(number: int, low: int, high: int, cidr: str) -> dict[str, object]:
    ports = {"fromPort": low, "toPort": high}
    return {"ruleNo": number, "action": "allow", "protocol": "tcp", **ports, "cidrBlock": cidr}


def test_one_acl_for_all_data_subnets(build: Build) -> None:
    made = build(lambda: acl(5432))
    assert made.children == {"shop-data-acl-acl": "aws:ec2/networkAcl:NetworkAcl"}
    inputs = made.inputs("shop-data-acl-acl")
    assert inputs["vpcId"] == "vpc-1"
    assert inputs["subnetIds"] == ["subnet-1", "subnet-2"]
    assert inputs["tags"] == CONTEXT.tags("shop-data-acl")
    assert made.outputs == {}


def test_stores_ports_in_from_the_application_only(build: Build) -> None:
    inputs = build(lambda: acl(5432, 6379)).inputs("shop-data-acl-acl")
    assert inputs["ingress"] == [
        allow(100, 5432, 5432, "10.0.16.0/20"),
        allow(110, 5432, 5432, "10.0.32.0/20"),
        allow(120, 6379, 6379, "10.0.16.0/20"),
        allow(130, 6379, 6379, "10.0.32.0/20"),
    ]


def test_answers_out_to_the_application_only(build: Build) -> None:
    inputs = build(lambda: acl(5432)).inputs("shop-data-acl-acl")
    assert inputs["egress"] == [allow(100, 1024, 65535, "10.0.16.0/20"), allow(110, 1024, 65535, "10.0.32.0/20")]


def test_without_stores_nothing_comes_in(build: Build) -> None:
    assert build(acl).inputs("shop-data-acl-acl").get("ingress", []) == []


def test_stores_that_talk_to_each_other(build: Build) -> None:
    def talking() -> DataAcl:
        args = DataAclArgs(
            context=CONTEXT,
            vpc_id="vpc-1",
            subnet_ids=["subnet-1"],
            client_cidrs=CLIENTS,
            ports=[5432],
            store_cidrs=["10.0.8.0/24", "10.0.9.0/24"],
        )
        return DataAcl("shop-data-acl", args)

    inputs = build(talking).inputs("shop-data-acl-acl")
    assert inputs["ingress"][-1] == allow(120, 1024, 65535, "10.0.8.0/23")
    assert inputs["egress"][-1] == allow(120, 1024, 65535, "10.0.8.0/23")


def test_ranges_are_joined_where_there_is_no_room_for_each() -> None:
    clients = [f"10.0.{16 * n}.0/20" for n in range(1, 7)]
    args = DataAclArgs(context=CONTEXT, vpc_id="vpc-1", subnet_ids=[], client_cidrs=clients, ports=[1, 2, 3, 4])
    assert len(args.inward) == 16
    assert (1, 1, "10.0.32.0/19") in args.inward


def test_more_rules_than_aws_allows_are_refused() -> None:
    clients = [f"10.{n}.0.0/20" for n in range(0, 12, 2)]
    with pytest.raises(ValueError, match="would have 24 rules; AWS allows 20"):
        DataAclArgs(context=CONTEXT, vpc_id="vpc-1", subnet_ids=[], client_cidrs=clients, ports=[1, 2, 3, 4])
