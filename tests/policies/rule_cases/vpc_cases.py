"""Cases of the rules in policies/pack/rules/vpc.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.rules.vpc import INTERFACE_SERVICES
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

VPC = of(types.EC2_VPC, "vpc", cidrBlock="10.0.0.0/16")

DB_SUBNETS = of(types.RDS_SUBNET_GROUP, "group", subnetIds=ref("a"))

CACHE_SUBNETS = of(types.ELASTICACHE_SUBNET_GROUP, "group", subnetIds=ref("a"))

TABLE = of(types.DYNAMODB_TABLE, "table")

TASK = of(types.ECS_TASK_DEFINITION, "task")

NAT_A = of(types.EC2_NAT_GATEWAY, "nat", subnetId=ref("public-a"))


def subnet(name: str, zone: str, kind: str = "Private", **props: object) -> Made:
    own = {"vpcId": ref("vpc"), "availabilityZone": zone, "tags": {"SubnetType": kind}}
    return Made(types.EC2_SUBNET, name, {**own, **props})


A, B = subnet("a", "eu-central-1a"), subnet("b", "eu-central-1b")


PUBLIC = subnet("p", "eu-central-1a", "Public")

PUBLIC_B = subnet("q", "eu-central-1b", "Public")

DEFAULT_VPC = of(types.EC2_DEFAULT_VPC, "vpc")

WORLD = "0.0.0.0/0"


def asking(name: str, **props: object) -> Made:
    """A subnet that hands out public addresses."""
    return subnet(name, U, "Other", mapPublicIpOnLaunch=True, **props)


def table(*routes: object, token: str = types.EC2_ROUTE_TABLE, **props: object) -> Made:
    return Made(token, "table", {"vpcId": ref("vpc"), "routes": list(routes), **props})


def association(subnet: object, **props: object) -> Made:
    return Made(types.EC2_ROUTE_TABLE_ASSOCIATION, "ta", {"subnetId": subnet, "routeTableId": ref("table"), **props})


def nat(name: str, subnet: object) -> Made:
    return of(types.EC2_NAT_GATEWAY, name, subnetId=subnet)


def gateway(service: str) -> Made:
    return of(types.EC2_VPC_ENDPOINT, service, vpcId=ref("vpc"), serviceName=f"com.amazonaws.us-east-1.{service}")


def interface(service: str) -> Made:
    name = f"com.amazonaws.us-east-1.{service}"
    return of(types.EC2_VPC_ENDPOINT, service, vpcId=ref("vpc"), serviceName=name, vpcEndpointType="Interface")


def zoned(name: str, zone: str) -> Made:
    return of(types.EC2_SUBNET, name, availabilityZone=zone)


def routed(gateway: Made, zone: str) -> tuple[Made, ...]:
    """A route table of one private subnet, whose way out is a NAT gateway."""
    return (
        of(types.EC2_ROUTE_TABLE, "table"),
        of(types.EC2_ROUTE, "route", routeTableId=ref("table"), natGatewayId=ref("nat")),
        of(types.EC2_ROUTE_TABLE_ASSOCIATION, "association", routeTableId=ref("table"), subnetId=ref("private")),
        zoned("private", zone),
        zoned("public-a", "eu-central-1a"),
        gateway,
    )


CASES = [
    *cases(
        "vpc-flow-logs",
        passing=[
            (VPC, of(types.EC2_FLOW_LOG, vpcId=ref("vpc"), trafficType="ALL")),
            (DEFAULT_VPC, of(types.EC2_FLOW_LOG, vpcId=ref("vpc"), trafficType="ALL")),
            (
                VPC,
                of(types.EC2_FLOW_LOG, "in", vpcId=ref("vpc"), trafficType="ACCEPT"),
                of(types.EC2_FLOW_LOG, "refused", vpcId=ref("vpc"), trafficType="REJECT"),
            ),
        ],
        failing=[
            VPC,
            DEFAULT_VPC,
            (VPC, of(types.EC2_FLOW_LOG, vpcId=ref("vpc"), trafficType="ACCEPT")),
            (VPC, of(types.EC2_FLOW_LOG, vpcId="vpc-1", trafficType="ALL")),
        ],
        unknown=[(VPC, of(types.EC2_FLOW_LOG, vpcId=ref("vpc"), trafficType=U))],
    ),
    *cases(
        "subnets-multi-az",
        passing=[(VPC, A, B), (VPC, PUBLIC, A, B)],
        failing=[(VPC, A), (VPC, A, subnet("a2", "eu-central-1a")), (VPC, A, subnet("p", "eu-central-1b", "Public"))],
        unknown=[(VPC, A, subnet("b", U))],
        unknown_is=Status.UNKNOWN,
        skipped=[VPC],
    ),
    *cases(
        "nat-per-az",
        passing=[
            (VPC, PUBLIC, A, of(types.EC2_NAT_GATEWAY, subnetId=ref("p"))),
            (VPC, PUBLIC, PUBLIC_B, A, B, nat("n1", ref("p")), nat("n2", ref("q"))),
            # What leads nowhere needs no gateway.
            (VPC, PUBLIC, A, B, table(), association(ref("b")), nat("n1", ref("p"))),
            (VPC, A, B, of(types.EC2_NAT_GATEWAY, vpcId=ref("vpc"), availabilityMode="regional")),
        ],
        failing=[
            (VPC, PUBLIC, A, B, nat("n", ref("p"))),
            (VPC, PUBLIC, A, B, nat("n1", ref("p")), nat("n2", ref("p"))),
            (VPC, PUBLIC, PUBLIC_B, A, subnet("c", "eu-central-1c"), nat("n1", ref("p")), nat("n2", ref("q"))),
        ],
        unknown=[
            (VPC, PUBLIC, A, subnet("b", U), nat("n", ref("p"))),
            (VPC, subnet("p", U, "Public"), A, nat("n", ref("p"))),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[
            (VPC, A, B),
            (VPC, PUBLIC, subnet("i", "eu-central-1b", "Isolated"), of(types.EC2_NAT_GATEWAY, subnetId=ref("p"))),
            (VPC, A, B, of(types.EC2_NAT_GATEWAY, subnetId=ref("a"), connectivityType="private")),
        ],
    ),
    *cases(
        "nat-same-zone",
        passing=[
            routed(NAT_A, "eu-central-1a"),
            routed(of(types.EC2_NAT_GATEWAY, "nat", availabilityMode="regional"), "eu-central-1b"),
        ],
        failing=[
            routed(NAT_A, "eu-central-1b"),
            (
                of(types.EC2_ROUTE_TABLE, "table", routes=ref("nat")),
                of(
                    types.EC2_ROUTE_TABLE_ASSOCIATION, "association", routeTableId=ref("table"), subnetId=ref("private")
                ),
                zoned("private", "eu-central-1b"),
                zoned("public-a", "eu-central-1a"),
                NAT_A,
            ),
        ],
        unknown=[routed(NAT_A, U), routed(of(types.EC2_NAT_GATEWAY, "nat", subnetId=U), "eu-central-1a")],
        unknown_is=Status.UNKNOWN,
        skipped=[
            of(types.EC2_ROUTE_TABLE, "table"),
            (of(types.EC2_ROUTE_TABLE, "table"), of(types.EC2_ROUTE, routeTableId=ref("table"), natGatewayId="nat-1")),
        ],
    ),
    *cases(
        "subnet-no-auto-public-ip",
        passing=[A, subnet("c", U, mapPublicIpOnLaunch=False)],
        failing=[
            asking("c"),
            subnet("c", U, mapPublicIpOnLaunch="true"),
            asking("publications"),
            of(types.EC2_SUBNET, mapPublicIpOnLaunch=True, tags={"Name": "Public A"}),
            # What the routes say goes before what the tag says.
            (
                subnet("c", U, "Public", mapPublicIpOnLaunch=True),
                VPC,
                table({"cidrBlock": WORLD, "natGatewayId": "nat-1"}),
                association(ref("c")),
            ),
            (asking("c"), VPC, table({"cidrBlock": "10.1.0.0/16", "gatewayId": "vgw-1"}), association(ref("c"))),
            (asking("c"), VPC, table({"cidrBlock": WORLD, "gatewayId": "igw-1"}), association(ref("d")), asking("d")),
        ],
        unknown=[subnet("c", U, mapPublicIpOnLaunch=U)],
        skipped=[
            PUBLIC,
            of(types.EC2_SUBNET, mapPublicIpOnLaunch=True, tags={"kubernetes.io/role/elb": "1"}),
            (asking("dmz"), VPC, table({"cidrBlock": WORLD, "gatewayId": "igw-1"}), association(ref("dmz"))),
            (asking("dmz"), VPC, table({"cidrBlock": WORLD, "gatewayId": U}), association(ref("dmz"))),
            (
                asking("dmz"),
                VPC,
                table(),
                association(ref("dmz")),
                of(types.EC2_INTERNET_GATEWAY, "igw"),
                of(types.EC2_ROUTE, routeTableId=ref("table"), destinationCidrBlock=WORLD, gatewayId=ref("igw")),
            ),
            (asking("dmz"), DEFAULT_VPC),
            # The main route table holds for subnets without an association.
            (
                asking("dmz"),
                VPC,
                of(types.EC2_ROUTE, routeTableId=ref("vpc"), destinationCidrBlock=WORLD, gatewayId="igw-1"),
            ),
            (
                asking("dmz"),
                VPC,
                table({"ipv6CidrBlock": "::/0", "gatewayId": "igw-1"}),
                of(types.EC2_MAIN_ROUTE_TABLE_ASSOCIATION, vpcId=ref("vpc"), routeTableId=ref("table")),
            ),
            (
                asking("dmz"),
                VPC,
                table(
                    {"cidrBlock": WORLD, "gatewayId": "igw-1"},
                    token=types.EC2_DEFAULT_ROUTE_TABLE,
                    defaultRouteTableId=ref("vpc"),
                ),
            ),
        ],
    ),
    *cases(
        "vpc-gateway-endpoints",
        passing=[
            (VPC, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName="com.amazonaws.eu-central-1.s3")),
            (VPC, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName="x.s3", vpcEndpointType="Gateway")),
        ],
        failing=[
            VPC,
            (VPC, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName="x.s3", vpcEndpointType="Interface")),
            (VPC, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName="x.dynamodb")),
        ],
        unknown=[(VPC, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName=U))],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "vpc-gateway-endpoints",
        passing=[(VPC, TABLE, gateway("s3"), gateway("dynamodb"))],
        failing=[(VPC, TABLE, gateway("s3")), (VPC, TABLE, gateway("dynamodb"))],
        unknown=[(VPC, TABLE, gateway("s3"), of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName=U))],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "vpc-interface-endpoints",
        passing=[(VPC, A, TASK, *(interface(service) for service in INTERFACE_SERVICES))],
        failing=[
            (VPC, A, TASK),
            (VPC, A, TASK, *(interface(service) for service in INTERFACE_SERVICES[1:])),
            (VPC, A, TASK, *(gateway(service) for service in INTERFACE_SERVICES)),
        ],
        unknown=[
            (VPC, A, TASK, of(types.EC2_VPC_ENDPOINT, vpcId=ref("vpc"), serviceName=U, vpcEndpointType="Interface"))
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[(VPC, A), (VPC, PUBLIC, TASK), (VPC, TASK)],
    ),
    *cases(
        "endpoint-route-tables",
        passing=[
            of(types.EC2_VPC_ENDPOINT, serviceName="x.s3", routeTableIds=["rtb-1"]),
            (
                of(types.EC2_VPC_ENDPOINT),
                of(types.EC2_VPC_ENDPOINT_ROUTE_TABLE_ASSOCIATION, "routes", vpcEndpointId=ref("it"), routeTableId=U),
            ),
        ],
        failing=[
            of(types.EC2_VPC_ENDPOINT, serviceName="x.s3"),
            of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Gateway", routeTableIds=[]),
        ],
        unknown=[of(types.EC2_VPC_ENDPOINT, routeTableIds=U)],
        unknown_is=Status.PASS,
        skipped=[of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface")],
    ),
    *cases(
        "endpoint-private-dns",
        passing=[of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs", privateDnsEnabled=True)],
        failing=[
            of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs"),
            of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface", serviceName=U, privateDnsEnabled=False),
        ],
        unknown=[of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs", privateDnsEnabled=U)],
        skipped=[
            gateway("s3"),
            of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Interface", serviceName="com.amazonaws.us-east-1.s3"),
            of(
                types.EC2_VPC_ENDPOINT,
                vpcEndpointType="Interface",
                serviceName="com.amazonaws.vpce.us-east-1.vpce-svc-1",
            ),
        ],
    ),
    *cases(
        "data-subnets-acl",
        passing=[
            (DB_SUBNETS, A, VPC, of(types.EC2_NETWORK_ACL, subnetIds=ref("a"))),
            (DB_SUBNETS, A, VPC, of(types.EC2_NETWORK_ACL_ASSOCIATION, subnetId=ref("a"))),
            (CACHE_SUBNETS, A, VPC, of(types.EC2_NETWORK_ACL, subnetIds=ref("a"))),
        ],
        failing=[
            (DB_SUBNETS, A, VPC),
            (CACHE_SUBNETS, A, VPC),
            (DB_SUBNETS, A, B, VPC, of(types.EC2_NETWORK_ACL, subnetIds=ref("b"))),
        ],
        unknown=[(DB_SUBNETS, A, VPC, of(types.EC2_NETWORK_ACL, subnetIds=U))],
        skipped=[of(types.RDS_SUBNET_GROUP, subnetIds=["subnet-1"])],
    ),
]
