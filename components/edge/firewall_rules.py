"""The rules of the web application firewall, each made of the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from settings.enums import BotControl, FirewallMode, RuleSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context
    from settings.sections.front.firewall import FirewallSettings

_MANAGED: Final = {
    RuleSet.REPUTATION: "AWSManagedRulesAmazonIpReputationList",
    RuleSet.ANONYMOUS: "AWSManagedRulesAnonymousIpList",
    RuleSet.COMMON: "AWSManagedRulesCommonRuleSet",
    RuleSet.BAD_INPUTS: "AWSManagedRulesKnownBadInputsRuleSet",
    RuleSet.SQL_INJECTION: "AWSManagedRulesSQLiRuleSet",
    RuleSet.LINUX: "AWSManagedRulesLinuxRuleSet",
    RuleSet.UNIX: "AWSManagedRulesUnixRuleSet",
    RuleSet.PHP: "AWSManagedRulesPHPRuleSet",
    RuleSet.WORDPRESS: "AWSManagedRulesWordPressRuleSet",
    RuleSet.ADMIN: "AWSManagedRulesAdminProtectionRuleSet",
}
"""AWS's own rule groups; those of the default take 1,125 of the 1,500 capacity units that are free."""

_TOO_STRICT: Final = {RuleSet.COMMON: ("SizeRestrictions_BODY",)}
"""Rules that only count: this one blocks every body over 8 KB, uploads and long forms among them."""

_BOTS: Final = "AWSManagedRulesBotControlRuleSet"

_FIVE_MINUTES: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FirewallRule:
    """A rule without its place in the order.

    Args:
        name: unique in the ACL; its metric's name as well.
        statement: what it looks for.
        action: `allow`, `block` or `count`; None for a group, whose rules have actions of their own.
        counts: every rule of the group only counts.
    """

    name: str
    statement: aws.wafv2.WebAclRuleStatementArgs
    action: str | None = None
    counts: bool = False

    def at(self, priority: int) -> aws.wafv2.WebAclRuleArgs:
        """The rule at its place.

        Args:
            priority: the lowest judges first.
        """
        return aws.wafv2.WebAclRuleArgs(
            name=self.name,
            priority=priority,
            action=_action(self.action) if self.action else None,
            override_action=None if self.action else _override(counts=self.counts),
            statement=self.statement,
            visibility_config=aws.wafv2.WebAclRuleVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True, metric_name=self.name, sampled_requests_enabled=True
            ),
        )


def _action(word: str) -> aws.wafv2.WebAclRuleActionArgs:
    if word == "allow":
        return aws.wafv2.WebAclRuleActionArgs(allow=aws.wafv2.WebAclRuleActionAllowArgs())
    if word == "count":
        return aws.wafv2.WebAclRuleActionArgs(count=aws.wafv2.WebAclRuleActionCountArgs())
    return aws.wafv2.WebAclRuleActionArgs(block=aws.wafv2.WebAclRuleActionBlockArgs())


def _override(*, counts: bool) -> aws.wafv2.WebAclRuleOverrideActionArgs:
    if counts:
        return aws.wafv2.WebAclRuleOverrideActionArgs(count=aws.wafv2.WebAclRuleOverrideActionCountArgs())
    return aws.wafv2.WebAclRuleOverrideActionArgs(none=aws.wafv2.WebAclRuleOverrideActionNoneArgs())


def _stops(mode: FirewallMode) -> str:
    return "count" if mode is FirewallMode.COUNT else "block"


def by_version(ranges: Sequence[str]) -> dict[int, list[str]]:
    """Ranges by their version of IP: a list of the firewall holds one.

    Args:
        ranges: CIDR blocks.
    """
    found: dict[int, list[str]] = {}
    for block in ranges:
        found.setdefault(ip_network(block).version, []).append(block)
    return dict(sorted(found.items()))


def ip_set(
    name: str,
    context: Context,
    version: int,
    ranges: Sequence[str],
    scope: str,
    region: str,
    child: pulumi.ResourceOptions,
) -> aws.wafv2.IpSet:
    """A list of addresses.

    Args:
        name: start of the logical name.
        context: tags.
        version: of IP, 4 or 6.
        ranges: CIDR blocks of that version.
        scope: `REGIONAL` or `CLOUDFRONT`.
        region: where the ACL is.
        child: options that make it a child.
    """
    return aws.wafv2.IpSet(
        f"{name}-allowed-ipv{version}",
        scope=scope,
        region=region,
        ip_address_version=f"IPV{version}",
        addresses=list(ranges),
        description=f"{context.application} {context.environment}: addresses that always pass",
        tags=context.tags(f"{name}-allowed-ipv{version}"),
        opts=child,
    )


def allowed_addresses(name: str, ip_set_arn: pulumi.Input[str]) -> FirewallRule:
    """Who passes before every other rule, in either mode.

    Args:
        name: of the rule.
        ip_set_arn: list of their addresses.
    """
    listed = aws.wafv2.WebAclRuleStatementIpSetReferenceStatementArgs(arn=ip_set_arn)
    statement = aws.wafv2.WebAclRuleStatementArgs(ip_set_reference_statement=listed)
    return FirewallRule(name=name, statement=statement, action="allow")


