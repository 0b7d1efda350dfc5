"""Cases of the rules in policies/pack/rules/security_groups.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, Ref, U, cases, of, ref

VPC = of(types.EC2_VPC, "vpc", cidrBlock="10.0.0.0/16")

CLOSED = of(types.EC2_DEFAULT_SECURITY_GROUP, "default", vpcId=ref("vpc"))

WORLD = "0.0.0.0/0"


def inline(**block: object) -> Made:
    return of(types.EC2_SECURITY_GROUP, ingress=[{"protocol": "tcp", **block}])


def database(*more: Made, groups: object = None) -> tuple[Made, ...]:
    """A database with one security group, and what lets traffic into it."""
    held = Ref(("group",)) if groups is None else groups
    return (Made(types.RDS_INSTANCE, "db", {"vpcSecurityGroupIds": held}), *more)


def admitting(**block: object) -> Made:
    return of(
        types.EC2_SECURITY_GROUP, "group", ingress=[{"protocol": "tcp", "fromPort": 5432, "toPort": 5432, **block}]
    )


def standalone(token: str, **props: object) -> tuple[Made, ...]:
    return database(
        of(types.EC2_SECURITY_GROUP, "group"), Made(token, "rule", {"securityGroupId": ref("group"), **props})
    )


CASES = [
    *cases(
        "default-sg-closed",
        passing=[
            (VPC, of(types.EC2_DEFAULT_SECURITY_GROUP, vpcId=ref("vpc"))),
            (VPC, of(types.EC2_DEFAULT_SECURITY_GROUP, vpcId=ref("vpc"), ingress=[], egress=[])),
            (of(types.EC2_DEFAULT_VPC), of(types.EC2_DEFAULT_SECURITY_GROUP, "default")),
            (VPC, CLOSED, of(types.VPC_SECURITY_GROUP_INGRESS_RULE, "rule", securityGroupId=ref("another"))),
        ],
        failing=[
            VPC,
            of(types.EC2_DEFAULT_VPC),
            (VPC, of(types.EC2_DEFAULT_SECURITY_GROUP, vpcId=ref("vpc"), egress=[{"protocol": "-1"}])),
            *(
                (VPC, CLOSED, Made(token, "rule", {"securityGroupId": ref(owner)}))
                for token in (
                    types.VPC_SECURITY_GROUP_INGRESS_RULE,
                    types.VPC_SECURITY_GROUP_EGRESS_RULE,
                    types.EC2_SECURITY_GROUP_RULE,
                )
                for owner in ("default", "vpc")
            ),
        ],
        unknown=[(VPC, of(types.EC2_DEFAULT_SECURITY_GROUP, vpcId=ref("vpc"), ingress=U))],
    ),
    *cases(
        "sg-no-open-admin-ports",
        passing=[
            of(types.EC2_SECURITY_GROUP),
            inline(fromPort=443, toPort=443, cidrBlocks=[WORLD]),
            inline(fromPort=22, toPort=22, cidrBlocks=["10.0.0.0/8"]),
            inline(fromPort=22, toPort=22, ipv6CidrBlocks=["2001:db8::/32", "fc00::/16"]),
            inline(fromPort=22, toPort=22, self=True, prefixListIds=["pl-1"]),
            of(types.EC2_DEFAULT_SECURITY_GROUP),
            of(types.EC2_SECURITY_GROUP_RULE, type="egress", protocol="-1", fromPort=0, toPort=0, cidrBlocks=[WORLD]),
            of(
                types.VPC_SECURITY_GROUP_INGRESS_RULE,
                ipProtocol="tcp",
                fromPort=22,
                toPort=22,
                referencedSecurityGroupId=U,
            ),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="icmp", fromPort=-1, toPort=-1, cidrIpv4=WORLD),
        ],
        failing=[
            inline(fromPort=22, toPort=22, cidrBlocks=[WORLD]),
            inline(fromPort=3000, toPort=4000, ipv6CidrBlocks=["::/0"]),
            inline(fromPort=22, toPort=22, ipv6CidrBlocks=["0::/0"]),
            inline(fromPort=22, toPort=22, ipv6CidrBlocks=["2000::/3"]),
            inline(fromPort=22, toPort=22, cidrBlocks=["0.0.0.0/1", "128.0.0.0/1"]),
            inline(fromPort=22, toPort=22, self=True, cidrBlocks=[WORLD]),
            of(
                types.EC2_DEFAULT_SECURITY_GROUP,
                ingress=[{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": [WORLD]}],
            ),
            of(
                types.EC2_SECURITY_GROUP,
                ingress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": [WORLD]}],
            ),
            of(
                types.EC2_SECURITY_GROUP_RULE,
                type="ingress",
                protocol="tcp",
                fromPort=3389,
                toPort=3389,
                cidrBlocks=[WORLD],
            ),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="-1", cidrIpv6="::/0"),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort=U, toPort=U, cidrIpv4=WORLD),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol=-1, cidrIpv4=WORLD),
        ],
        unknown=[
            of(types.EC2_SECURITY_GROUP, ingress=U),
            of(types.EC2_SECURITY_GROUP, ingress=[U]),
            inline(fromPort=22, toPort=22, cidrBlocks=U),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort=22, toPort=22, cidrIpv4=U),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "sg-open-ingress-authorized-ports",
        passing=[
            inline(fromPort=80, toPort=80, cidrBlocks=[WORLD]),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort="443", toPort="443", cidrIpv4=WORLD),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort=443, toPort=443, cidrIpv4=U),
        ],
        failing=[
            inline(fromPort=80, toPort=443, cidrBlocks=[WORLD]),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort=8080, toPort=8080, cidrIpv4=WORLD),
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol=U, fromPort=5432, toPort=5432, cidrIpv4=WORLD),
        ],
        unknown=[
            of(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", fromPort=8080, toPort=8080, cidrIpv4=U),
            of(types.EC2_SECURITY_GROUP, ingress=U),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "data-ingress-by-group",
        passing=[
            database(of(types.EC2_SECURITY_GROUP, "group")),
            database(admitting(securityGroups=[U])),
            database(admitting(self=True, cidrBlocks=[])),
            database(
                of(types.EC2_SECURITY_GROUP, "group", ingress=[{"protocol": "icmp", "cidrBlocks": ["10.0.0.0/8"]}])
            ),
            standalone(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", referencedSecurityGroupId=U),
            standalone(types.EC2_SECURITY_GROUP_RULE, type="egress", protocol="-1", cidrBlocks=["0.0.0.0/0"]),
        ],
        failing=[
            database(admitting(cidrBlocks=["10.0.0.0/16"])),
            standalone(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", cidrIpv4="10.0.0.0/16"),
            standalone(types.EC2_SECURITY_GROUP_RULE, type="ingress", protocol="tcp", ipv6CidrBlocks=["::/0"]),
            (
                of(types.ELASTICACHE_REPLICATION_GROUP, "cache", securityGroupIds=ref("group")),
                admitting(cidrBlocks=["10.0.0.0/16", U]),
            ),
        ],
        unknown=[
            database(of(types.EC2_SECURITY_GROUP, "group", ingress=U)),
            database(admitting(cidrBlocks=[U])),
            standalone(types.VPC_SECURITY_GROUP_INGRESS_RULE, ipProtocol="tcp", cidrIpv4=U),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[database(groups=["sg-1"]), of(types.RDS_CLUSTER)],
    ),
]
