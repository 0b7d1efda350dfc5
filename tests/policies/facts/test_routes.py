"""Which subnets are public, in a state that names route tables by their ids."""

from __future__ import annotations

from policies.pack import types
from policies.pack.facts import ResourceFacts, StackFacts
from policies.pack.facts.network.routes import is_isolated, is_public
from policies.pack.registry import RULES
from policies.pack.verdict import Status

WAY_OUT = {"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b2c3d"}


def deployed(token: str, id_: str, outputs: dict[str, object] | None = None, **props: object) -> ResourceFacts:
    urn = f"urn:pulumi:live::shop::{token}::{id_}"
    return ResourceFacts(
        urn=urn, type=token, name=id_, tier="production", props=props, id=id_, outputs={**props, **(outputs or {})}
    )


SUBNET = deployed(types.EC2_SUBNET, "subnet-0a1b2c3d", vpcId="vpc-0a1b2c3d")

VPC = deployed(types.EC2_VPC, "vpc-0a1b2c3d", {"mainRouteTableId": "rtb-0000000a"})

TABLE = deployed(types.EC2_ROUTE_TABLE, "rtb-0a1b2c3d", vpcId="vpc-0a1b2c3d")

ASSOCIATION = deployed(
    types.EC2_ROUTE_TABLE_ASSOCIATION, "rtbassoc-0a1b2c3d", subnetId="subnet-0a1b2c3d", routeTableId="rtb-0a1b2c3d"
)


def stack(*resources: ResourceFacts) -> StackFacts:
    return StackFacts(project="shop", stack="live", tier="production", resources=(SUBNET, VPC, *resources))


def test_a_route_in_the_associated_table_makes_it_public() -> None:
    route = deployed(types.EC2_ROUTE, "r-1", None, routeTableId="rtb-0a1b2c3d", **WAY_OUT)
    assert is_public(SUBNET, stack(TABLE, ASSOCIATION, route))


def test_a_route_in_the_main_table_makes_it_public_unless_it_has_a_table_of_its_own() -> None:
    route = deployed(types.EC2_ROUTE, "r-1", None, routeTableId="rtb-0000000a", **WAY_OUT)
    assert is_public(SUBNET, stack(route))
    assert not is_public(SUBNET, stack(route, TABLE, ASSOCIATION))


def test_an_adopted_main_table_counts() -> None:
    adopted = deployed(
        types.EC2_DEFAULT_ROUTE_TABLE,
        "rtb-0000000a",
        None,
        defaultRouteTableId="rtb-0000000a",
        routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b2c3d"}],
    )
    assert is_public(SUBNET, stack(adopted))


def test_a_table_that_leads_nowhere_isolates_and_one_with_nat_does_not() -> None:
    route = deployed(types.EC2_ROUTE, "r-1", None, routeTableId="rtb-0a1b2c3d", natGatewayId="nat-0a1b2c3d")
    assert is_isolated(SUBNET, stack(TABLE, ASSOCIATION))
    assert not is_isolated(SUBNET, stack(TABLE, ASSOCIATION, route))


def test_without_any_table_nothing_is_known() -> None:
    assert not is_public(SUBNET, stack())
    assert not is_isolated(SUBNET, stack())


def test_a_route_table_of_another_stack_leaves_it_open() -> None:
    public = deployed(types.EC2_SUBNET, "subnet-0a1b2c3d", vpcId="vpc-0a1b2c3d", mapPublicIpOnLaunch=True)
    elsewhere = StackFacts(project="shop", stack="live", tier="production", resources=(public, VPC, ASSOCIATION))
    (verdict,) = RULES["subnet-no-auto-public-ip"].judge(elsewhere)
    assert (verdict.status, verdict.found) == (Status.UNKNOWN, "its route table is not in the stack")
    nowhere = StackFacts(project="shop", stack="live", tier="production", resources=(public, VPC))
    assert [v.status for v in RULES["subnet-no-auto-public-ip"].judge(nowhere)] == [Status.FAIL]
