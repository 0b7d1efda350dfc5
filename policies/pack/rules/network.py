"""Network: VPCs, subnets, NAT, flow logs, ACLs, endpoints, security groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_false, is_true, present
from ..facts import UNKNOWN, Unknown
from ..ingress import GROUP, GROUP_RULE, INGRESS_RULE, Opening, openings
from ..levels import ALWAYS, Level, mandatory_from
from ..parameters import wholes
from ..rule import Layer, Severity, sets
from ..tags import tag
from ..values import UNSET, at, items, show, text
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..facts import ResourceFacts, StackFacts
    from ..parameters import Values

layer = Layer("network")

VPC: Final = "aws:ec2/vpc:Vpc"
SUBNET: Final = "aws:ec2/subnet:Subnet"
NAT: Final = "aws:ec2/natGateway:NatGateway"
FLOW_LOG: Final = "aws:ec2/flowLog:FlowLog"
DEFAULT_GROUP: Final = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
NETWORK_ACL: Final = "aws:ec2/networkAcl:NetworkAcl"
ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
NETWORK_ACL_ASSOCIATION: Final = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
ENDPOINT_ROUTES: Final = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
DATA_SUBNETS: Final = ("aws:rds/subnetGroup:SubnetGroup", "aws:elasticache/subnetGroup:SubnetGroup")
TABLE: Final = "aws:dynamodb/table:Table"

INTERFACE_SERVICES: Final = ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm")
"""What workloads in private subnets call all the time, by the end of the endpoint service's name."""

_WORKLOADS: Final = (
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:eks/cluster:Cluster",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/instance:Instance",
)

_ADMIN_PORTS: Final = (22, 3389)
PUBLIC_PORTS: Final = wholes("ports", "Ports that may be open to the internet", (80, 443), minimum=1, maximum=65535)
_GATEWAY_TYPES: Final = ("Gateway", UNSET, UNKNOWN)


