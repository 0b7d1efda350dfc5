"""Network, continued: the ways that traffic takes, to the internet and to data stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..facts import UNKNOWN, Unknown
from ..ingress import GROUP, GROUP_RULE, INGRESS_RULE
from ..levels import Level, mandatory_from
from ..rule import Layer, Severity
from ..values import at, is_set, items, shown, text
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..facts import ResourceFacts, Source, StackFacts, Value

layer = Layer("network")

SUBNET: Final = "aws:ec2/subnet:Subnet"
NAT: Final = "aws:ec2/natGateway:NatGateway"
ROUTE: Final = "aws:ec2/route:Route"
ROUTE_TABLE: Final = "aws:ec2/routeTable:RouteTable"
ASSOCIATION: Final = "aws:ec2/routeTableAssociation:RouteTableAssociation"

_GROUPS_OF: Final = {
    "aws:rds/instance:Instance": "vpcSecurityGroupIds",
    "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
    "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
    "aws:elasticache/cluster:Cluster": "securityGroupIds",
    "aws:elasticache/serverlessCache:ServerlessCache": "securityGroupIds",
    "aws:docdb/cluster:Cluster": "vpcSecurityGroupIds",
    "aws:redshift/cluster:Cluster": "vpcSecurityGroupIds",
}
"""Data stores that clients reach over the network → the property that holds their security groups."""

_RANGES: Final = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")
_ICMP: Final = ("icmp", "icmpv6", "1", "58")


@layer.joined(
    "nat-same-zone",
    "Subnets reach the internet through the NAT gateway of their own zone",
    on=ROUTE_TABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A route into another zone fails with that zone, and pays $0.01 per GB each way for the crossing.",
    fix="Give each zone's private subnets a route table whose natGatewayId is the gateway of that zone.",
    items=(2,),
)
def nat_same_zone(table: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Zones of the table's subnets against zones of the gateways that its routes name."""
    routes = stack.referring(table, ROUTE, "routeTableId")
    gateways = [
        *stack.referred(table, "routes", NAT),
        *(n for r in routes for n in stack.referred(r, "natGatewayId", NAT)),
    ]
    subnets = [
        s for a in stack.referring(table, ASSOCIATION, "routeTableId") for s in stack.referred(a, "subnetId", SUBNET)
    ]
    if not gateways or not subnets:
        return None
    if any(at(g, "availabilityMode") == "regional" for g in gateways):
        return passed("the NAT gateway is regional")
    homes = {_zone(s) for g in gateways for s in stack.referred(g, "subnetId", SUBNET)}
    zones = {_zone(s) for s in subnets}
    wanted = "a NAT gateway in the same zone"
    if not homes or "" in homes | zones:
        return unverified("an availabilityZone is not written out", wanted)
    elsewhere = sorted(zones - homes)
    if elsewhere:
        return failed(f"subnets in {', '.join(elsewhere)} use a NAT gateway in {', '.join(sorted(homes))}", wanted)
    return passed(f"subnets and NAT gateway are in {', '.join(sorted(zones))}")


def _zone(subnet: ResourceFacts) -> str:
    return text(subnet, "availabilityZone") or text(subnet, "availabilityZoneId")


@layer.joined(
    "data-ingress-by-group",
    "Data stores let in security groups, not address ranges",
    on=tuple(_GROUPS_OF),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A range such as the whole VPC's lets every machine in it try passwords; a group lets in one program.",
    fix="Replace the range by referencedSecurityGroupId (inline: securityGroups) of the application's security group.",
    items=(3, 8),
)
def data_ingress_by_group(store: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The ingress rules of the store's security groups, inline and standalone, as far as the stack makes them."""
    wanted = "security groups as sources"
    key = _GROUPS_OF[store.type]
    groups = stack.referred(store, key, GROUP)
    if not groups:
        return None
    named = items(store, key)
    if not isinstance(named, Unknown) and len(groups) > len(named):
        # The ids come out of a component: the engine then names every group in it, not only the store's.
        return unverified(f"{key} cannot be told apart before deployment", wanted)
    return worst((_ranges(group, stack, wanted) for group in groups), "no ingress")


def _ranges(group: ResourceFacts, stack: StackFacts, wanted: str) -> Outcome:
    """The address ranges that a group lets in."""
    inline = items(group, "ingress")
    blocks: list[Source] = [UNKNOWN] if isinstance(inline, Unknown) else list(inline)
    blocks += (r for r in stack.referring(group, GROUP_RULE, "securityGroupId") if at(r, "type") != "egress")
    blocks += stack.referring(group, INGRESS_RULE, "securityGroupId")
    found = list(_values(blocks))
    written = [v for v in found if v is not UNKNOWN and is_set(v)]
    if written:
        return failed(f"{group.name} lets in {', '.join(shown(v) for v in written[:3])}", wanted)
    if found:
        return unverified(f"what {group.name} lets in is known only after deployment", wanted)
    return passed(f"{group.name} lets in security groups only")


def _values(blocks: Iterable[Source]) -> Iterator[Value]:
    """All ranges in some ingress rules but ICMP's; `UNKNOWN` for those that are not known."""
    for block in blocks:
        if block is UNKNOWN:
            yield UNKNOWN
        elif not {str(at(block, key)).lower() for key in ("protocol", "ipProtocol")}.intersection(_ICMP):
            for key in _RANGES:
                ranges = items(block, key)
                yield from [UNKNOWN] if isinstance(ranges, Unknown) else ranges
