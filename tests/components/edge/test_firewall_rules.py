"""The rules of the firewall: their order, whom they let through, and what counting changes.

Not proven: that the rules fit into the capacity that AWS gives for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.edge.web_acl import WebAcl, WebAclArgs
from settings.enums import BotControl, FirewallMode, RuleSet
from settings.sections.front.firewall import FirewallSettings
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built


def acl(paths: tuple[str, ...] = (), **settings: Any) -> WebAcl:  # noqa: ANN401
    args = WebAclArgs(
        context=CONTEXT,
        rate_limit=2000,
        session_rate_limit=500,
        session_cookie="session_id",
        logs=LOGS,
        settings=FirewallSettings(**settings),
        file_paths=paths,
    )
    return WebAcl("shop-waf", args)


def rules(made: Built) -> dict[str, Any]:
    found = made.inputs("shop-waf-acl")["rules"]
    assert [rule["priority"] for rule in found] == list(range(len(found)))
    return {rule["name"]: rule for rule in found}


def test_who_always_passes_comes_first_then_where_from_how_often_and_what_for(build: Build) -> None:
    made = build(
        lambda: acl(
            allowed_ranges=("198.51.100.0/24", "2001:db8::/48", "203.0.113.7/32"),
            blocked_countries=("KP",),
            bot_control=BotControl.TARGETED,
        )
    )
    assert list(rules(made)) == [
        "allowed-ipv4",
        "allowed-ipv6",
        "countries",
        "rate-per-address",
        "rate-per-session",
        "reputation",
        "common",
        "bad-inputs",
        "sql-injection",
        "bots",
    ]
    assert made.inputs("shop-waf-allowed-ipv4")["addresses"] == ["198.51.100.0/24", "203.0.113.7/32"]
    assert made.inputs("shop-waf-allowed-ipv6")["ipAddressVersion"] == "IPV6"
    allowed = rules(made)["allowed-ipv4"]
    assert allowed["action"] == {"allow": {}}
    assert allowed["statement"]["ipSetReferenceStatement"]["arn"] == made["shop-waf-allowed-ipv4"].outputs["arn"]


def test_counting_stops_nobody_and_still_lets_the_listed_through(build: Build) -> None:
    made = build(
        lambda: acl(
            mode=FirewallMode.COUNT,
            allowed_ranges=("198.51.100.0/24",),
            blocked_countries=("KP",),
            bot_control=BotControl.COMMON,
        )
    )
    for name, rule in rules(made).items():
        if name == "allowed-ipv4":
            assert rule["action"] == {"allow": {}}
        else:
            assert rule.get("action", rule.get("overrideAction")) == {"count": {}}, name


def test_countries_are_blocked_or_the_only_ones(build: Build) -> None:
    blocked = rules(build(lambda: acl(blocked_countries=("KP", "RU"))))["countries"]
    assert blocked["statement"] == {"geoMatchStatement": {"countryCodes": ["KP", "RU"]}}
    assert blocked["action"] == {"block": {}}
    only = rules(build(lambda: acl(allowed_countries=("DE",))))["countries"]
    inner = only["statement"]["notStatement"]["statement"]
    assert inner == {"geoMatchStatement": {"countryCodes": ["DE"]}}
    assert "countries" not in rules(build(acl))


@pytest.mark.parametrize(
    ("paths", "regex"),
    [(("/static/*", "/assets/*"), "^(/assets/|/static/)"), (("*",), None), ((), None), (("/a.b/*",), r"^(/a\.b/)")],
)
def test_robots_may_read_static_files(build: Build, paths: tuple[str, ...], regex: str | None) -> None:
    made = build(lambda: acl(paths, bot_control=BotControl.COMMON))
    group = rules(made)["bots"]["statement"]["managedRuleGroupStatement"]
    level = group["managedRuleGroupConfigs"][0]["awsManagedRulesBotControlRuleSet"]["inspectionLevel"]
    assert level == "COMMON"
    if regex is None:
        assert "scopeDownStatement" not in group
        return
    inner = group["scopeDownStatement"]["notStatement"]["statement"]["regexMatchStatement"]
    assert inner["regexString"] == regex


def test_sets_judge_in_their_own_order_whatever_the_order_of_the_settings(build: Build) -> None:
    chosen = (RuleSet.PHP, RuleSet.COMMON, RuleSet.ANONYMOUS)
    names = [name for name in rules(build(lambda: acl(rule_sets=chosen))) if not name.startswith("rate")]
    assert names == ["anonymous", "common", "php"]


def test_neither_log_nor_sample_shows_what_is_secret(build: Build) -> None:
    made = build(lambda: acl(redacted_headers=("authorization", "x-api-key")))
    logged = made.inputs("shop-waf-logging")["redactedFields"]
    assert [one["singleHeader"]["name"] for one in logged] == ["authorization", "x-api-key"]
    (protected,) = made.inputs("shop-waf-acl")["dataProtectionConfig"]["dataProtections"]
    assert protected["field"] == {"fieldType": "SINGLE_HEADER", "fieldKeys": ["authorization", "x-api-key"]}
