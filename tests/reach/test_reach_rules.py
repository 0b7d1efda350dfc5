"""What stops a connection, one thing at a time: groups, ACLs, routes, addresses, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.plan.model import UNKNOWN
from ascent.reach.answer import Verdict
from ascent.reach.ask import Network
from policies.pack import types
from tests.reach.net import (
    ANYWHERE,
    DOOR,
    GROUP,
    INNER,
    INNER_TABLE,
    OUTER_TABLE,
    VPC,
    Ref,
    changed,
    made,
    network,
    rule,
    without,
)

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource
    from ascent.reach.answer import Answer

OPEN = (
    rule("gate-in", "in", DOOR, 443, ANYWHERE),
    rule("gate-out", "out", DOOR, 5432, GROUP),
    rule("box-in", "in", GROUP, 5432, DOOR),
    rule("box-out", "out", GROUP, 443, ANYWHERE),
)


def ask(whole: Plan, source: str, target: str, port: int | None = None) -> Answer:
    net = Network(whole)
    begin, end = net.place(source), net.place(target)
    assert begin is not None
    assert end is not None
    return net.ask(begin, end, port)


def said(answer: Answer) -> str:
    assert answer.stopped_by is not None
    return answer.stopped_by.text


def acl(name: str, *, way: str, action: str = "allow", cidr: str = ANYWHERE, low: int = 0, high: int = 65535) -> dict:
    return {
        "ruleNo": int(name),
        "protocol": "tcp",
        "action": action,
        "cidrBlock": cidr,
        "fromPort": low,
        "toPort": high,
        "way": way,
    }


def guarded(*rules: dict) -> Resource:
    """An ACL of the inner subnet."""
    ways = {
        way: [{key: value for key, value in one.items() if key != "way"} for one in rules if one["way"] == way]
        for way in ("in", "out")
    }
    return made(types.EC2_NETWORK_ACL, "acl", vpcId=VPC, subnetIds=[INNER], ingress=ways["in"], egress=ways["out"])


def test_all_that_is_open_is_open() -> None:
    whole = network(*OPEN)
    assert ask(whole, "gate", "base").reaches
    assert ask(whole, "box", "internet").reaches
    assert ask(whole, "internet", "gate", 443).reaches
    assert said(ask(whole, "internet", "gate")) == "gate listens on no port that the plan names"


@pytest.mark.parametrize(
    ("gone", "why"),
    [
        ("gate-out", "security group door does not let 5432 out to base"),
        ("box-in", "security group group does not let 5432 in from gate"),
    ],
)
def test_a_rule_on_either_side_is_needed(gone: str, why: str) -> None:
    answer = ask(without(network(*OPEN), gone), "gate", "base")
    assert answer.verdict is Verdict.CLOSED
    assert said(answer) == why


@pytest.mark.parametrize(
    ("change", "reaches"),
    [
        ({"fromPort": 5000, "toPort": 6000}, True),
        ({"fromPort": 5433, "toPort": 6000}, False),
        ({"ipProtocol": "-1"}, True),
        ({"ipProtocol": "udp"}, False),
        ({"ipProtocol": "6"}, True),
    ],
)
def test_ports_and_protocols_of_a_rule(change: dict, reaches: bool) -> None:
    whole = network(*(one for one in OPEN if one.name != "box-in"), rule("box-in", "in", GROUP, 5432, DOOR, **change))
    assert ask(whole, "gate", "base").reaches is reaches


@pytest.mark.parametrize(
    ("cidr", "reaches"), [("10.0.0.0/24", True), ("10.0.0.0/16", True), ("10.0.0.0/25", False), ("10.0.7.0/24", False)]
)
def test_a_rule_by_address_has_to_hold_the_whole_subnet(cidr: str, reaches: bool) -> None:
    whole = network(*(one for one in OPEN if one.name != "box-in"), rule("box-in", "in", GROUP, 5432, cidr))
    assert ask(whole, "gate", "base").reaches is reaches


def test_rules_of_the_older_kind_and_inside_of_groups_count_too() -> None:
    old = made(
        types.EC2_SECURITY_GROUP_RULE,
        "old",
        type="ingress",
        securityGroupId=GROUP,
        sourceSecurityGroupId=DOOR,
        protocol="tcp",
        fromPort=5432,
        toPort=5432,
    )
    base = without(network(*OPEN), "box-in")
    assert not ask(base, "gate", "base").reaches
    assert ask(network(*(one for one in OPEN if one.name != "box-in"), old), "gate", "base").reaches
    block = {"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrBlocks": ["10.0.0.0/24"]}
    assert ask(changed(base, "group", ingress=[block]), "gate", "base").reaches
    own = {"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "self": True}
    inside = changed(changed(base, "group", ingress=[own]), "group", egress=[own])
    assert ask(inside, "box", "base").reaches
    assert not ask(inside, "gate", "base").reaches


def test_what_is_known_only_later_is_neither() -> None:
    unsure = rule("box-in", "in", GROUP, 5432, UNKNOWN)
    answer = ask(network(*(one for one in OPEN if one.name != "box-in"), unsure), "gate", "base")
    assert answer.verdict is Verdict.UNKNOWN
    assert said(answer) == "security group group: rule box-in is known only after deployment"


ANSWERS = acl("100", way="out", cidr="10.0.0.0/24", low=1024)
ASKED = acl("100", way="in", cidr="10.0.0.0/24", low=5432, high=5432)


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ((ASKED, ANSWERS), ""),
        ((ANSWERS,), "network ACL acl has no rule that lets 5432 in from 10.0.0.0/24"),
        ((ASKED,), "network ACL acl has no rule that lets answers on 1024-65535 out to 10.0.0.0/24"),
        (
            (ASKED, ANSWERS, acl("90", way="in", action="deny", cidr="10.0.0.0/16")),
            "network ACL acl denies 5432 in from 10.0.0.0/24 (rule 90)",
        ),
        ((ASKED, ANSWERS, acl("110", way="in", action="deny", cidr="10.0.0.0/16")), ""),
        (
            (ASKED, ANSWERS, acl("90", way="in", action="deny", cidr="10.0.0.9/32")),
            "network ACL acl denies 5432 in from 10.0.0.0/24 (rule 90)",
        ),
        (
            (ASKED, acl("100", way="out", cidr="10.0.0.0/24", low=1024, high=40000)),
            "network ACL acl has no rule that lets answers on 1024-65535 out to 10.0.0.0/24",
        ),
    ],
)
def test_an_acl_is_asked_in_its_order_and_in_both_directions(rules: tuple[dict, ...], why: str) -> None:
    answer = ask(network(*OPEN, guarded(*rules)), "gate", "base")
    assert answer.reaches is (why == "")
    assert why in ("", why) if answer.reaches else said(answer) == why


def test_the_way_out_needs_every_part_of_it() -> None:
    whole = network(*OPEN)
    for name, why in {
        "inner-way": "subnet inner has no route to 0.0.0.0/0",
        "outer-way": "the NAT gateway nat is in subnet outer, which has no route by an internet gateway",
        "box-out": "security group group does not let 443 out to internet",
    }.items():
        assert said(ask(without(whole, name), "box", "internet")) == why
    private = changed(whole, "nat", connectivityType="private")
    assert "has no way to the internet" in said(ask(private, "box", "internet"))


def test_an_internet_gateway_takes_public_addresses_alone() -> None:
    whole = network(*OPEN, rule("gate-web", "out", DOOR, 443, ANYWHERE))
    assert ask(whole, "gate", "internet").reaches
    hidden = changed(whole, "gate", associatePublicIpAddress=False)
    assert "takes public addresses alone" in said(ask(hidden, "gate", "internet"))


def test_a_private_machine_cannot_be_reached_from_outside() -> None:
    whole = network(*OPEN, rule("box-web", "in", GROUP, 443, ANYWHERE))
    assert said(ask(whole, "internet", "box", 443)) == "box has no public address"
    shown = changed(whole, "box", associatePublicIpAddress=True)
    assert "no route by an internet gateway" in said(ask(shown, "internet", "box", 443))


def test_a_public_database_is_found() -> None:
    exposed = changed(network(*OPEN, rule("all", "in", GROUP, 5432, ANYWHERE)), "base", publiclyAccessible=True)
    assert "no route by an internet gateway" in said(ask(exposed, "internet", "base"))
    moved = network(
        *OPEN,
        rule("all", "in", GROUP, 5432, ANYWHERE),
        made(types.EC2_ROUTE_TABLE_ASSOCIATION, "other-link", subnetId=INNER, routeTableId=OUTER_TABLE),
    )
    moved = changed(without(moved, "inner-link"), "base", publiclyAccessible=True)
    assert ask(moved, "internet", "base").reaches
    assert ask(moved, "198.51.100.7", "base").reaches


def test_a_range_on_the_internet_is_asked_by_its_own_addresses() -> None:
    ours = rule("gate-in", "in", DOOR, 443, "198.51.100.0/24")
    whole = network(*(one for one in OPEN if one.name != "gate-in"), ours)
    for source, passes in {"198.51.100.7": True, "203.0.113.7": False, "internet": False}.items():
        assert ask(whole, source, "gate", 443).reaches is passes, source


def test_services_of_aws_are_reached_by_endpoints_or_over_the_internet() -> None:
    whole = without(network(*OPEN), "inner-way")
    assert said(ask(whole, "box", "sqs")) == "subnet inner has no route to 0.0.0.0/0"
    gateway = made(
        types.EC2_VPC_ENDPOINT,
        "s3-way",
        vpcId=VPC,
        vpcEndpointType="Gateway",
        serviceName="com.amazonaws.us-east-1.s3",
        routeTableIds=[INNER_TABLE],
    )
    front = made(
        types.EC2_VPC_ENDPOINT,
        "sqs-way",
        vpcId=VPC,
        vpcEndpointType="Interface",
        serviceName="com.amazonaws.us-east-1.sqs",
        subnetIds=[INNER],
        securityGroupIds=[DOOR],
        privateDnsEnabled=True,
    )
    opened = without(network(*OPEN, gateway, front), "inner-way")
    assert ask(opened, "box", "s3").reaches
    assert ask(opened, "box", "sqs").reaches
    assert "does not let 443 in" in said(ask(without(opened, "gate-in"), "box", "sqs"))
    assert not ask(opened, "box", "sns").reaches


def test_two_vpcs_do_not_reach_each_other() -> None:
    apart = changed(network(*OPEN), "inner", cidrBlock="10.9.1.0/24")
    assert ask(apart, "gate", "base").reaches
    other = Ref(types.EC2_VPC, "other")
    away = network(
        *OPEN,
        made(types.EC2_VPC, "other", cidrBlock="10.9.0.0/16"),
        made(types.EC2_SUBNET, "far", vpcId=other, cidrBlock="10.9.1.0/24"),
        made(types.EC2_INSTANCE, "thing", subnetId=Ref(types.EC2_SUBNET, "far"), vpcSecurityGroupIds=[GROUP]),
    )
    assert "are in different VPCs" in said(ask(away, "gate", "thing", 5432))


def test_who_listens_on_nothing_is_not_reached() -> None:
    assert said(ask(network(*OPEN), "gate", "box")) == "box listens on no port that the plan names"
    assert said(ask(network(*OPEN), "base", "box")) == "base opens no connections by itself"


def test_an_open_group_of_a_bucket_without_a_block_is_not_certain() -> None:
    whole = network(made(types.S3_BUCKET, "files"))
    assert ask(whole, "internet", "files").verdict is Verdict.UNKNOWN
    block = made(
        types.S3_BUCKET_PUBLIC_ACCESS_BLOCK,
        "block",
        bucket=Ref(types.S3_BUCKET, "files"),
        blockPublicPolicy=True,
        restrictPublicBuckets=True,
    )
    assert ask(network(made(types.S3_BUCKET, "files"), block), "internet", "files").verdict is Verdict.CLOSED