@layer.joined(
    "vpc-flow-logs",
    "Every VPC logs all its traffic",
    on=VPC,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without flow logs nobody can tell afterwards who talked to whom, or what a security group refused.",
    fix='Add an aws.ec2.FlowLog with this vpcId and trafficType "ALL".',
    anchors=("FSBP EC2.6", "checkov CKV2_AWS_11", "cdk-nag AwsSolutions-VPC7"),
    items=(6,),
)
def vpc_flow_logs(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """A flow log of the VPC, of all traffic."""
    logs = stack.referring(vpc, FLOW_LOG, "vpcId")
    if any(at(log, "trafficType") == "ALL" for log in logs):
        return passed("a flow log records all traffic")
    if logs:
        return failed(f"the flow log's {show(logs[0], 'trafficType')}", "ALL")
    return failed("the VPC has no flow log", "one of all traffic")


def _public(subnet: ResourceFacts) -> bool:
    """Whether a subnet is meant to be public: by awsx's tag, the tag that EKS looks for, or its name."""
    if tag(subnet, "SubnetType") == "Public" or tag(subnet, "kubernetes.io/role/elb") == "1":
        return True
    return "public" in subnet.name.lower() or "public" in tag(subnet, "Name").lower()


def _isolated(subnet: ResourceFacts) -> bool:
    return tag(subnet, "SubnetType") == "Isolated"


def _zones(subnets: list[ResourceFacts]) -> tuple[set[str], bool]:
    """Zones that are written out, and whether that is all of them."""
    zones = [text(s, "availabilityZone") or text(s, "availabilityZoneId") for s in subnets]
    return {z for z in zones if z}, all(zones)


@layer.joined(
    "subnets-multi-az",
    "Subnets span at least two availability zones",
    on=VPC,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Everything in one zone goes down with that zone, and load balancers and databases refuse to be made.",
    fix="Add subnets with another availabilityZone.",
    anchors=("prowler vpc_subnet_different_az",),
    items=(1,),
)
def subnets_multi_az(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Two zones or more among the private subnets, or among all of them where none is private."""
    every = list(stack.referring(vpc, SUBNET, "vpcId"))
    subnets = [s for s in every if not _public(s)] or every
    if not subnets:
        return None
    zones, complete = _zones(subnets)
    if len(zones) >= 2:
        return passed(f"subnets in {', '.join(sorted(zones))}")
    if not complete and len(subnets) > 1:
        return unverified("the subnets' availabilityZone is not written out", "subnets in at least 2 zones")
    return failed(f"all subnets are in {', '.join(zones) or 'one zone'}", "subnets in at least 2 zones")


@layer.joined(
    "nat-per-az",
    "Every zone has a NAT gateway of its own",
    on=VPC,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="When the zone with the only NAT gateway fails, private subnets of the other zones lose the internet too.",
    fix="Add an aws.ec2.NatGateway in each zone's public subnet, or one with availabilityMode regional.",
    items=(2,),
)
def nat_per_az(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """As many zonal NAT gateways as zones with private subnets, or a regional one. Nothing to ask without NAT."""
    subnets = list(stack.referring(vpc, SUBNET, "vpcId"))
    gateways = [n for s in subnets for n in stack.referring(s, NAT, "subnetId")]
    gateways += stack.referring(vpc, NAT, "vpcId")
    gateways = [g for g in gateways if at(g, "connectivityType") != "private"]
    if any(at(g, "availabilityMode") == "regional" for g in gateways):
        return passed("the NAT gateway is regional")
    private = [s for s in subnets if not _public(s) and not _isolated(s)]
    if not gateways or not private:
        return None
    zones, complete = _zones(private)
    if not complete:
        return unverified("the subnets' availabilityZone is not written out", "a NAT gateway per zone")
    found = f"{len(gateways)} NAT gateway(s) for {len(zones)} zone(s)"
    return passed(found) if len(gateways) >= len(zones) else failed(found, "a NAT gateway per zone")


@layer.resource(
    "subnet-no-auto-public-ip",
    "Only public subnets hand out public addresses",
    on=SUBNET,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Whatever starts in such a subnet is reachable from the internet without anybody having asked for it.",
    fix="Set mapPublicIpOnLaunch to false, or tag the subnet SubnetType=Public if it is meant to be public.",
    anchors=("FSBP EC2.15", "checkov CKV_AWS_130"),
    items=(1,),
    remedy=sets({"mapPublicIpOnLaunch": False}),
)
def subnet_no_auto_public_ip(subnet: ResourceFacts) -> Outcome | None:
    """No automatic public addresses outside the public subnets."""
    return None if _public(subnet) else is_false(subnet, "mapPublicIpOnLaunch")


@layer.joined(
    "default-sg-closed",
    "The default security group of every VPC lets nothing through",
    on=VPC,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Whatever is made without a security group lands in the default one, whose members may all talk to each other.",
    fix="Add an aws.ec2.DefaultSecurityGroup with this vpcId and neither ingress nor egress.",
    anchors=("FSBP EC2.2", "checkov CKV2_AWS_12"),
    items=(3,),
)
def default_sg_closed(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """The default group is adopted, which empties it, and given no rules."""
    groups = stack.referring(vpc, DEFAULT_GROUP, "vpcId")
    if not groups:
        return failed("the VPC's default security group keeps AWS's rules", "an adopted group without rules")
    for direction in ("ingress", "egress"):
        rules = items(groups[0], direction)
        if isinstance(rules, Unknown):
            return failed(f"the default group's {show(groups[0], direction)}", "no rules")
        if rules:
            return failed(f"the default group has {len(rules)} {direction} rule(s)", "no rules")
    return passed("the default group has no rules")


@layer.joined(
    "vpc-gateway-endpoints",
    "Every VPC reaches S3, and DynamoDB where it is used, through gateway endpoints",
    on=VPC,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Without the endpoint, which is free, traffic to S3 (image layers, logs) crosses NAT at $0.045 per GB.",
    fix="Add an aws.ec2.VpcEndpoint with this vpcId, serviceName com.amazonaws.<region>.s3 (.dynamodb), routeTableIds.",
    items=(5,),
)
def vpc_gateway_endpoints(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """A gateway endpoint for S3, and one for DynamoDB in a stack with tables."""
    endpoints = [e for e in stack.referring(vpc, ENDPOINT, "vpcId") if at(e, "vpcEndpointType") in _GATEWAY_TYPES]
    return _services(endpoints, ("s3", "dynamodb") if any(stack.of_type(TABLE)) else ("s3",), "gateway")


def _services(endpoints: list[ResourceFacts], needed: tuple[str, ...], kind: str) -> Outcome:
    """Whether there is an endpoint for each of some services."""
    names = [at(e, "serviceName") for e in endpoints]
    missing = [n for n in needed if not any(isinstance(s, str) and s.endswith(f".{n}") for s in names)]
    if not missing:
        return passed(f"{', '.join(needed)}: {kind} endpoints")
    if any(s is UNKNOWN for s in names):
        return unverified("an endpoint's serviceName is known only after deployment", f"{kind} endpoints")
    return failed(f"the VPC has no {kind} endpoint for {', '.join(missing)}", f"{kind} endpoints")


@layer.joined(
    "vpc-interface-endpoints",
    "Private workloads reach the AWS services they call without the internet",
    on=VPC,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Pulling images, logging and reading secrets stop with NAT, and pay it $0.045 per GB, without endpoints.",
    fix="Add an aws.ec2.VpcEndpoint of type Interface for each service; in Ascent ascent:network.interfaceEndpoints.",
    anchors=("FSBP EC2.10",),
    items=(5,),
)
def vpc_interface_endpoints(vpc: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Interface endpoints for `INTERFACE_SERVICES`. Nothing to ask where nothing runs in private subnets."""
    subnets = stack.referring(vpc, SUBNET, "vpcId")
    if all(_public(s) for s in subnets) or not any(stack.of_type(*_WORKLOADS)):
        return None
    endpoints = stack.referring(vpc, ENDPOINT, "vpcId")
    return _services(
        [e for e in endpoints if at(e, "vpcEndpointType") in ("Interface", UNKNOWN)], INTERFACE_SERVICES, "interface"
    )


@layer.joined(
    "endpoint-route-tables",
    "Gateway endpoints are in a route table",
    on=ENDPOINT,
    severity=Severity.LOW,
    levels=ALWAYS,
    why="A gateway endpoint without routes carries nothing: the traffic goes on through NAT, and nobody notices.",
    fix="Set routeTableIds, or add an aws.ec2.VpcEndpointRouteTableAssociation for each private route table.",
    items=(5,),
)
def endpoint_route_tables(endpoint: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`routeTableIds` of a gateway endpoint, or associations of their own."""
    if at(endpoint, "vpcEndpointType") not in ("Gateway", UNSET):
        return None
    if stack.referring(endpoint, ENDPOINT_ROUTES, "vpcEndpointId"):
        return passed("route tables are associated")
    return present(endpoint, "routeTableIds", "the private route tables")


@layer.resource(
    "endpoint-private-dns",
    "Interface endpoints answer under the service's usual name",
    on=ENDPOINT,
    severity=Severity.LOW,
    levels=mandatory_from("startup"),
    why="Without private DNS every SDK still resolves the public address, and the endpoint is paid for but not used.",
    fix="Set privateDnsEnabled to true; the VPC needs enableDnsSupport and enableDnsHostnames.",
    items=(5,),
)
def endpoint_private_dns(endpoint: ResourceFacts) -> Outcome | None:
    """`privateDnsEnabled` for AWS's own services, but for the two that have gateway endpoints as well."""
    service = text(endpoint, "serviceName")
    foreign = service and (".vpce." in service or service.endswith((".s3", ".dynamodb")))
    if at(endpoint, "vpcEndpointType") != "Interface" or foreign:
        return None
    return is_true(endpoint, "privateDnsEnabled")


@layer.joined(
    "data-subnets-acl",
    "Database subnets have a network ACL of their own",
    on=DATA_SUBNETS,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="The default ACL lets everything through; a second wall holds when a security group is opened by mistake.",
    fix="Add an aws.ec2.NetworkAcl with these subnetIds that lets in the database's port from the application only.",
    items=(4,),
)
def data_subnets_acl(group: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An ACL with one of the group's subnets. Nothing to ask where the stack does not make the subnets."""
    subnets = stack.referred(group, "subnetIds", SUBNET)
    if not subnets:
        return None
    acls = ((NETWORK_ACL, "subnetIds"), (NETWORK_ACL_ASSOCIATION, "subnetId"))
    if any(stack.referring(s, token, key) for s in subnets for token, key in acls):
        return passed("a network ACL covers the subnets")
    return failed("the subnets use the default network ACL", "an ACL of their own")


def _judge_openings(resource: ResourceFacts, bad: Callable[[Opening], str], wanted: str) -> Outcome:
    """The worst of what a security group lets in; `bad` says what is wrong with an opening to the world."""
    found = openings(resource)
    if isinstance(found, Unknown):
        return unverified("ingress is known only after deployment", wanted)
    open_to_world = [complaint for o in found if o.world and (complaint := bad(o))]
    if open_to_world:
        return failed(f"open to the internet: {', '.join(open_to_world)}", wanted)
    if any(o.world is None and bad(o) for o in found):
        return unverified("an address range is known only after deployment", wanted)
    return passed(f"{len(found)} opening(s), none of them too wide")


@layer.resource(
    "sg-no-open-admin-ports",
    "No security group opens SSH or RDP to the internet",
    on=(GROUP, GROUP_RULE, INGRESS_RULE),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Login ports open to the world are found and attacked within minutes.",
    fix="Delete the rule and log in through SSM Session Manager.",
    anchors=("FSBP EC2.13", "FSBP EC2.14", "checkov CKV_AWS_24", "checkov CKV_AWS_25", "checkov CKV_AWS_277"),
    items=(3, 8),
)
def sg_no_open_admin_ports(resource: ResourceFacts) -> Outcome:
    """Ports 22 and 3389, alone or within a range."""

    def bad(opening: Opening) -> str:
        return str(opening) if any(opening.reaches(p) for p in _ADMIN_PORTS) else ""

    return _judge_openings(resource, bad, "no access to ports 22 and 3389")


@layer.resource(
    "sg-open-ingress-authorized-ports",
    "Security groups open only HTTP and HTTPS to the internet",
    on=(GROUP, GROUP_RULE, INGRESS_RULE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Every other port belongs to something that was not built to face the internet.",
    fix="Let in another security group (referencedSecurityGroupId) or the ranges that need it.",
    anchors=("FSBP EC2.18", "FSBP EC2.19", "checkov CKV_AWS_260", "cdk-nag AwsSolutions-EC23"),
    items=(3,),
    parameters=(PUBLIC_PORTS,),
)
def sg_open_ingress_authorized_ports(resource: ResourceFacts, given: Values) -> Outcome:
    """One of the allowed ports at a time, 80 and 443 by default."""
    ports = given[PUBLIC_PORTS]

    def bad(opening: Opening) -> str:
        return "" if opening.ports in [(p, p) for p in ports] else str(opening)

    return _judge_openings(resource, bad, f"only ports {', '.join(map(str, ports))}" if ports else "no port")
