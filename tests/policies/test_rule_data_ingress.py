"""Security groups that come out of a component cannot be told apart before deployment."""

from __future__ import annotations

from dataclasses import replace

from policies.pack.facts import UNKNOWN
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import facts, of, ref

GROUP = "aws:ec2/securityGroup:SecurityGroup"


def test_more_groups_than_ids_are_unverified_whatever_they_let_in() -> None:
    stack = facts(
        of("aws:rds/instance:Instance", "db", vpcSecurityGroupIds=ref("own", "balancer")),
        of(GROUP, "own"),
        of(GROUP, "balancer", ingress=[{"protocol": "tcp", "cidrBlocks": ["0.0.0.0/0"]}]),
    )
    listed = tuple(
        replace(r, props={"vpcSecurityGroupIds": [UNKNOWN]}) if r.name == "db" else r for r in stack.resources
    )

    verdicts = list(RULES["data-ingress-by-group"].judge(replace(stack, resources=listed)))

    assert [v.status for v in verdicts] == [Status.UNKNOWN]
