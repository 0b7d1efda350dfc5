"""The web application firewall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import Severity
from settings.sections.observability import AlarmSettings

CLOUDFRONT_REGION: Final = "us-east-1"
"""The only region that CloudFront takes certificates and web ACLs from."""

_MANAGED: Final = {
    "reputation": "AWSManagedRulesAmazonIpReputationList",
    "common": "AWSManagedRulesCommonRuleSet",
    "bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
    "sql-injection": "AWSManagedRulesSQLiRuleSet",
}
"""AWS's own rule groups, in the order in which they judge; 1,125 of the 1,500 capacity units that are free."""

_TOO_STRICT: Final = {"common": ("SizeRestrictions_BODY",)}
"""Rules that only count: this one blocks every body over 8 KB, uploads and long forms among them."""


@dataclass(frozen=True, kw_only=True)
class WebAclArgs:
    """What the firewall protects.

    Args:
        context: names and tags.
        rate_limit: requests from one address in five minutes before it is blocked, at least 10.
        session_rate_limit: requests of one session in five minutes before it is blocked, at least 10.
        session_cookie: cookie that names a session.
        logs: how the log of blocked and counted requests is kept.
        load_balancer_arn: load balancer to protect; None makes an ACL for CloudFront, which names it itself.
    """

    context: Context
    rate_limit: int
    session_rate_limit: int
    session_cookie: str
    logs: LogPolicy
    load_balancer_arn: pulumi.Input[str] | None = None


class WebAcl(pulumi.ComponentResource):
    """A web ACL with AWS's managed rules and rate limits. $11 a month plus $0.60 per million requests.

    Attributes:
        arn: the ACL's ARN, for a distribution.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: WebAclArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:WebAcl", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        regional = args.load_balancer_arn is not None
        region = context.region if regional else CLOUDFRONT_REGION
        # Two stacks of an account would count under one name.
        self._metric_name = context.physical_name("firewall", limit=128)
        self._region, self._regional = region, regional
        acl = aws.wafv2.WebAcl(
            f"{name}-acl",
            scope="REGIONAL" if regional else "CLOUDFRONT",
            region=region,
            description=f"{context.application} {context.environment}",
            default_action=aws.wafv2.WebAclDefaultActionArgs(allow=aws.wafv2.WebAclDefaultActionAllowArgs()),
            rules=[
                _rate_rule("rate-per-address", 0, _per_address(args.rate_limit)),
                _rate_rule("rate-per-session", 1, _per_session(args.session_rate_limit, args.session_cookie)),
                *(_managed_rule(priority, key) for priority, key in enumerate(_MANAGED, start=2)),
            ],
            visibility_config=aws.wafv2.WebAclVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True, metric_name=self._metric_name, sampled_requests_enabled=True
            ),
            tags=context.tags(name),
            opts=child,
        )
        if args.load_balancer_arn is not None:
            aws.wafv2.WebAclAssociation(
                f"{name}-association",
                resource_arn=args.load_balancer_arn,
                web_acl_arn=acl.arn,
                # A load balancer has one: a new one is put over the old one, whose deletion would take both away.
                opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
            )
        _logging(name, args, acl, region, self)
        self.arn = acl.arn
        self.register_outputs({"arn": self.arn})

    def _metric(self, metric: str, rule: str = "ALL", label: str = "") -> Metric:
        here = {"WebACL": self._metric_name, **({"Region": self._region} if self._regional else {}), "Rule": rule}
        return Metric(namespace="AWS/WAFV2", metric=metric, dimensions=here, statistic="Sum", label=label)

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Many requests that are turned away: an attack, or a rule that is wrong about users."""
        blocked = self._metric("BlockedRequests")
        asked = f"({filled('m1')} + {filled('m2')})"
        return [
            AlarmSpec(
                key="firewall-blocks",
                title="the firewall turns many requests away",
                namespace=blocked.namespace,
                metric=blocked.metric,
                dimensions=blocked.dimensions,
                statistic=blocked.statistic,
                beside={"m2": self._metric("AllowedRequests")},
                expression=f"IF({asked} >= {thresholds.least_requests}, 100 * {filled('m1')} / {asked}, 0)",
                threshold=thresholds.firewall_block_percent,
                periods=10,
                region=self._region,
                severity=Severity.LOW,
            )
        ]

    def graphs(self) -> list[Graph]:
        """What the firewall let through and turned away, and by which rule."""
        both = [self._metric("AllowedRequests"), self._metric("BlockedRequests")]
        rules = ("rate-per-address", "rate-per-session", *_MANAGED)
        by_rule = [self._metric("BlockedRequests", rule, rule) for rule in rules]
        return [
            Graph(title="Requests that the firewall saw", lines=both, region=self._region),
            Graph(title="Requests that it turned away, by rule", lines=by_rule, region=self._region),
        ]


