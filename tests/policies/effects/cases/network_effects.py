"""Networks: groups, subnets, gateways, endpoints, ACLs and flow logs."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import of, ref
from tests.policies.effects.effect import idle, unsure, works

WORLD = "0.0.0.0/0"
GROUP = types.EC2_SECURITY_GROUP


def open_to(block: str, low: int, high: int, protocol: str = "tcp") -> object:
    return [{"protocol": protocol, "fromPort": low, "toPort": high, "cidrBlocks": [block]}]


DATABASES = of(types.RDS_SUBNET_GROUP, "databases", subnetIds=ref("one", "two"))
ONE, TWO = of(types.EC2_SUBNET, "one"), of(types.EC2_SUBNET, "two")
ALL_IN = {"ruleNo": 100, "action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlock": WORLD}
ONLY_SQL = {
    "ruleNo": 100,
    "action": "allow",
    "protocol": "tcp",
    "fromPort": 5432,
    "toPort": 5432,
    "cidrBlock": "10.0.0.0/16",
}

EFFECTS = [
    idle("sg-no-open-admin-ports", "a range with 22 in it", of(GROUP, ingress=open_to(WORLD, 20, 30))),
    works("sg-no-open-admin-ports", "SSH speaks no UDP", of(GROUP, ingress=open_to(WORLD, 22, 22, "udp"))),
    idle("sg-no-open-admin-ports", "RDP speaks UDP too", of(GROUP, ingress=open_to(WORLD, 3389, 3389, "udp"))),
    idle(
        "sg-no-open-admin-ports", "half the internet is the internet", of(GROUP, ingress=open_to("128.0.0.0/1", 22, 22))
    ),
    idle("sg-no-open-admin-ports", "minus one means every port", of(GROUP, ingress=open_to(WORLD, -1, -1))),
    works("sg-no-open-admin-ports", "a company's own range", of(GROUP, ingress=open_to("203.0.113.0/24", 22, 22))),
    works(
        "sg-no-open-admin-ports",
        "egress lets nobody in",
        of(types.EC2_SECURITY_GROUP_RULE, type="egress", protocol="-1", fromPort=0, toPort=0, cidrBlocks=[WORLD]),
    ),
    idle("sg-open-ingress-authorized-ports", "80 to 443 is more than both", of(GROUP, ingress=open_to(WORLD, 80, 443))),
    works(
        "sg-open-ingress-authorized-ports", "HTTP/3 is UDP on 443", of(GROUP, ingress=open_to(WORLD, 443, 443, "udp"))
    ),
    idle(
        "default-sg-closed",
        "a rule of its own opens the adopted group again",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_DEFAULT_SECURITY_GROUP, "closed", vpcId=ref("vpc")),
        of(types.VPC_SECURITY_GROUP_EGRESS_RULE, "out", securityGroupId=ref("closed"), ipProtocol="-1", cidrIpv4=WORLD),
    ),
    idle(
        "default-sg-closed",
        "the group of another VPC is adopted",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_VPC, "other"),
        of(types.EC2_DEFAULT_SECURITY_GROUP, "closed", vpcId=ref("other")),
    ),
    works(
        "default-sg-closed",
        "adopted and left empty",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_DEFAULT_SECURITY_GROUP, "closed", vpcId=ref("vpc")),
    ),
    idle(
        "data-subnets-acl",
        "one of two subnets is left out",
        DATABASES,
        ONE,
        TWO,
        of(types.EC2_NETWORK_ACL, "wall", subnetIds=ref("one"), ingress=[ONLY_SQL]),
    ),
    idle(
        "data-subnets-acl",
        "an ACL that lets everything in is AWS's default again",
        DATABASES,
        ONE,
        TWO,
        of(types.EC2_NETWORK_ACL, "wall", subnetIds=ref("one", "two"), ingress=[ALL_IN]),
    ),
    idle(
        "data-subnets-acl",
        "a rule by itself opens the ACL",
        DATABASES,
        ONE,
        TWO,
        of(types.EC2_NETWORK_ACL, "wall", subnetIds=ref("one", "two")),
        of(
            types.EC2_NETWORK_ACL_RULE,
            "all",
            networkAclId=ref("wall"),
            ruleNumber=100,
            ruleAction="allow",
            protocol="-1",
            cidrBlock=WORLD,
        ),
    ),
    works(
        "data-subnets-acl",
        "both subnets behind a narrow one",
        DATABASES,
        ONE,
        TWO,
        of(types.EC2_NETWORK_ACL, "wall", subnetIds=ref("one", "two"), ingress=[ONLY_SQL]),
    ),
    idle(
        "vpc-flow-logs",
        "what is refused is not all",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_FLOW_LOG, "log", vpcId=ref("vpc"), trafficType="ACCEPT"),
    ),
    works(
        "vpc-flow-logs",
        "all traffic of this VPC",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_FLOW_LOG, "log", vpcId=ref("vpc"), trafficType="ALL"),
    ),
    idle(
        "endpoint-route-tables",
        "an endpoint in no table carries nothing",
        of(
            types.EC2_VPC_ENDPOINT,
            vpcEndpointType="Gateway",
            serviceName="com.amazonaws.eu-west-1.s3",
            routeTableIds=[],
        ),
    ),
    works(
        "endpoint-route-tables",
        "an association puts it into one",
        of(types.EC2_VPC_ENDPOINT, "s3", vpcEndpointType="Gateway", serviceName="com.amazonaws.eu-west-1.s3"),
        of(types.EC2_VPC_ENDPOINT_ROUTE_TABLE_ASSOCIATION, "in", vpcEndpointId=ref("s3"), routeTableId="rtb"),
    ),
    works(
        "endpoint-private-dns",
        "S3's gateway has no private name",
        of(types.EC2_VPC_ENDPOINT, vpcEndpointType="Gateway"),
    ),
    idle(
        "subnet-no-auto-public-ip",
        "public in its name only",
        of(types.EC2_SUBNET, "public-a", mapPublicIpOnLaunch=True),
    ),
    works(
        "subnet-no-auto-public-ip",
        "its routes lead to an internet gateway",
        of(types.EC2_SUBNET, "web", mapPublicIpOnLaunch=True),
        of(types.EC2_ROUTE_TABLE_ASSOCIATION, "link", subnetId=ref("web"), routeTableId=ref("table")),
        of(types.EC2_ROUTE_TABLE, "table"),
        of(types.EC2_ROUTE, "out", routeTableId=ref("table"), gatewayId=ref("gateway"), destinationCidrBlock=WORLD),
        of(types.EC2_INTERNET_GATEWAY, "gateway"),
    ),
    idle(
        "subnets-multi-az",
        "two subnets in one zone",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_SUBNET, "a", vpcId=ref("vpc"), availabilityZone="eu-west-1a"),
        of(types.EC2_SUBNET, "b", vpcId=ref("vpc"), availabilityZone="eu-west-1a"),
    ),
    unsure(
        "subnets-multi-az",
        "zones that AWS will choose",
        of(types.EC2_VPC, "vpc"),
        of(types.EC2_SUBNET, "a", vpcId=ref("vpc")),
        of(types.EC2_SUBNET, "b", vpcId=ref("vpc")),
    ),
    idle(
        "data-ingress-by-group",
        "a range beside the group",
        of(types.RDS_INSTANCE, "db", vpcSecurityGroupIds=ref("sql")),
        of(
            GROUP,
            "sql",
            ingress=[
                {
                    "protocol": "tcp",
                    "fromPort": 5432,
                    "toPort": 5432,
                    "securityGroups": ["sg-1"],
                    "cidrBlocks": ["10.0.0.0/8"],
                }
            ],
        ),
    ),
]
