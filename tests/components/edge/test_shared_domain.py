"""A domain that two regions answer for.

Not proven: that Route 53 takes a switched-off, turned-round health check for ill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.edge.domain import Alias, AliasArgs, HomeCheck, HomeCheckArgs, Share
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def alias(share: Share | None) -> Alias:
    args = AliasArgs(
        zone_id="Z1",
        domain="a.example.com",
        target="lb",
        target_zone_id="Z2",
        evaluate_health=True,
        ipv6=False,
        share=share,
    )
    return Alias("shop-alias", args)


@pytest.mark.parametrize(("home", "kind"), [(True, "PRIMARY"), (False, "SECONDARY")])
def test_the_stacks_own_region_answers_as_long_as_it_is_well(build: Build, home: bool, kind: str) -> None:
    share = Share(region="us-east-1", home=home, nearest=False, health_check_id="check" if home else None)
    made = build(lambda: alias(share))["shop-alias-a"]
    assert made.inputs["setIdentifier"] == "us-east-1"
    assert made.inputs["failoverRoutingPolicies"] == [{"type": kind}]
    assert made.inputs.get("healthCheckId") == ("check" if home else None)
    assert made.options.delete_before_replace, "Route 53 takes no second record of a name beside a plain one"


def test_users_get_the_nearest_region(build: Build) -> None:
    made = build(lambda: alias(Share(region="us-west-2", home=False, nearest=True))).inputs("shop-alias-a")
    assert made["latencyRoutingPolicies"] == [{"region": "us-west-2"}]
    assert "failoverRoutingPolicies" not in made


def test_one_region_alone_answers_plainly(build: Build) -> None:
    assert "setIdentifier" not in build(lambda: alias(None)).inputs("shop-alias-a")


def test_the_home_region_is_watched_and_an_update_leaves_a_failover_alone(build: Build) -> None:
    args = HomeCheckArgs(context=CONTEXT, host="lb.example.com", path="/health")
    made = build(lambda: HomeCheck("shop-home", args))
    check = made["shop-home-check"]
    assert made.children == {"shop-home-check": "aws:route53/healthCheck:HealthCheck"}
    assert (check.inputs["type"], check.inputs["fqdn"], check.inputs["resourcePath"]) == (
        "HTTPS",
        "lb.example.com",
        "/health",
    )
    assert set(check.options.ignore_changes or ()) == {"disabled", "invertHealthcheck"}
