"""Routes: where the packets of a subnet go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import UNKNOWN
from ascent.reach.addresses import as_range, holds
from ascent.reach.answer import Step, Verdict
from ascent.reach.graph import value_at
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Resource
    from ascent.reach.addresses import Range
    from ascent.reach.graph import Graph

EGRESS_ONLY_GATEWAY: Final = types.EC2_EGRESS_ONLY_INTERNET_GATEWAY
_TABLES: Final = (types.EC2_ROUTE_TABLE, types.EC2_DEFAULT_ROUTE_TABLE)
_DESTINATIONS: Final = ("destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock")
_WAYS: Final = ("gatewayId", "natGatewayId", "egressOnlyGatewayId", "transitGatewayId", "vpcPeeringConnectionId")


def table_of(graph: Graph, subnet: Resource) -> Resource | None:
    """The route table that a subnet is associated with; None for the VPC's main one."""
    for association in graph.referring(subnet, types.EC2_ROUTE_TABLE_ASSOCIATION, "subnetId"):
        for table in graph.of(association, "routeTableId", *_TABLES):
            return table
    return None


def way_out(graph: Graph, subnet: Resource, to: Range, *, has_address: bool) -> Step:
    """How packets of a subnet get to addresses outside of the VPC.

    Args:
        graph: the plan's references.
        subnet: the subnet.
        to: the addresses.
        has_address: who sends them has a public address; an internet gateway takes no others.
    """
    route, gateway = _route(graph, subnet, to)
    if route is None:
        return Step(f"subnet {subnet.name} has no route to {to}", Verdict.CLOSED, (subnet.urn,))
    if gateway is None:
        text = f"the route of subnet {subnet.name} to {to} leads to what the plan does not hold"
        return Step(text, Verdict.UNKNOWN, (route.urn,))
    if gateway.type == types.EC2_INTERNET_GATEWAY:
        if not has_address:
            text = f"subnet {subnet.name} leaves by an internet gateway, which takes public addresses alone"
            return Step(text, Verdict.CLOSED, (route.urn,))
        return Step(f"subnet {subnet.name} leaves by an internet gateway", Verdict.OPEN, (route.urn, gateway.urn))
    if gateway.type == types.EC2_NAT_GATEWAY:
        return _by_nat(graph, subnet, gateway, to)
    if gateway.type == EGRESS_ONLY_GATEWAY:
        text = f"subnet {subnet.name} leaves by an egress-only gateway"
        return Step(text, Verdict.OPEN, (route.urn, gateway.urn))
    text = f"subnet {subnet.name} leaves by {gateway.name}; what lies behind it is not in the plan"
    return Step(text, Verdict.UNKNOWN, (route.urn, gateway.urn))


def way_in(graph: Graph, subnet: Resource, of: Range) -> Step:
    """How packets from the internet get into a subnet."""
    route, gateway = _route(graph, subnet, of)
    if gateway is not None and route is not None and gateway.type == types.EC2_INTERNET_GATEWAY:
        return Step(f"subnet {subnet.name} is behind an internet gateway", Verdict.OPEN, (route.urn, gateway.urn))
    text = f"subnet {subnet.name} has no route by an internet gateway: nothing from outside gets in"
    return Step(text, Verdict.CLOSED, (subnet.urn,))


def by_gateway_endpoint(graph: Graph, subnet: Resource, service: str) -> Step | None:
    """The gateway endpoint of a service that a subnet's routes lead to; None where there is none."""
    table = table_of(graph, subnet)
    if table is None:
        return None
    found = [
        *graph.referring(table, types.EC2_VPC_ENDPOINT, "routeTableIds"),
        *(
            endpoint
            for link in graph.referring(table, types.EC2_VPC_ENDPOINT_ROUTE_TABLE_ASSOCIATION, "routeTableId")
            for endpoint in graph.of(link, "vpcEndpointId", types.EC2_VPC_ENDPOINT)
        ),
    ]
    for endpoint in found:
        if str(endpoint.inputs.get("serviceName", "")).endswith(f".{service}"):
            text = f"subnet {subnet.name} has a gateway endpoint for {service}"
            return Step(text, Verdict.OPEN, (endpoint.urn,))
    return None


def _by_nat(graph: Graph, subnet: Resource, nat: Resource, to: Range) -> Step:
    if nat.inputs.get("connectivityType") == "private":
        text = f"subnet {subnet.name} leaves by the private NAT gateway {nat.name}, which has no way to the internet"
        return Step(text, Verdict.CLOSED, (nat.urn,))
    for own in graph.of(nat, "subnetId", types.EC2_SUBNET):
        _, gateway = _route(graph, own, to)
        if gateway is None or gateway.type != types.EC2_INTERNET_GATEWAY:
            text = f"the NAT gateway {nat.name} is in subnet {own.name}, which has no route by an internet gateway"
            return Step(text, Verdict.CLOSED, (nat.urn, own.urn))
    return Step(f"subnet {subnet.name} leaves by the NAT gateway {nat.name}", Verdict.OPEN, (nat.urn,))


def _route(graph: Graph, subnet: Resource, to: Range) -> tuple[Resource | None, Resource | None]:
    """The most special route to a range, and what it leads to."""
    table = table_of(graph, subnet)
    if table is None:
        return None, None
    best: tuple[int, Resource, str] | None = None
    for owner, block, prefix in _routes(graph, table):
        for key in _DESTINATIONS:
            destination = as_range(block.get(key))
            if destination is None or not holds(destination, to):
                continue
            if best is None or destination.prefixlen > best[0]:
                best = (destination.prefixlen, owner, prefix)
    if best is None:
        return None, None
    _, owner, prefix = best
    gateways = (one for key in _WAYS for one in graph.of(owner, f"{prefix}{key}"))
    return owner, next((one for one in gateways if one.type not in _TABLES and one.custom), None)


def _routes(graph: Graph, table: Resource) -> Iterator[tuple[Resource, Any, str]]:
    """Routes of a table: their resource, their inputs, and the path to these."""
    for route in graph.referring(table, types.EC2_ROUTE, "routeTableId"):
        yield route, route.inputs, ""
    inline = value_at(table, "routes")
    for block in inline if isinstance(inline, list) and inline != UNKNOWN else ():
        if isinstance(block, dict):
            yield table, block, "routes."
