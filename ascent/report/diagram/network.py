"""The networks of a plan: VPCs, zones, rows of subnets, and which subnets a resource stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.known import Family
from ascent.catalog.lookup import drawn_as, known_of
from ascent.catalog.services import GATEWAY
from ascent.plan.model import UNKNOWN
from ascent.report.diagram.graph import targets
from policies.pack.types import EC2_ROUTE, EC2_ROUTE_TABLE_ASSOCIATION, EC2_SUBNET, EC2_VPC

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource


class Row(StrEnum):
    """Kinds of subnets, in the order in which they are drawn."""

    PUBLIC = "public"
    PRIVATE = "private"
    DATA = "data"


_WORDS: Final = {
    Row.PUBLIC: ("public",),
    Row.DATA: ("isolated", "data", "intra"),
    Row.PRIVATE: ("private",),
}
_PLACES: Final = ("subnets", "subnetIds", "vpcZoneIdentifiers", "networkConfiguration", "vpcConfig", "subnetId")
_SUBNET_GROUPS: Final = ("dbSubnetGroupName", "subnetGroupName", "clusterSubnetGroupName")


@dataclass(frozen=True, slots=True)
class Subnet:
    """One subnet."""

    resource: Resource
    zone: str
    row: Row
    exit: str
    """Where its traffic to the internet goes; empty if nowhere."""


@dataclass(frozen=True, slots=True)
class Network:
    """One VPC."""

    vpc: Resource
    subnets: tuple[Subnet, ...]

    @property
    def zones(self) -> tuple[str, ...]:
        """Availability zones, sorted."""
        return tuple(sorted({s.zone for s in self.subnets}))

    def row(self, row: Row) -> tuple[Subnet, ...]:
        """Subnets of a kind, by zone."""
        return tuple(sorted((s for s in self.subnets if s.row is row), key=lambda s: (s.zone, s.resource.name)))


def networks(plan: Plan) -> tuple[Network, ...]:
    """The plan's VPCs that have subnets in the plan."""
    exits = _exits(plan)
    found: dict[str, list[Subnet]] = {vpc.urn: [] for vpc in plan.by_type.get(EC2_VPC, ())}
    for resource in plan.by_type.get(EC2_SUBNET, ()):
        vpc = next((r for r in targets(plan, resource, "vpcId") if r.type == EC2_VPC), None)
        if vpc is None:
            continue
        route = exits.get(resource.urn, "")
        zone = resource.inputs.get("availabilityZone") or resource.inputs.get("availabilityZoneId")
        name = str(zone) if zone and zone != UNKNOWN else "any zone"
        found[vpc.urn].append(Subnet(resource, name, _row(resource, route), route))
    return tuple(Network(plan.by_urn[urn], tuple(subnets)) for urn, subnets in found.items() if subnets)


def _exits(plan: Plan) -> dict[str, str]:
    """Subnet's URN → what its default route leads to, such as `NAT gateway`."""
    by_table: dict[str, str] = {}
    for route in plan.by_type.get(EC2_ROUTE, ()):
        ends = targets(plan, route, "gatewayId", "natGatewayId", "transitGatewayId", "networkInterfaceId")
        for table in targets(plan, route, "routeTableId"):
            for end in ends:
                by_table[table.urn] = known_of(end.type).service.label
    return {
        subnet.urn: by_table[table.urn]
        for link in plan.by_type.get(EC2_ROUTE_TABLE_ASSOCIATION, ())
        for subnet in targets(plan, link, "subnetId")
        for table in targets(plan, link, "routeTableId")
        if table.urn in by_table
    }


def _row(subnet: Resource, route: str) -> Row:
    """A route to the internet makes a subnet public; its tag or name tells the others apart, or else their route."""
    if route == GATEWAY.label:
        return Row.PUBLIC
    tags = subnet.inputs.get("tags")
    tag = str(tags.get("SubnetType", "")) if isinstance(tags, Mapping) else ""
    for text in (tag.lower(), subnet.name.lower()):
        for row, words in _WORDS.items():
            if any(word in text for word in words):
                return row
    return Row.PRIVATE if route else Row.DATA


def home(plan: Plan, network: Network, resource: Resource) -> tuple[Subnet, ...]:
    """The subnets that a resource stands in; empty if none of them is in the network.

    A component that answers with all its subnets at once makes each reference to some of them a reference to all. Then
    the resource is put where as many subnets as it names are alike, first where its own settings say it belongs.
    """
    referring = resource
    for group in targets(plan, resource, *_SUBNET_GROUPS):
        referring = group
    urns = {r.urn for r in targets(plan, referring, *_PLACES)}
    named = tuple(s for s in network.subnets if s.resource.urn in urns)
    count = _named(referring)
    if count is None or len(named) <= count:
        return named
    for row in _preferred(plan, resource):
        alike = tuple(s for s in named if s.row is row)
        if len(alike) == count:
            return alike
    return tuple(s for s in named if s.row is _preferred(plan, resource)[0]) or named


def _named(resource: Resource) -> int | None:
    """How many subnets the inputs name; None if that is not known."""
    for key in _PLACES:
        value: Any = resource.inputs.get(key)
        if isinstance(value, Mapping):
            value = value.get("subnets", value.get("subnetIds"))
        if isinstance(value, Sequence) and not isinstance(value, str):
            return len(value)
        if value is not None and key == "subnetId":
            return 1
    return None


def _preferred(plan: Plan, resource: Resource) -> tuple[Row, ...]:
    service = drawn_as(resource)
    if service is not None and service.family is Family.DATA:
        return (Row.DATA, Row.PRIVATE, Row.PUBLIC)
    if resource.type.endswith(":LoadBalancer"):
        public = resource.inputs.get("internal") is not True
    else:
        sources = (resource, *targets(plan, resource, "launchTemplate", "launchConfiguration"))
        public = any(_has_public_address(r) for r in sources)
    return (Row.PUBLIC, Row.PRIVATE, Row.DATA) if public else (Row.PRIVATE, Row.DATA, Row.PUBLIC)


def _has_public_address(resource: Resource) -> bool:
    settings = resource.inputs.get("networkConfiguration")
    cards = resource.inputs.get("networkInterfaces")
    places = [resource.inputs, settings, *(cards if isinstance(cards, (list, tuple)) else ())]
    keys = ("assignPublicIp", "associatePublicIpAddress")
    return any(str(p.get(k)).lower() == "true" for p in places if isinstance(p, Mapping) for k in keys)
