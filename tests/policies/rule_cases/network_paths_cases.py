"""Cases of the rules about the ways that traffic takes."""

from policies.pack.verdict import Status
from tests.policies.building import Made, Ref, U, cases, of, ref

NAT = "aws:ec2/natGateway:NatGateway"
ROUTE = "aws:ec2/route:Route"
TABLE = "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def subnet(name: str, zone: str) -> Made:
    return of("aws:ec2/subnet:Subnet", name, availabilityZone=zone)


def routed(gateway: Made, zone: str) -> tuple[Made, ...]:
    """A route table of one private subnet, whose way out is a NAT gateway."""
    return (
        of(TABLE, "table"),
        of(ROUTE, "route", routeTableId=ref("table"), natGatewayId=ref("nat")),
        of(ASSOCIATION, "association", routeTableId=ref("table"), subnetId=ref("private")),
        subnet("private", zone),
        subnet("public-a", "eu-central-1a"),
        gateway,
    )


NAT_A = of(NAT, "nat", subnetId=ref("public-a"))


def database(*more: Made, groups: object = None) -> tuple[Made, ...]:
    """A database with one security group, and what lets traffic into it."""
    held = Ref(("group",)) if groups is None else groups
    return (Made("aws:rds/instance:Instance", "db", {"vpcSecurityGroupIds": held}), *more)


def inline(**block: object) -> Made:
    return of(GROUP, "group", ingress=[{"protocol": "tcp", "fromPort": 5432, "toPort": 5432, **block}])


def standalone(token: str, **props: object) -> tuple[Made, ...]:
    return database(of(GROUP, "group"), Made(token, "rule", {"securityGroupId": ref("group"), **props}))


CASES = [
    *cases(
        "nat-same-zone",
        passing=[
            routed(NAT_A, "eu-central-1a"),
            routed(of(NAT, "nat", availabilityMode="regional"), "eu-central-1b"),
        ],
        failing=[
            routed(NAT_A, "eu-central-1b"),
            (
                of(TABLE, "table", routes=ref("nat")),
                of(ASSOCIATION, "association", routeTableId=ref("table"), subnetId=ref("private")),
                subnet("private", "eu-central-1b"),
                subnet("public-a", "eu-central-1a"),
                NAT_A,
            ),
        ],
        unknown=[routed(NAT_A, U), routed(of(NAT, "nat", subnetId=U), "eu-central-1a")],
        unknown_is=Status.UNKNOWN,
        skipped=[of(TABLE, "table"), (of(TABLE, "table"), of(ROUTE, routeTableId=ref("table"), natGatewayId="nat-1"))],
    ),
    *cases(
        "data-ingress-by-group",
        passing=[
            database(of(GROUP, "group")),
            database(inline(securityGroups=[U])),
            database(inline(self=True, cidrBlocks=[])),
            database(of(GROUP, "group", ingress=[{"protocol": "icmp", "cidrBlocks": ["10.0.0.0/8"]}])),
            standalone(INGRESS, ipProtocol="tcp", referencedSecurityGroupId=U),
            standalone(GROUP_RULE, type="egress", protocol="-1", cidrBlocks=["0.0.0.0/0"]),
        ],
        failing=[
            database(inline(cidrBlocks=["10.0.0.0/16"])),
            standalone(INGRESS, ipProtocol="tcp", cidrIpv4="10.0.0.0/16"),
            standalone(GROUP_RULE, type="ingress", protocol="tcp", ipv6CidrBlocks=["::/0"]),
            (
                of("aws:elasticache/replicationGroup:ReplicationGroup", "cache", securityGroupIds=ref("group")),
                inline(cidrBlocks=["10.0.0.0/16", U]),
            ),
        ],
        unknown=[
            database(of(GROUP, "group", ingress=U)),
            database(inline(cidrBlocks=[U])),
            standalone(INGRESS, ipProtocol="tcp", cidrIpv4=U),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[database(groups=["sg-1"]), of("aws:rds/cluster:Cluster")],
    ),
]
