"""CloudWatch alarms made of what components ask to be told about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """The alarms of one layer.

    Args:
        context: names and tags.
        topic_arns: region → SNS topic that hears when alarms there fire and when they recover.
        specs: what to watch.
    """

    context: Context
    topic_arns: Mapping[str, pulumi.Input[str]]
    specs: Sequence[AlarmSpec] = field(default_factory=list)


class Alarms(pulumi.ComponentResource):
    """CloudWatch alarms, each wired to the topic. $0.10 a month each.

    Attributes:
        names: the specification's name → the alarm's physical name.
    """

    names: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Alarms", name, None, opts)
        self.names = {}
        for spec in args.specs:
            percentile = spec.statistic.startswith("p")
            topic_arn = args.topic_arns[spec.region or args.context.region]
            alarm = aws.cloudwatch.MetricAlarm(
                f"{name}-{spec.name}",
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
                # Most metrics have no data without traffic; that is quiet, not bad.
                treat_missing_data="breaching" if spec.missing_is_bad else "notBreaching",
                alarm_actions=[topic_arn],
                ok_actions=[topic_arn],
                region=spec.region,
                tags=args.context.tags(f"{name}-{spec.name}"),
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.names[spec.name] = alarm.name
        self.register_outputs({"names": self.names})
