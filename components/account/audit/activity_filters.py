"""Metrics and alarms made of what the trail says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.account.audit.activities import ACTIVITIES
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context

_PERIOD: Final = 300


@dataclass(frozen=True, kw_only=True)
class ActivityFiltersArgs:
    """What is watched.

    Args:
        context: names.
        log_group: name of the log group that a multi-region trail writes to.
    """

    context: Context
    log_group: pulumi.Input[str]


class ActivityFilters(pulumi.ComponentResource):
    """A metric for each activity that the CIS benchmark wants to hear of. Free until one happens, then $0.30."""

    def __init__(self, name: str, args: ActivityFiltersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:ActivityFilters", name, None, opts)
        # Metrics of two stacks must not add up.
        self._namespace = args.context.physical_name("audit", limit=255)
        for activity in ACTIVITIES:
            aws.cloudwatch.LogMetricFilter(
                f"{name}-{activity.subject}",
                log_group_name=args.log_group,
                pattern=activity.pattern,
                metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                    name=activity.subject, namespace=self._namespace, value="1"
                ),
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """What somebody should hear of."""
        return [
            AlarmSpec(
                key=activity.runbook,
                subject=activity.subject,
                title=activity.title,
                severity=activity.severity,
                namespace=self._namespace,
                metric=activity.subject,
                dimensions={},
                statistic="Sum",
                threshold=activity.times,
                comparison=Comparison.AT_LEAST,
                periods=1,
                period_seconds=_PERIOD,
            )
            for activity in ACTIVITIES
        ]
