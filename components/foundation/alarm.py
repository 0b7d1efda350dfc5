"""Alarms: what a component asks to be told about, and the CloudWatch alarms made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Comparison(StrEnum):
    """On which side of the threshold a metric is bad."""

    ABOVE = "GreaterThanThreshold"
    AT_LEAST = "GreaterThanOrEqualToThreshold"
    BELOW = "LessThanThreshold"


@dataclass(frozen=True, kw_only=True)
class AlarmSpec:
    """One alarm as a component describes it.

    Args:
        key: name, unique in the stack; also the name of its runbook.
        title: what is wrong when it fires.
        namespace: CloudWatch namespace of the metric.
        metric: name of the metric.
        dimensions: which instance of the metric.
        statistic: `Sum`, `Average`, `Maximum`, `Minimum`, or a percentile such as `p95`.
        threshold: value at which it is bad, in the metric's unit.
        periods: periods in a row.
        period_seconds: length of a period; not shorter than the distance between the metric's values, or the missing
            ones in between would keep the alarm quiet.
        comparison: side of the threshold that is bad.
    """

    key: str
    title: str
    namespace: str
    metric: str
    dimensions: Mapping[str, pulumi.Input[str]]
    statistic: str
    threshold: float
    periods: int
    comparison: Comparison = Comparison.ABOVE
    period_seconds: int = 60


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """The alarms of a stack.

    Args:
        context: names and tags.
        topic_arn: SNS topic that hears when they fire and when they recover.
        specs: what to watch.
    """

    context: Context
    topic_arn: pulumi.Input[str]
    specs: Sequence[AlarmSpec] = field(default_factory=list)


class Alarms(pulumi.ComponentResource):
    """CloudWatch alarms, each wired to the topic. $0.10 a month each.

    Attributes:
        names: alarm key → physical name.
    """

    names: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Alarms", name, None, opts)
        self.names = {}
        for spec in args.specs:
            percentile = spec.statistic.startswith("p")
            alarm = aws.cloudwatch.MetricAlarm(
                f"{name}-{spec.key}",
                alarm_description=f"{spec.title}. Runbook: docs/runbooks/{spec.key}.md",
                namespace=spec.namespace,
                metric_name=spec.metric,
                dimensions=dict(spec.dimensions),
                statistic=None if percentile else spec.statistic,
                extended_statistic=spec.statistic if percentile else None,
                comparison_operator=spec.comparison.value,
                threshold=spec.threshold,
                period=spec.period_seconds,
                evaluation_periods=spec.periods,
                # A metric without traffic has no data; that is quiet, not bad.
                treat_missing_data="notBreaching",
                alarm_actions=[args.topic_arn],
                ok_actions=[args.topic_arn],
                tags=args.context.tags(f"{name}-{spec.key}"),
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.names[spec.key] = alarm.name
        self.register_outputs({"names": self.names})
