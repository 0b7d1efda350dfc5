"""The web application firewall."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.firewall_rules import (
    FirewallRule,
    allowed_addresses,
    bot_control,
    by_version,
    countries,
    ip_set,
    managed,
    rate_per_address,
    rate_per_session,
)
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import Severity
from settings.sections.edge import EdgeSettings
from settings.sections.front.firewall import FirewallSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOUDFRONT_REGION: Final = "us-east-1"
"""The only region that CloudFront takes certificates and web ACLs from."""


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
        settings: what the rules look for, and whether they stop it.
        file_paths: paths of static files, which robots may read.
        key: tells the ACLs of a stack apart; empty for the application's.
    """

    context: Context
    rate_limit: int
    session_rate_limit: int
    session_cookie: str
    logs: LogPolicy
    load_balancer_arn: pulumi.Input[str] | None = None
    settings: FirewallSettings = field(default_factory=FirewallSettings)
    file_paths: Sequence[str] = ()
    key: str = ""


def web_acl_args(
    context: Context,
    edge: EdgeSettings,
    logs: LogPolicy,
    *,
    load_balancer_arn: pulumi.Input[str] | None = None,
    key: str = "",
) -> WebAclArgs:
    """The firewall that a stack's settings ask for.

    Args:
        context: names and tags.
        edge: the edge's settings.
        logs: how its log is kept.
        load_balancer_arn: load balancer to protect; None for CloudFront.
        key: tells the ACLs of a stack apart; empty for the application's.
    """
    return WebAclArgs(
        context=context,
        rate_limit=edge.rate_limit,
        session_rate_limit=edge.session_rate_limit,
        session_cookie=edge.session_cookie,
        logs=logs,
        load_balancer_arn=load_balancer_arn,
        settings=edge.firewall,
        file_paths=edge.assets.paths if edge.serves_files else (),
        key=key,
    )


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
        self._metric_name = context.physical_name("firewall", *_parts(args.key), limit=128)
        self._region, self._regional, self._key = region, regional, args.key
        rules = _rules(name, args, "REGIONAL" if regional else "CLOUDFRONT", region, child)
        self._rules = [rule.name for rule in rules]
        acl = aws.wafv2.WebAcl(
            f"{name}-acl",
            scope="REGIONAL" if regional else "CLOUDFRONT",
            region=region,
            description=f"{context.application} {context.environment}",
            default_action=aws.wafv2.WebAclDefaultActionArgs(allow=aws.wafv2.WebAclDefaultActionAllowArgs()),
            rules=[rule.at(priority) for priority, rule in enumerate(rules)],
            data_protection_config=_protected(args.settings.redacted_headers),
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
                subject=self._key,
                title=f"the firewall turns many requests {f'for {self._key} ' if self._key else ''}away",
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
        by_rule = [self._metric("BlockedRequests", rule, rule) for rule in self._rules]
        return [
            Graph(title="Requests that the firewall saw", lines=both, region=self._region),
            Graph(title="Requests that it turned away, by rule", lines=by_rule, region=self._region),
        ]


def _parts(key: str) -> tuple[str, ...]:
    return (key,) if key else ()


def _rules(name: str, args: WebAclArgs, scope: str, region: str, child: pulumi.ResourceOptions) -> list[FirewallRule]:
    """The rules, in the order in which they judge: who always passes, where from, how often, what for."""
    settings = args.settings
    allowed = [
        (f"allowed-ipv{version}", ip_set(name, args.context, version, ranges, scope, region, child))
        for version, ranges in by_version(settings.allowed_ranges).items()
    ]
    return [
        *(allowed_addresses(key, made.arn) for key, made in allowed),
        *countries(settings),
        rate_per_address(args.rate_limit, settings.mode),
        rate_per_session(args.session_rate_limit, args.session_cookie, settings.mode),
        *managed(settings),
        *bot_control(settings, args.file_paths),
    ]


def _protected(headers: Sequence[str]) -> aws.wafv2.WebAclDataProtectionConfigArgs:
    """What samples must not show either; the log's own redaction covers the log alone."""
    field_ = aws.wafv2.WebAclDataProtectionConfigDataProtectionFieldArgs(
        field_type="SINGLE_HEADER", field_keys=list(headers)
    )
    return aws.wafv2.WebAclDataProtectionConfigArgs(
        data_protections=[aws.wafv2.WebAclDataProtectionConfigDataProtectionArgs(action="SUBSTITUTION", field=field_)]
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
        physical_name=f"aws-waf-logs-{args.context.physical_name(*_parts(args.key), limit=200)}",
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
            for header in args.settings.redacted_headers
        ],
        region=region,
        # An access control list has one: a new one is put over the old one, whose deletion would take both away.
        opts=pulumi.ResourceOptions(parent=parent, delete_before_replace=True),
    )
