"""The zone of a domain, and the alias that leads to the edge.

Not proven: that the parent domain delegates, and that names resolve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.edge.domain import (
    Alias,
    AliasArgs,
    Failover,
    HomeCheck,
    HomeCheckArgs,
    HostedZone,
    HostedZoneArgs,
    Share,
)
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

RECORD = "aws:route53/record:Record"


def zone(*, keep: bool = False) -> HostedZone:
    return HostedZone("shop-dns", HostedZoneArgs(context=CONTEXT, domain="app.example.com", keep=keep))


def test_a_zone_tells_its_name_servers(build: Build) -> None:
    made = build(zone)
    assert made.children == {"shop-dns-zone": "aws:route53/zone:Zone"}
    inputs = made.inputs("shop-dns-zone")
    assert (inputs["name"], inputs["comment"]) == ("app.example.com", "shop dev")
    assert inputs["tags"] == CONTEXT.tags("shop-dns")
    own = made["shop-dns-zone"].outputs
    assert made.attributes == {"zone_id": own["zoneId"], "name_servers": own["nameServers"]}
    assert made.outputs == {"zone_id": own["zoneId"]}
    assert made.preview.attributes == {"zone_id": UNKNOWN, "name_servers": UNKNOWN}


@pytest.mark.parametrize("keep", [True, False])
def test_a_zone_to_keep_is_protected(build: Build, keep: bool) -> None:
    assert build(lambda: zone(keep=keep))["shop-dns-zone"].options.protect is keep


def alias(*, ipv6: bool, evaluate_health: bool, failover: Failover | None = None) -> Alias:
    args = AliasArgs(
        zone_id="Z1",
        domain="app.example.com",
        target="lb.example",
        target_zone_id="Z2",
        evaluate_health=evaluate_health,
        ipv6=ipv6,
        failover=failover,
    )
    return Alias("shop-alias", args)


@pytest.mark.parametrize("evaluate_health", [True, False])
def test_an_alias_leads_to_its_target(build: Build, evaluate_health: bool) -> None:
    made = build(lambda: alias(ipv6=False, evaluate_health=evaluate_health))
    assert made.children == {"shop-alias-a": RECORD}
    assert made.inputs("shop-alias-a") == {
        "zoneId": "Z1",
        "name": "app.example.com",
        "type": "A",
        "aliases": [{"name": "lb.example", "zoneId": "Z2", "evaluateTargetHealth": evaluate_health}],
    }
    assert made.outputs == {}


def test_an_alias_over_ipv6_has_a_second_record(build: Build) -> None:
    made = build(lambda: alias(ipv6=True, evaluate_health=False))
    assert made.children == {"shop-alias-a": RECORD, "shop-alias-aaaa": RECORD}
    one, other = made.inputs("shop-alias-a"), made.inputs("shop-alias-aaaa")
    assert other == {**one, "type": "AAAA"}


def test_a_second_place_has_records_of_the_same_kinds(build: Build) -> None:
    second = Failover(target="other.example", target_zone_id="Z3", health_check_id="check")
    made = build(lambda: alias(ipv6=True, evaluate_health=True, failover=second))
    names = ("shop-alias-a", "shop-alias-a-second", "shop-alias-aaaa", "shop-alias-aaaa-second")
    assert made.children == dict.fromkeys(names, RECORD)
    for kind in ("a", "aaaa"):
        primary, secondary = made.inputs(f"shop-alias-{kind}"), made.inputs(f"shop-alias-{kind}-second")
        assert primary["failoverRoutingPolicies"] == [{"type": "PRIMARY"}]
        assert secondary["failoverRoutingPolicies"] == [{"type": "SECONDARY"}]
        assert primary["healthCheckId"] == "check"
        assert "healthCheckId" not in secondary, "it would leave users nowhere"
        assert primary["type"] == secondary["type"] == kind.upper()
        assert secondary["aliases"] == [{"name": "other.example", "zoneId": "Z3", "evaluateTargetHealth": True}]


def test_a_record_goes_before_one_of_another_kind_comes(build: Build) -> None:
    assert build(lambda: alias(ipv6=False, evaluate_health=True))["shop-alias-a"].options.delete_before_replace is True


def shared_alias(share: Share | None) -> Alias:
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
    made = build(lambda: shared_alias(share))["shop-alias-a"]
    assert made.inputs["setIdentifier"] == "us-east-1"
    assert made.inputs["failoverRoutingPolicies"] == [{"type": kind}]
    assert made.inputs.get("healthCheckId") == ("check" if home else None)
    assert made.options.delete_before_replace, "Route 53 takes no second record of a name beside a plain one"


def test_users_get_the_nearest_region(build: Build) -> None:
    made = build(lambda: shared_alias(Share(region="us-west-2", home=False, nearest=True))).inputs("shop-alias-a")
    assert made["latencyRoutingPolicies"] == [{"region": "us-west-2"}]
    assert "failoverRoutingPolicies" not in made


def test_one_region_alone_answers_plainly(build: Build) -> None:
    assert "setIdentifier" not in build(lambda: shared_alias(None)).inputs("shop-alias-a")


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
