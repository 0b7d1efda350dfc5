"""Reports about money that make themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pulumi

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.function import Function, FunctionArgs
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from settings.sections.cost import CostSettings

_WEEKLY: Final = "cron(0 7 ? * MON *)"
_MONTHLY: Final = "cron(0 7 2 * ? *)"
"""A day after the month's end: Cost Explorer's figures are up to a day late."""


@dataclass(frozen=True, kw_only=True)
class CostReportsArgs:
    """Which reports there are, and who reads them.

    Args:
        context: names and tags.
        settings: the cost section.
        logs: retention and key of the functions' logs.
        topic_arn: SNS topic that the reports go to.
        topic_key_arn: KMS key of the topic; None for an unencrypted one.
    """

    context: Context
    settings: CostSettings
    logs: LogPolicy
    topic_arn: pulumi.Input[str]
    topic_key_arn: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True)
class _Report:
    purpose: str
    description: str
    module: str
    schedule: str
    reads: Statement
    variables: dict[str, str] = field(default_factory=dict)


class CostReports(pulumi.ComponentResource):
    """A function per report, on a schedule. Runs are below Lambda's allowance; Cost Explorer takes $0.01 a call."""

    def __init__(self, name: str, args: CostReportsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:CostReports", name, None, opts)
        self._functions = [
            Function(f"{name}-{report.purpose}", _function(report, args), opts=pulumi.ResourceOptions(parent=self))
            for report in _wanted(args.settings)
        ]
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """Reports that fail."""
        return [spec for function in self._functions for spec in function.alarms()]


def _wanted(settings: CostSettings) -> list[_Report]:
    idle = settings.idle_report
    found: list[_Report] = []
    if idle.enabled:
        found.append(
            _Report(
                purpose="idle-report",
                description="Tells what the account pays for and nobody uses",
                module="functions/idle_report.py",
                schedule=_WEEKLY,
                reads=_reading(
                    "cloudwatch:GetMetricData",
                    "ec2:DescribeAddresses",
                    "ec2:DescribeNatGateways",
                    "ec2:DescribeSnapshots",
                    "ec2:DescribeVolumes",
                    "elasticloadbalancing:DescribeLoadBalancers",
                    "elasticloadbalancing:DescribeTargetGroups",
                    "elasticloadbalancing:DescribeTargetHealth",
                    "rds:DescribeDBInstances",
                    "rds:DescribeDBSnapshots",
                ),
                variables={"IDLE_DAYS": str(idle.idle_days), "SNAPSHOT_DAYS": str(idle.snapshot_days)},
            )
        )
    if settings.monthly_report:
        found.append(
            _Report(
                purpose="cost-report",
                description="Tells what the last month cost, by service",
                module="functions/cost_report.py",
                schedule=_MONTHLY,
                reads=_reading("ce:GetCostAndUsage", "ce:GetCostForecast"),
            )
        )
    return found


def _reading(*actions: str) -> Statement:
    return Statement(
        sid="Read", actions=actions, resources=["*"], wildcard_reason="the actions read lists and take no resource"
    )


def _function(report: _Report, args: CostReportsArgs) -> FunctionArgs:
    context = args.context
    publish = [Statement(sid="Publish", actions=["sns:Publish"], resources=[args.topic_arn])]
    if args.topic_key_arn is not None:
        actions = ["kms:Decrypt", "kms:GenerateDataKey"]
        publish.append(Statement(sid="EncryptMessage", actions=actions, resources=[args.topic_key_arn]))
    return FunctionArgs(
        context=context,
        purpose=report.purpose,
        description=report.description,
        module=report.module,
        logs=args.logs,
        statements=[report.reads, *publish],
        variables={
            "TOPIC_ARN": args.topic_arn,
            "STACK": f"{context.application} {context.environment}",
            **report.variables,
        },
        timeout_seconds=300,
        memory_mb=256,
        schedule=report.schedule,
    )