def _visibility(key: str) -> aws.wafv2.WebAclRuleVisibilityConfigArgs:
    return aws.wafv2.WebAclRuleVisibilityConfigArgs(
        cloudwatch_metrics_enabled=True, metric_name=key, sampled_requests_enabled=True
    )


def _rate_rule(
    name: str, priority: int, statement: aws.wafv2.WebAclRuleStatementRateBasedStatementArgs
) -> aws.wafv2.WebAclRuleArgs:
    """Blocks who sends too much, for as long as they do; before the other rules, so that floods cost little."""
    return aws.wafv2.WebAclRuleArgs(
        name=name,
        priority=priority,
        action=aws.wafv2.WebAclRuleActionArgs(block=aws.wafv2.WebAclRuleActionBlockArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(rate_based_statement=statement),
        visibility_config=_visibility(name),
    )


def _per_address(limit: int) -> aws.wafv2.WebAclRuleStatementRateBasedStatementArgs:
    return aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
        aggregate_key_type="IP", limit=limit, evaluation_window_sec=300
    )


def _per_session(limit: int, cookie: str) -> aws.wafv2.WebAclRuleStatementRateBasedStatementArgs:
    """One session from however many addresses; requests without the cookie do not count."""
    plain = aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyCookieTextTransformationArgs(
        priority=0, type="NONE"
    )
    key = aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyArgs(
        cookie=aws.wafv2.WebAclRuleStatementRateBasedStatementCustomKeyCookieArgs(
            name=cookie, text_transformations=[plain]
        )
    )
    return aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
        aggregate_key_type="CUSTOM_KEYS", custom_keys=[key], limit=limit, evaluation_window_sec=300
    )


def _managed_rule(priority: int, key: str) -> aws.wafv2.WebAclRuleArgs:
    group = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
        vendor_name="AWS",
        name=_MANAGED[key],
        rule_action_overrides=[
            aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(
                name=rule,
                action_to_use=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
                    count=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
                ),
            )
            for rule in _TOO_STRICT.get(key, ())
        ],
    )
    return aws.wafv2.WebAclRuleArgs(
        name=key,
        priority=priority,
        override_action=aws.wafv2.WebAclRuleOverrideActionArgs(none=aws.wafv2.WebAclRuleOverrideActionNoneArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(managed_rule_group_statement=group),
        visibility_config=_visibility(key),
    )


def _logging(name: str, args: WebAclArgs, acl: aws.wafv2.WebAcl, region: str, parent: WebAcl) -> None:
    """The log of blocked and counted requests, without what authenticates users.

    WAF demands the beginning of the group's name. Requests that pass are left out: they would cost $0.50 per GB and
    stand in the access logs anyway.
    """
    # A KMS key serves its own region only.
    key_arn = args.logs.key_arn if region == args.context.region else None
    group = log_group(
        f"{name}-log",
        args.context,
        LogPolicy(retention_days=args.logs.retention_days, key_arn=key_arn),
        parent=parent,
        physical_name=f"aws-waf-logs-{args.context.physical_name(limit=200)}",
        region=region,
    )
    aws.wafv2.WebAclLoggingConfiguration(
        f"{name}-logging",
        resource_arn=acl.arn,
        log_destination_configs=[group.arn],
        logging_filter=aws.wafv2.WebAclLoggingConfigurationLoggingFilterArgs(
            default_behavior="DROP",
            filters=[
                aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterArgs(
                    behavior="KEEP",
                    requirement="MEETS_ANY",
                    conditions=[
                        aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArgs(
                            action_condition=(
                                aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionActionConditionArgs(
                                    action=action
                                )
                            )
                        )
                        for action in ("BLOCK", "COUNT")
                    ],
                )
            ],
        ),
        redacted_fields=[
            aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs(
                single_header=aws.wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(name=header)
            )
            for header in ("authorization", "cookie")
        ],
        region=region,
        # An access control list has one: a new one is put over the old one, whose deletion would take both away.
        opts=pulumi.ResourceOptions(parent=parent, delete_before_replace=True),
    )
