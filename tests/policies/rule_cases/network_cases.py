"""Cases of the network rules."""

from policies.pack.rules.network import INTERFACE_SERVICES
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

VPC = of("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
FLOW_LOG = "aws:ec2/flowLog:FlowLog"
NAT = "aws:ec2/natGateway:NatGateway"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
DB_SUBNETS = of("aws:rds/subnetGroup:SubnetGroup", "group", subnetIds=ref("a"))
CACHE_SUBNETS = of("aws:elasticache/subnetGroup:SubnetGroup", "group", subnetIds=ref("a"))
ENDPOINT_ROUTES = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
TABLE = of("aws:dynamodb/table:Table", "table")
TASK = of("aws:ecs/taskDefinition:TaskDefinition", "task")
WORLD = "0.0.0.0/0"


def subnet(name: str, zone: str, kind: str = "Private", **props: object) -> Made:
    own = {"vpcId": ref("vpc"), "availabilityZone": zone, "tags": {"SubnetType": kind}}
    return Made("aws:ec2/subnet:Subnet", name, {**own, **props})


A, B = subnet("a", "eu-central-1a"), subnet("b", "eu-central-1b")
PUBLIC = subnet("p", "eu-central-1a", "Public")


def gateway(service: str) -> Made:
    return of(ENDPOINT, service, vpcId=ref("vpc"), serviceName=f"com.amazonaws.us-east-1.{service}")


def interface(service: str) -> Made:
    name = f"com.amazonaws.us-east-1.{service}"
    return of(ENDPOINT, service, vpcId=ref("vpc"), serviceName=name, vpcEndpointType="Interface")


def inline(**block: object) -> Made:
    return of(GROUP, ingress=[{"protocol": "tcp", **block}])


CASES = [
    *cases(
        "vpc-flow-logs",
        passing=[(VPC, of(FLOW_LOG, vpcId=ref("vpc"), trafficType="ALL"))],
        failing=[
            VPC,
            (VPC, of(FLOW_LOG, vpcId=ref("vpc"), trafficType="ACCEPT")),
            (VPC, of(FLOW_LOG, vpcId="vpc-1", trafficType="ALL")),
        ],
        unknown=[(VPC, of(FLOW_LOG, vpcId=ref("vpc"), trafficType=U))],
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
            (VPC, PUBLIC, A, of(NAT, subnetId=ref("p"))),
            (VPC, PUBLIC, A, B, of(NAT, "n1", subnetId=ref("p")), of(NAT, "n2", subnetId=ref("p"))),
            (VPC, A, B, of(NAT, vpcId=ref("vpc"), availabilityMode="regional")),
        ],
        failing=[(VPC, PUBLIC, A, B, of(NAT, subnetId=ref("p")))],
        unknown=[(VPC, PUBLIC, A, subnet("b", U), of(NAT, subnetId=ref("p")))],
        unknown_is=Status.UNKNOWN,
        skipped=[
            (VPC, A, B),
            (VPC, PUBLIC, subnet("i", "eu-central-1b", "Isolated"), of(NAT, subnetId=ref("p"))),
            (VPC, A, B, of(NAT, subnetId=ref("a"), connectivityType="private")),
        ],
    ),
    *cases(
        "subnet-no-auto-public-ip",
        passing=[A, subnet("c", U, mapPublicIpOnLaunch=False)],
        failing=[subnet("c", U, mapPublicIpOnLaunch=True), subnet("c", U, mapPublicIpOnLaunch="true")],
        unknown=[subnet("c", U, mapPublicIpOnLaunch=U)],
        skipped=[
            PUBLIC,
            subnet("web-public", U, "Other", mapPublicIpOnLaunch=True),
            of("aws:ec2/subnet:Subnet", mapPublicIpOnLaunch=True, tags={"kubernetes.io/role/elb": "1"}),
            of("aws:ec2/subnet:Subnet", mapPublicIpOnLaunch=True, tags={"Name": "Public A"}),
        ],
    ),
    *cases(
        "default-sg-closed",
        passing=[
            (VPC, of(DEFAULT_GROUP, vpcId=ref("vpc"))),
            (VPC, of(DEFAULT_GROUP, vpcId=ref("vpc"), ingress=[], egress=[])),
        ],
        failing=[VPC, (VPC, of(DEFAULT_GROUP, vpcId=ref("vpc"), egress=[{"protocol": "-1"}]))],
        unknown=[(VPC, of(DEFAULT_GROUP, vpcId=ref("vpc"), ingress=U))],
    ),
    *cases(
        "vpc-gateway-endpoints",
        passing=[
            (VPC, of(ENDPOINT, vpcId=ref("vpc"), serviceName="com.amazonaws.eu-central-1.s3")),
            (VPC, of(ENDPOINT, vpcId=ref("vpc"), serviceName="x.s3", vpcEndpointType="Gateway")),
        ],
        failing=[
            VPC,
            (VPC, of(ENDPOINT, vpcId=ref("vpc"), serviceName="x.s3", vpcEndpointType="Interface")),
            (VPC, of(ENDPOINT, vpcId=ref("vpc"), serviceName="x.dynamodb")),
        ],
        unknown=[(VPC, of(ENDPOINT, vpcId=ref("vpc"), serviceName=U))],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "vpc-gateway-endpoints",
        passing=[(VPC, TABLE, gateway("s3"), gateway("dynamodb"))],
        failing=[(VPC, TABLE, gateway("s3")), (VPC, TABLE, gateway("dynamodb"))],
        unknown=[(VPC, TABLE, gateway("s3"), of(ENDPOINT, vpcId=ref("vpc"), serviceName=U))],
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
        unknown=[(VPC, A, TASK, of(ENDPOINT, vpcId=ref("vpc"), serviceName=U, vpcEndpointType="Interface"))],
        unknown_is=Status.UNKNOWN,
        skipped=[(VPC, A), (VPC, PUBLIC, TASK), (VPC, TASK)],
    ),
    *cases(
        "endpoint-route-tables",
        passing=[
            of(ENDPOINT, serviceName="x.s3", routeTableIds=["rtb-1"]),
            (of(ENDPOINT), of(ENDPOINT_ROUTES, "routes", vpcEndpointId=ref("it"), routeTableId=U)),
        ],
        failing=[of(ENDPOINT, serviceName="x.s3"), of(ENDPOINT, vpcEndpointType="Gateway", routeTableIds=[])],
        unknown=[of(ENDPOINT, routeTableIds=U)],
        unknown_is=Status.PASS,
        skipped=[of(ENDPOINT, vpcEndpointType="Interface")],
    ),
    *cases(
        "endpoint-private-dns",
        passing=[of(ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs", privateDnsEnabled=True)],
        failing=[
            of(ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs"),
            of(ENDPOINT, vpcEndpointType="Interface", serviceName=U, privateDnsEnabled=False),
        ],
        unknown=[of(ENDPOINT, vpcEndpointType="Interface", serviceName="x.logs", privateDnsEnabled=U)],
        skipped=[
            gateway("s3"),
            of(ENDPOINT, vpcEndpointType="Interface", serviceName="com.amazonaws.us-east-1.s3"),
            of(ENDPOINT, vpcEndpointType="Interface", serviceName="com.amazonaws.vpce.us-east-1.vpce-svc-1"),
        ],
    ),
    *cases(
        "data-subnets-acl",
        passing=[
            (DB_SUBNETS, A, VPC, of("aws:ec2/networkAcl:NetworkAcl", subnetIds=ref("a"))),
            (DB_SUBNETS, A, VPC, of("aws:ec2/networkAclAssociation:NetworkAclAssociation", subnetId=ref("a"))),
            (CACHE_SUBNETS, A, VPC, of("aws:ec2/networkAcl:NetworkAcl", subnetIds=ref("a"))),
        ],
        failing=[
            (DB_SUBNETS, A, VPC),
            (CACHE_SUBNETS, A, VPC),
            (DB_SUBNETS, A, B, VPC, of("aws:ec2/networkAcl:NetworkAcl", subnetIds=ref("b"))),
        ],
        unknown=[(DB_SUBNETS, A, VPC, of("aws:ec2/networkAcl:NetworkAcl", subnetIds=U))],
        skipped=[of("aws:rds/subnetGroup:SubnetGroup", subnetIds=["subnet-1"])],
    ),
    *cases(
        "sg-no-open-admin-ports",
        passing=[
            of(GROUP),
            inline(fromPort=443, toPort=443, cidrBlocks=[WORLD]),
            inline(fromPort=22, toPort=22, cidrBlocks=["10.0.0.0/8"]),
            of(GROUP_RULE, type="egress", protocol="-1", fromPort=0, toPort=0, cidrBlocks=[WORLD]),
            of(INGRESS, ipProtocol="tcp", fromPort=22, toPort=22, referencedSecurityGroupId=U),
            of(INGRESS, ipProtocol="icmp", fromPort=-1, toPort=-1, cidrIpv4=WORLD),
        ],
        failing=[
            inline(fromPort=22, toPort=22, cidrBlocks=[WORLD]),
            inline(fromPort=3000, toPort=4000, ipv6CidrBlocks=["::/0"]),
            of(GROUP, ingress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": [WORLD]}]),
            of(GROUP_RULE, type="ingress", protocol="tcp", fromPort=3389, toPort=3389, cidrBlocks=[WORLD]),
            of(INGRESS, ipProtocol="-1", cidrIpv6="::/0"),
            of(INGRESS, ipProtocol="tcp", fromPort=U, toPort=U, cidrIpv4=WORLD),
            of(INGRESS, ipProtocol=-1, cidrIpv4=WORLD),
        ],
        unknown=[
            of(GROUP, ingress=U),
            of(GROUP, ingress=[U]),
            inline(fromPort=22, toPort=22, cidrBlocks=U),
            of(INGRESS, ipProtocol="tcp", fromPort=22, toPort=22, cidrIpv4=U),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "sg-open-ingress-authorized-ports",
        passing=[
            inline(fromPort=80, toPort=80, cidrBlocks=[WORLD]),
            of(INGRESS, ipProtocol="tcp", fromPort="443", toPort="443", cidrIpv4=WORLD),
            of(INGRESS, ipProtocol="tcp", fromPort=443, toPort=443, cidrIpv4=U),
        ],
        failing=[
            inline(fromPort=80, toPort=443, cidrBlocks=[WORLD]),
            of(INGRESS, ipProtocol="tcp", fromPort=8080, toPort=8080, cidrIpv4=WORLD),
            of(INGRESS, ipProtocol=U, fromPort=5432, toPort=5432, cidrIpv4=WORLD),
        ],
        unknown=[of(INGRESS, ipProtocol="tcp", fromPort=8080, toPort=8080, cidrIpv4=U), of(GROUP, ingress=U)],
        unknown_is=Status.UNKNOWN,
    ),
]
