"""The costs that the platform was asked to have, by tier, as its requirements state them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ascent.cost.amounts import HOURS
from ascent.cost.goals.targets import Pick, Target, TargetGroup, TargetLine
from policies.pack import types

_WATCHING: Final = (
    Pick(types.CLOUDWATCH_METRIC_ALARM),
    Pick(types.CLOUDWATCH_DASHBOARD),
    Pick(types.CLOUDWATCH_LOG_GROUP),
)


def _line(
    what: str, stated: str, *picks: Pick, items: tuple[tuple[str, Decimal | str], ...] | None = None
) -> TargetLine:
    return TargetLine(what=what, stated=Decimal(stated), items=items, picks=picks)


_MVP: Final = Target(
    low=Decimal(20),
    high=Decimal(32),
    groups=(
        TargetGroup(
            name="the whole stack",
            stated=Decimal(32),
            lines=(
                _line("EC2 t3.micro", "8", Pick(types.AUTOSCALING_GROUP), items=(("ec2.t3.micro", HOURS),)),
                _line("load balancer", "16", Pick(types.LB_LOAD_BALANCER), items=(("alb.hour", HOURS),)),
                _line("DynamoDB, on demand", "5", Pick(types.DYNAMODB_TABLE)),
                _line("CloudWatch", "3", *_WATCHING),
            ),
        ),
    ),
    corrections=("the table of tiers says 20 to 30 while the list adds up to 32; the band taken here is 20 to 32",),
)

_STARTUP: Final = Target(
    low=Decimal(200),
    high=Decimal(500),
    groups=(
        TargetGroup(
            name="the whole stack",
            stated=Decimal(100),
            lines=(
                _line(
                    "two Fargate tasks",
                    "30",
                    Pick(types.ECS_SERVICE, "fargate."),
                    items=(("fargate.arm.vcpu", 2 * HOURS / 4), ("fargate.arm.gb", 2 * HOURS / 2)),
                ),
                _line("load balancer", "16", Pick(types.LB_LOAD_BALANCER), items=(("alb.hour", HOURS),)),
                _line("relational database", "30", Pick(types.RDS_INSTANCE)),
                _line("Parameter Store", "0", Pick(types.SSM_PARAMETER), items=()),
                _line("CloudWatch", "10", *_WATCHING),
                _line("Datadog", "15"),
            ),
        ),
    ),
    corrections=(
        "the table of tiers says 200 to 500 while the list adds up to 101 and says about 100",
        "a Fargate task of 256 CPU units and 512 MiB is $9.01 on x86 and $7.21 on ARM, not $15 to $20",
        "the list has neither a NAT gateway with its address ($36.50) nor keys, secrets and backups",
    ),
)

_PRODUCTION: Final = Target(
    low=Decimal("308.83"),
    high=Decimal("378.83"),
    base=Decimal("308.83"),
    groups=(
        TargetGroup(
            name="phase 1, critical",
            stated=Decimal(15),
            lines=(
                _line("ACM certificate", "0", Pick(types.ACM_CERTIFICATE), items=()),
                _line(
                    "Route 53 hosted zone",
                    "0.50",
                    Pick(types.ROUTE53_ZONE),
                    items=(("route53.zone", Decimal(1)),),
                ),
                _line(
                    "NAT gateways beyond the first",
                    "32.85",
                    Pick(types.EC2_NAT_GATEWAY, skip=1),
                    Pick(types.EC2_EIP, skip=1),
                    items=(("nat.hour", HOURS), ("ipv4.hour", HOURS)),
                ),
                _line(
                    "health check, HTTPS",
                    "0.50",
                    Pick(types.ROUTE53_HEALTH_CHECK),
                    items=(("route53.health-check", Decimal(1)), ("route53.health-check-option", Decimal(1))),
                ),
                _line("CloudTrail, first copy", "0", Pick(types.CLOUDTRAIL_TRAIL), items=()),
            ),
        ),
        TargetGroup(
            name="phase 2, high priority",
            stated=Decimal(25),
            lines=(
                _line(
                    "GuardDuty",
                    "4.50",
                    Pick(types.GUARDDUTY_DETECTOR),
                    items=(("guardduty.events", "api_events"), ("guardduty.flow-gb", "flow_log_gb")),
                ),
                _line(
                    "Security Hub",
                    "0",
                    Pick(types.SECURITYHUB_ACCOUNT),
                    items=(("securityhub.checks", "security_checks"),),
                ),
                _line("AWS Backup", "5", Pick(types.BACKUP_SELECTION)),
                _line(
                    "Performance Insights, 7 days",
                    "7",
                    Pick(types.RDS_INSTANCE, "rds.insights-advanced", always=True),
                    items=(),
                ),
                _line(
                    "Container Insights",
                    "8.50",
                    Pick(types.ECS_CLUSTER),
                    items=(("cloudwatch.metric", Decimal(25)),),
                ),
            ),
        ),
        TargetGroup(
            name="phase 3, medium priority",
            stated=Decimal(30),
            lines=(
                _line("X-Ray", "5", Pick(types.XRAY_GROUP), items=(("xray.traces", "traces"),)),
                _line(
                    "Synthetics, every 5 minutes",
                    "4.80",
                    Pick(types.SYNTHETICS_CANARY),
                    items=(("synthetics.run", HOURS * 12),),
                ),
                _line("Config", "2", Pick(types.CFG_RECORDER), items=(("config.items", "config_items"),)),
                _line(
                    "enhanced monitoring",
                    "18.20",
                    Pick(types.RDS_INSTANCE, "logs.ingest", what="enhanced monitoring"),
                    items=(("logs.ingest", HOURS * 60 * Decimal("0.00001")),),
                ),
            ),
        ),
    ),
    corrections=(
        "phase 1 claims $15 while its lines add up to $33.85; with that the end is $397.68, not $378.83",
        "the address of a NAT gateway is $3.65 on top of its $32.85",
        "a health check over HTTPS is $1.50, not $0.50",
        "Security Hub is free for 30 days only",
        "Performance Insights with 7 days of history is free, not $7",
        "a canary that runs every 5 minutes is $10.51 (8,760 runs at $0.0012), not $4.80",
        "enhanced monitoring every 60 seconds writes less than a GB a month, so it is below $1, not $18.20",
        "the base of $308.83 is not itemised",
    ),
)

_ENTERPRISE: Final = Target(
    low=Decimal(5000),
    high=Decimal(50000),
    groups=(
        TargetGroup(
            name="the whole stack",
            stated=Decimal(1200),
            lines=(
                _line("EKS cluster", "73", Pick(types.EKS_CLUSTER), items=(("eks.hour", HOURS),)),
                _line("three m5.large nodes", "300", items=(("ec2.m5.large", 3 * HOURS),)),
                _line("global database", "500", Pick(types.RDS_INSTANCE), Pick(types.RDS_GLOBAL_CLUSTER)),
                _line(
                    "Secrets Manager",
                    "50",
                    Pick(types.SECRETSMANAGER_SECRET),
                    Pick(types.CLOUDCONTROL_RESOURCE, "secrets."),
                ),
                _line("New Relic", "150"),
                _line("VPN", "100", Pick(types.EC2_VPN_CONNECTION)),
                _line(
                    "firewall",
                    "50",
                    Pick(types.WAFV2_WEB_ACL),
                    items=(("waf.acl", Decimal(1)), ("waf.rule", Decimal(5)), ("waf.requests", "requests")),
                ),
            ),
        ),
    ),
    corrections=(
        "the table of tiers says 5,000 to 50,000 while the list adds up to 1,223 and says about 1,200",
        "three m5.large are $210.24, not $300",
    ),
)

TARGETS: Final = {"mvp": _MVP, "startup": _STARTUP, "production": _PRODUCTION, "enterprise": _ENTERPRISE}
"""The expectation for each tier."""
