"""What the web application firewall looks for, beside its rate limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE
from settings.enums import BotControl, FirewallMode, RuleSet
from settings.fields import CountryCode, HeaderName, PublicRange, distinct


class FirewallSettings(Section):
    """The firewall's rules; they matter where `edge.waf` is on."""

    mode: FirewallMode = setting(
        FirewallMode.BLOCK,
        "count: every rule only counts and logs, to see what it would stop; block: it stops",
        changes=IN_PLACE,
    )
    rule_sets: Annotated[tuple[RuleSet, ...], AfterValidator(distinct)] = setting(
        (RuleSet.REPUTATION, RuleSet.COMMON, RuleSet.BAD_INPUTS, RuleSet.SQL_INJECTION),
        "AWS's managed rules, which judge in the order of `ascent explain`; 1,500 capacity units are free, and all of "
        "them together are more",
        cost="$1 a month each",
        changes=IN_PLACE,
    )
    bot_control: BotControl = setting(
        BotControl.OFF,
        "AWS's rules on robots, for everything but static files",
        cost="$10 a month plus $1 (common) or $10 (targeted) per million requests",
        changes=IN_PLACE,
    )
    blocked_countries: Annotated[tuple[CountryCode, ...], AfterValidator(distinct)] = setting(
        (), "countries of which requests are turned away", cost="$1 a month", changes=IN_PLACE
    )
    allowed_countries: Annotated[tuple[CountryCode, ...], AfterValidator(distinct)] = setting(
        (), "the only countries of which requests pass; empty for all", cost="$1 a month", changes=IN_PLACE
    )
    allowed_ranges: Annotated[tuple[PublicRange, ...], AfterValidator(distinct)] = setting(
        (),
        "addresses that pass before every other rule: offices, partners, tests from outside",
        cost="$1 a month per version of IP",
        changes=IN_PLACE,
    )
    redacted_headers: Annotated[tuple[HeaderName, ...], AfterValidator(distinct)] = setting(
        ("authorization", "cookie"),
        "headers that neither logs nor samples show",
        min_length=1,
        changes=IN_PLACE,
    )
