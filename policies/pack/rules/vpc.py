"""VPCs, their subnets, gateways, endpoints and flow logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_false, is_true, lacking, present
from policies.pack.facts import UNKNOWN
from policies.pack.facts.network.ingress import is_world
from policies.pack.facts.network.routes import is_isolated, is_public, is_routed_elsewhere
from policies.pack.layers import NETWORK
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, known, known_items, show, text
from policies.pack.verdict import Outcome, Status, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

DATA_SUBNETS: Final = (types.RDS_SUBNET_GROUP, types.ELASTICACHE_SUBNET_GROUP)

INTERFACE_SERVICES: Final = ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm")
"""What workloads in private subnets call all the time, by the end of the endpoint service's name."""

_WORKLOADS: Final = (
    types.ECS_TASK_DEFINITION,
    types.EKS_CLUSTER,
    types.EC2_LAUNCH_TEMPLATE,
    types.EC2_INSTANCE,
)

_GATEWAY_TYPES: Final = ("Gateway", UNSET, UNKNOWN)


@NETWORK.joined(
    "vpc-flow-logs",
    "Every VPC logs all its traffic",
    on=(types.EC2_VPC, types.EC2_DEFAULT_VPC),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without flow logs nobody can tell afterwards who talked to whom, or what a security group refused.",
    fix='Add an aws.ec2.FlowLog with this vpcId and trafficType "ALL".',
    anchors=("FSBP EC2.6", "checkov CKV2_AWS_11", "cdk-nag AwsSolutions-VPC7"),
)
def vpc_flow_logs(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """A flow log of the VPC, of all traffic, or one of what is let in and one of what is refused."""
    logs = stack.referring(vpc, types.EC2_FLOW_LOG, "vpcId")
    recorded = {text(log, "trafficType") for log in logs}
    if "ALL" in recorded or recorded >= {"ACCEPT", "REJECT"}:
        return passed("a flow log records all traffic")
    if logs:
        return lacking(logs[0], "trafficType", "ALL", f"the flow log's {show(logs[0], 'trafficType')}")
    return failed("the VPC has no flow log", "one of all traffic")


def _zones(subnets: list[ResourceFacts]) -> tuple[set[str], bool]:
    """Zones that are written out or known to the state, and whether that is all of them."""
    zones = [_zone(s) for s in subnets]
    return {z for z in zones if z}, all(zones)


@NETWORK.joined(
    "subnets-multi-az",
    "Subnets span at least two availability zones",
    on=types.EC2_VPC,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Everything in one zone goes down with that zone, and load balancers and databases refuse to be made.",
    fix="Add subnets with another availabilityZone.",
    anchors=("prowler vpc_subnet_different_az",),
)
def subnets_multi_az(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Two zones or more among the private subnets, or among all of them where none is private."""
    every = list(stack.referring(vpc, types.EC2_SUBNET, "vpcId"))
    subnets = [s for s in every if not is_public(s, stack)] or every
    if not subnets:
        return None
    zones, complete = _zones(subnets)
    if len(zones) >= 2:
        return passed(f"subnets in {', '.join(sorted(zones))}")
    if not complete and len(subnets) > 1:
        return unverified("the subnets' availabilityZone is not written out", "subnets in at least 2 zones")
    return failed(f"all subnets are in {', '.join(zones) or 'one zone'}", "subnets in at least 2 zones")


@NETWORK.joined(
    "nat-per-az",
    "Every zone has a NAT gateway of its own",
    on=types.EC2_VPC,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="When the zone with the only NAT gateway fails, private subnets of the other zones lose the internet too.",
    fix="Add an aws.ec2.NatGateway in each zone's public subnet, or one with availabilityMode regional.",
)
def nat_per_az(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A zonal NAT gateway in each zone with private subnets, or a regional one. Nothing to ask without NAT."""
    subnets = list(stack.referring(vpc, types.EC2_SUBNET, "vpcId"))
    gateways = {n.urn: n for s in subnets for n in stack.referring(s, types.EC2_NAT_GATEWAY, "subnetId")}
    gateways.update((n.urn, n) for n in stack.referring(vpc, types.EC2_NAT_GATEWAY, "vpcId"))
    public = [g for g in gateways.values() if at(g, "connectivityType") != "private"]
    if any(at(g, "availabilityMode") == "regional" for g in public):
        return passed("the NAT gateway is regional")
    private = [s for s in subnets if not is_public(s, stack) and not is_isolated(s, stack)]
    if not public or not private:
        return None
    wanted = "a NAT gateway per zone"
    zones, complete = _zones(private)
    if len(public) < len(zones):
        return failed(f"{len(public)} NAT gateway(s) for {len(zones)} zone(s)", wanted)
    homes = [stack.referred(g, "subnetId", types.EC2_SUBNET) for g in public]
    served, placed = _zones([s for home in homes for s in home])
    if not complete or not placed or any(len(home) != 1 for home in homes):
        return unverified("the zones of subnets and NAT gateways are not written out", wanted)
    if zones - served:
        return failed(f"no NAT gateway in {', '.join(sorted(zones - served))}", wanted)
    return passed(f"{len(public)} NAT gateway(s) for {len(zones)} zone(s)")


@NETWORK.joined(
    "subnet-no-auto-public-ip",
    "Only public subnets hand out public addresses",
    on=types.EC2_SUBNET,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Whatever starts in such a subnet is reachable from the internet without anybody having asked for it.",
    fix="Set mapPublicIpOnLaunch to false, or associate the subnet with a route table that leads to an internet gateway"
    " if it is meant to be public.",
    anchors=("FSBP EC2.15", "checkov CKV_AWS_130"),
)
def subnet_no_auto_public_ip(subnet: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """No automatic public addresses outside the public subnets."""
    if is_public(subnet, stack):
        return None
    private = is_false(subnet, "mapPublicIpOnLaunch")
    if private.status is Status.FAIL and is_routed_elsewhere(subnet, stack):
        return unverified("its route table is not in the stack", "false, or a route to an internet gateway")
    return private


@NETWORK.joined(
    "vpc-gateway-endpoints",
    "Every VPC reaches S3, and DynamoDB where it is used, through gateway endpoints",
    on=types.EC2_VPC,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Without the endpoint, which is free, traffic to S3 (image layers, logs) crosses NAT at $0.045 per GB.",
    fix="Add an aws.ec2.VpcEndpoint with this vpcId, serviceName com.amazonaws.<region>.s3 (.dynamodb), routeTableIds.",
)
def vpc_gateway_endpoints(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """A gateway endpoint for S3, and one for DynamoDB in a stack with tables."""
    endpoints = [
        e for e in stack.referring(vpc, types.EC2_VPC_ENDPOINT, "vpcId") if at(e, "vpcEndpointType") in _GATEWAY_TYPES
    ]
    return _services(endpoints, ("s3", "dynamodb") if any(stack.of_type(types.DYNAMODB_TABLE)) else ("s3",), "gateway")


def _services(endpoints: list[ResourceFacts], needed: tuple[str, ...], kind: str) -> Outcome:
    """Whether there is an endpoint for each of some services."""
    names = [at(e, "serviceName") for e in endpoints]
    missing = [n for n in needed if not any(isinstance(s, str) and s.endswith(f".{n}") for s in names)]
    if not missing:
        return passed(f"{', '.join(needed)}: {kind} endpoints")
    if any(s is UNKNOWN for s in names):
        return unverified("an endpoint's serviceName is known only after deployment", f"{kind} endpoints")
    return failed(f"the VPC has no {kind} endpoint for {', '.join(missing)}", f"{kind} endpoints")


@NETWORK.joined(
    "vpc-interface-endpoints",
    "Private workloads reach the AWS services they call without the internet",
    on=types.EC2_VPC,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Pulling images, logging and reading secrets stop with NAT, and pay it $0.045 per GB, without endpoints.",
    fix="Add an aws.ec2.VpcEndpoint of type Interface for each service; in Ascent ascent:network.interfaceEndpoints.",
    anchors=("FSBP EC2.10",),
)
def vpc_interface_endpoints(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Interface endpoints for `INTERFACE_SERVICES`. Nothing to ask where nothing runs in private subnets."""
    subnets = stack.referring(vpc, types.EC2_SUBNET, "vpcId")
    if all(is_public(s, stack) for s in subnets) or not any(stack.of_type(*_WORKLOADS)):
        return None
    endpoints = stack.referring(vpc, types.EC2_VPC_ENDPOINT, "vpcId")
    return _services(
        [e for e in endpoints if at(e, "vpcEndpointType") in ("Interface", UNKNOWN)], INTERFACE_SERVICES, "interface"
    )


@NETWORK.joined(
    "endpoint-route-tables",
    "Gateway endpoints are in a route table",
    on=types.EC2_VPC_ENDPOINT,
    severity=Severity.LOW,
    levels=ALWAYS,
    why="A gateway endpoint without routes carries nothing: the traffic goes on through NAT, and nobody notices.",
    fix="Set routeTableIds, or add an aws.ec2.VpcEndpointRouteTableAssociation for each private route table.",
)
def endpoint_route_tables(endpoint: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`routeTableIds` of a gateway endpoint, or associations of their own."""
    if at(endpoint, "vpcEndpointType") not in ("Gateway", UNSET):
        return None
    if stack.referring(endpoint, types.EC2_VPC_ENDPOINT_ROUTE_TABLE_ASSOCIATION, "vpcEndpointId"):
        return passed("route tables are associated")
    return present(endpoint, "routeTableIds", "the private route tables")


@NETWORK.resource(
    "endpoint-private-dns",
    "Interface endpoints answer under the service's usual name",
    on=types.EC2_VPC_ENDPOINT,
    severity=Severity.LOW,
    levels=mandatory_from("startup"),
    why="Without private DNS every SDK still resolves the public address, and the endpoint is paid for but not used.",
    fix="Set privateDnsEnabled to true; the VPC needs enableDnsSupport and enableDnsHostnames.",
)
def endpoint_private_dns(endpoint: ResourceFacts) -> Outcome | None:
    """`privateDnsEnabled` for AWS's own services, but for the two that have gateway endpoints as well."""
    service = text(endpoint, "serviceName")
    foreign = service and (".vpce." in service or service.endswith((".s3", ".dynamodb")))
    if at(endpoint, "vpcEndpointType") != "Interface" or foreign:
        return None
    return is_true(endpoint, "privateDnsEnabled")


@NETWORK.joined(
    "data-subnets-acl",
    "Database subnets have a network ACL of their own",
    on=DATA_SUBNETS,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="The default ACL lets everything through; a second wall holds when a security group is opened by mistake.",
    fix="Add an aws.ec2.NetworkAcl with these subnetIds that lets in the database's port from the application only.",
)
def data_subnets_acl(group: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An ACL with each of the group's subnets that keeps something out, as AWS's default one does not.

    Nothing to ask where the stack does not make the subnets.
    """
    subnets = stack.referred(group, "subnetIds", types.EC2_SUBNET)
    if not subnets:
        return None
    acls = ((types.EC2_NETWORK_ACL, "subnetIds"), (types.EC2_NETWORK_ACL_ASSOCIATION, "subnetId"))
    bare = [s.name for s in subnets if not any(stack.referring(s, token, key) for token, key in acls)]
    if bare:
        return failed(f"{', '.join(bare)} use the default network ACL", "an ACL of their own")
    walls = {a.urn: a for s in subnets for a in stack.referring(s, types.EC2_NETWORK_ACL, "subnetIds")}
    for subnet in subnets:
        for link in stack.referring(subnet, types.EC2_NETWORK_ACL_ASSOCIATION, "subnetId"):
            walls.update((a.urn, a) for a in stack.referred(link, "networkAclId", types.EC2_NETWORK_ACL))
    if open_ := sorted(acl.name for acl in walls.values() if _lets_all_in(acl, stack)):
        return failed(f"the network ACL {open_[0]} lets everything in, as the default one does", "what is needed only")
    return passed("a network ACL covers the subnets")


def _lets_all_in(acl: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a rule of an ACL, inline or by itself, lets in every protocol from everywhere."""
    standalone = stack.referring(acl, types.EC2_NETWORK_ACL_RULE, "networkAclId")
    rules = [*known_items(acl, "ingress"), *(r for r in standalone if as_bool(at(r, "egress")) is not True)]
    return any(
        (at(rule, "action") == "allow" or at(rule, "ruleAction") == "allow")
        and str(at(rule, "protocol")).lower() in ("-1", "all")
        and any(is_world(text(rule, key)) for key in ("cidrBlock", "ipv6CidrBlock"))
        for rule in rules
    )


@NETWORK.joined(
    "nat-same-zone",
    "Subnets reach the internet through the NAT gateway of their own zone",
    on=types.EC2_ROUTE_TABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A route into another zone fails with that zone, and pays $0.01 per GB each way for the crossing.",
    fix="Give each zone's private subnets a route table whose natGatewayId is the gateway of that zone.",
)
def nat_same_zone(table: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Zones of the table's subnets against zones of the gateways that its routes name."""
    routes = stack.referring(table, types.EC2_ROUTE, "routeTableId")
    gateways = [
        *stack.referred(table, "routes", types.EC2_NAT_GATEWAY),
        *(n for r in routes for n in stack.referred(r, "natGatewayId", types.EC2_NAT_GATEWAY)),
    ]
    subnets = [
        s
        for a in stack.referring(table, types.EC2_ROUTE_TABLE_ASSOCIATION, "routeTableId")
        for s in stack.referred(a, "subnetId", types.EC2_SUBNET)
    ]
    if not gateways or not subnets:
        return None
    if any(at(g, "availabilityMode") == "regional" for g in gateways):
        return passed("the NAT gateway is regional")
    homes = {_zone(s) for g in gateways for s in stack.referred(g, "subnetId", types.EC2_SUBNET)}
    zones = {_zone(s) for s in subnets}
    wanted = "a NAT gateway in the same zone"
    if not homes or "" in homes | zones:
        return unverified("an availabilityZone is not written out", wanted)
    elsewhere = sorted(zones - homes)
    if elsewhere:
        return failed(f"subnets in {', '.join(elsewhere)} use a NAT gateway in {', '.join(sorted(homes))}", wanted)
    return passed(f"subnets and NAT gateway are in {', '.join(sorted(zones))}")


def _zone(subnet: ResourceFacts) -> str:
    """The subnet's zone, as written or as the state knows it; empty where neither tells."""
    found = (known(subnet, key) for key in ("availabilityZone", "availabilityZoneId"))
    return next((zone for zone in found if isinstance(zone, str)), "")
