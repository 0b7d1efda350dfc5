"""Where a subnet's traffic goes: what makes it public, private or isolated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.tags import tag
from policies.pack.values import UNSET, at, items

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Source, StackFacts

_OUTWARD: Final = ("natGatewayId", "transitGatewayId", "networkInterfaceId", "vpcPeeringConnectionId", "instanceId")
"""Properties of a route that lead out of the VPC, but for gateways, which are several things."""


class Way(StrEnum):
    """How far a subnet's routes lead."""

    INTERNET = "internet"
    """To an internet gateway: the subnet is public."""
    OUT = "out"
    """Through NAT, or to another network."""
    NOWHERE = "nowhere"
    """Not beyond the VPC: the subnet is isolated."""


def is_public(subnet: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a subnet's route table leads to an internet gateway.

    Where the stack holds no route table of the subnet, awsx's tag, or the one that EKS looks for, says what is meant.
    """
    way = _way(subnet, stack)
    if way is not None:
        return way is Way.INTERNET
    return tag(subnet, "SubnetType") == "Public" or tag(subnet, "kubernetes.io/role/elb") == "1"


def is_isolated(subnet: ResourceFacts, stack: StackFacts) -> bool:
    """Whether nothing leads out of a subnet; by awsx's tag where the stack holds no route table of it."""
    way = _way(subnet, stack)
    return tag(subnet, "SubnetType") == "Isolated" if way is None else way is Way.NOWHERE


def _way(subnet: ResourceFacts, stack: StackFacts) -> Way | None:
    """How far a subnet's route tables in this stack lead; None where it has none."""
    tables = [
        table
        for association in stack.referring(subnet, types.EC2_ROUTE_TABLE_ASSOCIATION, "subnetId")
        for table in _tables(association, stack)
    ] or _main_tables(subnet, stack)
    ways = {_leads(table, stack) for table in tables}
    return next((way for way in Way if way in ways), None)


def _tables(association: ResourceFacts, stack: StackFacts) -> tuple[ResourceFacts, ...]:
    return stack.referred(association, "routeTableId", types.EC2_ROUTE_TABLE, types.EC2_DEFAULT_ROUTE_TABLE)


def _main_tables(subnet: ResourceFacts, stack: StackFacts) -> list[ResourceFacts]:
    """The VPC's main route tables, which hold for a subnet without an association."""
    found = []
    for vpc in stack.referred(subnet, "vpcId", types.EC2_VPC, types.EC2_DEFAULT_VPC):
        for association in stack.referring(vpc, types.EC2_MAIN_ROUTE_TABLE_ASSOCIATION, "vpcId"):
            found += _tables(association, stack)
        found += stack.referring(vpc, types.EC2_DEFAULT_ROUTE_TABLE, "defaultRouteTableId")
    return found


def _leads(table: ResourceFacts, stack: StackFacts) -> Way:
    routes = stack.referring(table, types.EC2_ROUTE, "routeTableId")
    gateways = [
        *stack.referred(table, "routes", types.EC2_INTERNET_GATEWAY),
        *(g for r in routes for g in stack.referred(r, "gatewayId", types.EC2_INTERNET_GATEWAY)),
    ]
    inline = items(table, "routes")
    if gateways or any(_names_gateway(r) for r in (*routes, *_written(inline))):
        return Way.INTERNET
    out = isinstance(inline, Unknown) or any(_goes_out(r) for r in (*routes, *_written(inline)))
    return Way.OUT if out else Way.NOWHERE


def _written(routes: list[Source] | Unknown) -> list[Source]:
    return [] if isinstance(routes, Unknown) else [r for r in routes if r is not UNKNOWN]


def _names_gateway(route: Source) -> bool:
    """Whether a route's gateway is one of the internet by its id; a default route's unknown one is taken for it."""
    gateway = at(route, "gatewayId")
    if isinstance(gateway, str):
        return gateway.startswith("igw-")
    everywhere = {"0.0.0.0/0", "::/0"}
    keys = ("cidrBlock", "ipv6CidrBlock", "destinationCidrBlock", "destinationIpv6CidrBlock")
    return gateway is UNKNOWN and any(at(route, key) in everywhere for key in keys)


def _goes_out(route: Source) -> bool:
    return any(at(route, key) not in (UNSET, "") for key in (*_OUTWARD, "gatewayId")) and not _stays(route)


def _stays(route: Source) -> bool:
    gateway = at(route, "gatewayId")
    return isinstance(gateway, str) and gateway.startswith(("local", "vpce-"))