def countries(settings: FirewallSettings) -> list[FirewallRule]:
    """Where requests may come from, as far as the settings say."""
    if settings.blocked_countries:
        codes = aws.wafv2.WebAclRuleStatementGeoMatchStatementArgs(country_codes=list(settings.blocked_countries))
        statement = aws.wafv2.WebAclRuleStatementArgs(geo_match_statement=codes)
    elif settings.allowed_countries:
        only = aws.wafv2.WebAclRuleStatementGeoMatchStatementArgs(country_codes=list(settings.allowed_countries))
        others = aws.wafv2.WebAclRuleStatementNotStatementArgs(
            statement=aws.wafv2.WebAclRuleStatementArgs(geo_match_statement=only)
        )
        statement = aws.wafv2.WebAclRuleStatementArgs(not_statement=others)
    else:
        return []
    return [FirewallRule(name="countries", statement=statement, action=_stops(settings.mode))]


def rate_per_address(limit: int, mode: FirewallMode) -> FirewallRule:
    """Stops who sends too much, for as long as they do; early, so that floods cost little.

    Args:
        limit: requests in five minutes.
        mode: stop or count.
    """
    rate = aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
        aggregate_key_type="IP", limit=limit, evaluation_window_sec=_FIVE_MINUTES
    )
    statement = aws.wafv2.WebAclRuleStatementArgs(rate_based_statement=rate)
    return FirewallRule(name="rate-per-address", statement=statement, action=_stops(mode))


def rate_per_session(limit: int, cookie: str, mode: FirewallMode) -> FirewallRule:
    """One session from however many addresses; requests without the cookie do not count.

    Args:
        limit: requests in five minutes.
        cookie: names the session.
        mode: stop or count.
    """
    plain = aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyCookieTextTransformationArgs(
        priority=0, type="NONE"
    )
    key = aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyArgs(
        cookie=aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyCookieArgs(
            name=cookie, text_transformations=[plain]
        )
    )
    rate = aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
        aggregate_key_type="CUSTOM_KEYS", custom_keys=[key], limit=limit, evaluation_window_sec=_FIVE_MINUTES
    )
    statement = aws.wafv2.WebAclRuleStatementArgs(rate_based_statement=rate)
    return FirewallRule(name="rate-per-session", statement=statement, action=_stops(mode))


def managed(settings: FirewallSettings) -> list[FirewallRule]:
    """AWS's groups that the settings name, in AWS's order of worth."""
    return [_group(one, settings.mode) for one in RuleSet if one in settings.rule_sets]


def _group(rule_set: RuleSet, mode: FirewallMode) -> FirewallRule:
    group = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
        vendor_name="AWS",
        name=_MANAGED[rule_set],
        rule_action_overrides=[
            aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(
                name=rule,
                action_to_use=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
                    count=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
                ),
            )
            for rule in _TOO_STRICT.get(rule_set, ())
        ],
    )
    statement = aws.wafv2.WebAclRuleStatementArgs(managed_rule_group_statement=group)
    return FirewallRule(name=rule_set.value, statement=statement, counts=mode is FirewallMode.COUNT)


def bot_control(settings: FirewallSettings, file_paths: Sequence[str]) -> list[FirewallRule]:
    """AWS's rules on robots: last, as they are paid by request, and not for static files.

    Args:
        settings: how closely they look.
        file_paths: patterns of paths of static files.
    """
    if settings.bot_control is BotControl.OFF:
        return []
    level = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigArgs(
        aws_managed_rules_bot_control_rule_set=(
            aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesBotControlRuleSetArgs(
                inspection_level=settings.bot_control.value.upper()
            )
        )
    )
    group = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
        vendor_name="AWS",
        name=_BOTS,
        managed_rule_group_configs=[level],
        scope_down_statement=_but_files(file_paths),
    )
    statement = aws.wafv2.WebAclRuleStatementArgs(managed_rule_group_statement=group)
    return [FirewallRule(name="bots", statement=statement, counts=settings.mode is FirewallMode.COUNT)]


def _but_files(
    paths: Sequence[str],
) -> aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementArgs | None:
    """Everything but paths that begin as those of static files do; None for everything."""
    from pulumi_aws import wafv2 as waf

    found = {path.partition("*")[0].partition("?")[0] for path in paths}
    begins = sorted(re.escape(one) for one in found if len(one) > 1)
    if not begins:
        return None
    plain = waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementRegexMatchStatementTextTransformationArgs(
        priority=0, type="NONE"
    )
    files = waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementRegexMatchStatementArgs(
        regex_string=f"^({'|'.join(begins)})",
        field_to_match=waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementRegexMatchStatementFieldToMatchArgs(
            uri_path=waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementRegexMatchStatementFieldToMatchUriPathArgs()
        ),
        text_transformations=[plain],
    )
    others = waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementNotStatementArgs(
        statement=waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementArgs(regex_match_statement=files)
    )
    return waf.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementArgs(not_statement=others)
