"""Settings of the edge that do nothing, contradict each other, or open more than anybody means."""

from __future__ import annotations

from typing import Any

import pytest

from settings.load import resolve
from tests.stacks.planning import config_of, smallest
from tests.stacks.test_stack_refusals import CERTIFICATE, refusal

ELSEWHERE = CERTIFICATE.replace("us-east-1", "eu-west-1")


@pytest.mark.parametrize("origin", ["*", "https://*", "http://www.example.com", "https://www.example.com/", "null"])
def test_only_named_sites_may_read_by_script(origin: str) -> None:
    line = refusal("production", edge={"corsOrigins": [origin]})
    assert line.startswith(f'ascent:edge.corsOrigins[0] is "{origin}": must be an origin such as')
    assert "* would let every site call the API" in line


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("0.0.0.0/0", "no wider than /8 of IPv4 or /24 of IPv6: wider ones let everybody through"),
        ("::/0", "no wider than /8 of IPv4 or /24 of IPv6"),
        ("10.1.0.0/16", "never come from a private address"),
        ("203.0.113.7/24", "has host bits set"),
        ("office", "must be a public range such as"),
    ],
)
def test_who_always_passes_is_a_few(value: str, wanted: str) -> None:
    line = refusal("production", edge={"firewall": {"allowedRanges": [value]}})
    assert line.startswith(f'ascent:edge.firewall.allowedRanges[0] is "{value}": ')
    assert wanted in line


@pytest.mark.parametrize(
    ("tier", "edge", "start", "fix"),
    [
        (
            "production",
            {"firewall": {"blockedCountries": ["KP"], "allowedCountries": ["DE"]}},
            "ascent:edge.firewall.blockedCountries is KP: countries are either blocked or the only ones allowed",
            "remove one of the lists",
        ),
        (
            "startup",
            {"firewall": {"botControl": "common"}},
            "ascent:edge.firewall.botControl is set: the firewall is off",
            "set ascent:edge.waf: true",
        ),
        (
            "startup",
            {"assets": {"mode": "on", "singlePage": True}},
            "ascent:edge.assets.singlePage is true: CloudFront serves static files and the application under one name",
            "set ascent:edge.ingress: alb",
        ),
        (
            "production",
            {"assets": {"mode": "on"}, "certificateArn": CERTIFICATE, "hostedZoneId": None},
            "ascent:edge.assets.mode is on: static files beside a public load balancer need a certificate of their own",
            "ascent:edge.assets.mode: auto",
        ),
        (
            "production",
            {"assets": {"certificateArn": ELSEWHERE}},
            "ascent:edge.assets.certificateArn is a certificate in eu-west-1: CloudFront reads certificates from",
            "issue it in us-east-1",
        ),
        (
            "production",
            {"assets": {"domain": "app.example.com"}},
            "ascent:edge.assets.domain is app.example.com: the load balancer answers for it",
            "choose another, such as static.app.example.com",
        ),
        (
            "startup",
            {"dns": {"failover": "b.example.com"}},
            "ascent:edge.dns.failover is b.example.com: only a health check says when to fail over",
            "set ascent:edge.dns.healthCheck: true",
        ),
        (
            "production",
            {"dns": {"failover": "app.example.com"}},
            "ascent:edge.dns.failover is app.example.com: it is the domain itself",
            "name another host",
        ),
        (
            "startup",
            {"domain": None, "hostedZoneId": None, "dns": {"failover": "b.example.com", "healthCheck": True}},
            "ascent:edge.dns.failover is b.example.com: its records belong into a zone of the domain",
            "set ascent:edge.domain and ascent:edge.hostedZoneId",
        ),
        (
            "production",
            {"dns": {"failoverZoneId": "Z0123456789"}},
            "ascent:edge.dns.failoverZoneId is Z0123456789: there is nowhere to fail over to",
            "set ascent:edge.dns.failover to the host name",
        ),
    ],
)
def test_contradictions_name_the_way_out(tier: str, edge: dict[str, Any], start: str, fix: str) -> None:
    line = refusal(tier, edge=edge)
    assert line.startswith(start)
    assert line.endswith(fix)


def test_files_of_a_tier_do_not_refuse_a_domain_whose_dns_is_elsewhere() -> None:
    edge = {"certificateArn": CERTIFICATE, "hostedZoneId": None}
    found = resolve(config_of(smallest("production", edge=edge)), stack="test", project="ascent").settings
    assert found.edge.serves_files is False
