"""Spending that is out of line, told on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.sections.cost import AnomalySettings

ANOMALY_PUBLISHER: Final = "costalerts.amazonaws.com"
"""What tells the topic; its policy and its key must admit it."""


@dataclass(frozen=True, kw_only=True)
class CostAnomaliesArgs:
    """What is out of line, and who hears of it.

    Args:
        context: names and tags.
        settings: the monitor, and from which sum and share it tells.
        topic_arn: SNS topic that hears of it; its policy must admit `ANOMALY_PUBLISHER`.
    """

    context: Context
    settings: AnomalySettings
    topic_arn: pulumi.Input[str]


class CostAnomalies(pulumi.ComponentResource):
    """A monitor of what each service of the account costs, or the account's own, and a subscription to it. Free."""

    def __init__(self, name: str, args: CostAnomaliesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:CostAnomalies", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        monitor: pulumi.Input[str] | None = settings.monitor_arn
        if monitor is None:
            monitor = aws.costexplorer.AnomalyMonitor(
                f"{name}-monitor",
                monitor_type="DIMENSIONAL",
                monitor_dimension="SERVICE",
                tags=context.tags(f"{name}-monitor"),
                opts=child,
            ).arn
        thresholds = (("ABSOLUTE", settings.minimum_usd), ("PERCENTAGE", settings.minimum_percent))
        aws.costexplorer.AnomalySubscription(
            f"{name}-subscription",
            # Only single anomalies go to a topic; daily and weekly summaries go to addresses.
            frequency="IMMEDIATE",
            monitor_arn_lists=[monitor],
            subscribers=[aws.costexplorer.AnomalySubscriptionSubscriberArgs(type="SNS", address=args.topic_arn)],
            threshold_expression=aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs(
                ands=[
                    aws.costexplorer.AnomalySubscriptionThresholdExpressionAndArgs(
                        dimension=aws.costexplorer.AnomalySubscriptionThresholdExpressionAndDimensionArgs(
                            key=f"ANOMALY_TOTAL_IMPACT_{kind}",
                            match_options=["GREATER_THAN_OR_EQUAL"],
                            values=[str(least)],
                        )
                    )
                    for kind, least in thresholds
                ]
            ),
            tags=context.tags(f"{name}-subscription"),
            opts=child,
        )
        self.register_outputs({})
