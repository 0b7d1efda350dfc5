"""Where a subnet's traffic goes: what makes it public, private or isolated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.tags import tag
from policies.pack.values import UNSET, at, items, known, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Source, StackFacts

_OUTWARD: Final = ("natGatewayId", "transitGatewayId", "networkInterfaceId", "vpcPeeringConnectionId", "instanceId")
"""Properties of a route that lead out of the VPC, but for gateways, which are several things."""

_VPCS: Final = (types.EC2_VPC, types.EC2_DEFAULT_VPC)

_MAIN: Final = ("mainRouteTableId", "defaultRouteTableId")
"""Outputs in which a VPC names its main route table."""


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


def is_routed_elsewhere(subnet: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a subnet has a route table, but one that the stack does not hold."""
    associated = any(stack.referring(subnet, types.EC2_ROUTE_TABLE_ASSOCIATION, "subnetId"))
    return associated and _way(subnet, stack) is None


def is_isolated(subnet: ResourceFacts, stack: StackFacts) -> bool:
    """Whether nothing leads out of a subnet; by awsx's tag where the stack holds no route table of it."""
    way = _way(subnet, stack)
    return tag(subnet, "SubnetType") == "Isolated" if way is None else way is Way.NOWHERE


def _way(subnet: ResourceFacts, stack: StackFacts) -> Way | None:
    """How far a subnet's route table leads; None where the stack does not tell."""
    ways: set[Way | None] = set()
    associations = stack.referring(subnet, types.EC2_ROUTE_TABLE_ASSOCIATION, "subnetId")
    for association in associations:
        ways.update(_leads([table], stack) for table in _tables(association, stack))
        ways.update(_main_way(vpc, stack) for vpc in stack.referred(association, "routeTableId", *_VPCS))
    if not associations:
        ways.update(_main_way(vpc, stack) for vpc in stack.referred(subnet, "vpcId", *_VPCS))
    return next((way for way in Way if way in ways), None)


def _tables(association: ResourceFacts, stack: StackFacts) -> tuple[ResourceFacts, ...]:
    return stack.referred(association, "routeTableId", types.EC2_ROUTE_TABLE, types.EC2_DEFAULT_ROUTE_TABLE)


def _main_way(vpc: ResourceFacts, stack: StackFacts) -> Way | None:
    """How far a VPC's main route table leads, which holds for subnets without an association."""
    named = [
        t for a in stack.referring(vpc, types.EC2_MAIN_ROUTE_TABLE_ASSOCIATION, "vpcId") for t in _tables(a, stack)
    ]
    if named:
        return _leads(named, stack)
    written = stack.once(_by_table)
    own = {value for value in (known(vpc, key) for key in _MAIN) if isinstance(value, str)}
    found = [r for table in own for r in written.get(table, ())]
    tables = [*stack.referring(vpc, types.EC2_DEFAULT_ROUTE_TABLE, "defaultRouteTableId")]
    tables += (r for r in found if r.type == types.EC2_DEFAULT_ROUTE_TABLE)
    routes = [*stack.referring(vpc, types.EC2_ROUTE, "routeTableId"), *(r for r in found if r.type == types.EC2_ROUTE)]
    if tables or routes:
        return _leads(tables, stack, *routes)
    # AWS makes a default VPC with a way to the internet.
    return Way.INTERNET if vpc.type == types.EC2_DEFAULT_VPC else None


def _by_table(stack: StackFacts) -> dict[str, list[ResourceFacts]]:
    """Id of a route table, as written out → the routes in it, and the resource that adopts it."""
    found: dict[str, list[ResourceFacts]] = {}
    for token, key in ((types.EC2_ROUTE, "routeTableId"), (types.EC2_DEFAULT_ROUTE_TABLE, "defaultRouteTableId")):
        for resource in stack.of_type(token):
            found.setdefault(text(resource, key), []).append(resource)
    return found


def _leads(tables: list[ResourceFacts], stack: StackFacts, *more: ResourceFacts) -> Way:
    """How far route tables lead, and `more` routes that are in them."""
    routes = [*more, *(r for t in tables for r in stack.referring(t, types.EC2_ROUTE, "routeTableId"))]
    inline = [items(table, "routes") for table in tables]
    every = [*routes, *(r for part in inline for r in _written(part))]
    linked = any(stack.referred(t, "routes", types.EC2_INTERNET_GATEWAY) for t in tables)
    if linked or any(stack.referred(r, "gatewayId", types.EC2_INTERNET_GATEWAY) for r in routes):
        return Way.INTERNET
    if any(_names_gateway(r) for r in every):
        return Way.INTERNET
    out = any(isinstance(part, Unknown) for part in inline) or any(_goes_out(r) for r in every)
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
