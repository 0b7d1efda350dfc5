"""CloudWatch alarms made of what components ask to be told about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison, described
from components.foundation.context import Context
from components.foundation.telemetry.composite import CompositeSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.telemetry.metric import Metric
    from settings.services import Service

_MAIN: Final = "m1"
"""What expressions call the alarm's own metric."""

_HUSH_SECONDS: Final = 120
"""How long a composite waits for the alarm that would silence it, and how long it stays silent after that one."""

_OUTSIDE: Final = {
    Comparison.ABOVE: "GreaterThanUpperThreshold",
    Comparison.AT_LEAST: "LessThanLowerOrGreaterThanUpperThreshold",
    Comparison.BELOW: "LessThanLowerThreshold",
}
"""Comparison with a threshold → the one with a band; at least so far from what is usual is either side."""


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """The alarms of one layer.

    Args:
        context: names and tags.
        topic_arns: region → SNS topic that hears when alarms there fire and when they recover.
        specs: what to watch.
        composites: alarms that speak for others among `specs`, all of them in the stack's own region.
    """

    context: Context
    topic_arns: Mapping[str, pulumi.Input[str]]
    specs: Sequence[AlarmSpec] = field(default_factory=list)
    composites: Sequence[CompositeSpec] = ()


class Alarms(pulumi.ComponentResource):
    """CloudWatch alarms, each wired to the topic or spoken for by one that is. $0.10 a month per metric watched.

    Attributes:
        names: the specification's name → the alarm's physical name.
        arns: the specification's name → the alarm's ARN.
    """

    names: dict[str, pulumi.Output[str]]
    arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Alarms", name, None, opts)
        silent = {member for composite in args.composites for member in composite.members}
        made = {spec.name: self._alarm(name, args, spec, silent=spec.name in silent) for spec in args.specs}
        self.names = {key: alarm.name for key, alarm in made.items()}
        self.arns = {key: alarm.arn for key, alarm in made.items()}
        for composite in args.composites:
            self._composite(name, args, composite, made)
        self.register_outputs({"names": self.names})

    def _alarm(self, name: str, args: AlarmsArgs, spec: AlarmSpec, *, silent: bool) -> aws.cloudwatch.MetricAlarm:
        told = None if silent else [args.topic_arns[spec.region or args.context.region]]
        return aws.cloudwatch.MetricAlarm(
            f"{name}-{spec.name}",
            alarm_description=described(spec.title, spec.severity, spec.key),
            evaluation_periods=spec.periods,
            datapoints_to_alarm=spec.enough,
            # Most metrics have no data without traffic; that is quiet, not bad.
            treat_missing_data="breaching" if spec.missing_is_bad else "notBreaching",
            alarm_actions=told,
            ok_actions=told,
            region=spec.region if spec.region != args.context.region else None,
            tags=args.context.tags(f"{name}-{spec.name}"),
            opts=pulumi.ResourceOptions(parent=self),
            **_compared(spec),
        )

    def _composite(
        self, name: str, args: AlarmsArgs, spec: CompositeSpec, made: Mapping[str, aws.cloudwatch.MetricAlarm]
    ) -> None:
        context, told = args.context, [args.topic_arns[args.context.region]]
        members = pulumi.Output.all(*(made[member].name for member in spec.members))
        joint = " AND " if spec.together else " OR "
        hushed = None
        if spec.hushed_by:
            hushed = aws.cloudwatch.CompositeAlarmActionsSuppressorArgs(
                alarm=made[spec.hushed_by].name, wait_period=_HUSH_SECONDS, extension_period=_HUSH_SECONDS
            )
        aws.cloudwatch.CompositeAlarm(
            f"{name}-{spec.name}",
            # AWS gives composite alarms no names of its own, and Pulumi none here.
            alarm_name=context.physical_name(spec.name, limit=255),
            alarm_description=described(spec.title, spec.severity, spec.key),
            alarm_rule=members.apply(lambda names: joint.join(f'ALARM("{one}")' for one in names)),
            actions_suppressor=hushed,
            alarm_actions=told,
            ok_actions=told,
            tags=context.tags(f"{name}-{spec.name}"),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _compared(spec: AlarmSpec) -> dict[str, Any]:
    """What is compared with what: a metric or an expression with a threshold, or a metric with what is usual."""
    if spec.usual:
        watched = "compared" if spec.expression else _MAIN
        band = aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="usual",
            expression=f"ANOMALY_DETECTION_BAND({watched}, {spec.threshold:g})",
            label="what is usual",
            return_data=True,
        )
        queries = [_query(_MAIN, spec.watched, spec.period_seconds, shown=not spec.expression)]
        if spec.expression:
            queries = [
                _expression(spec),
                *queries,
                *(_query(k, one, spec.period_seconds) for k, one in spec.beside.items()),
            ]
        return {
            "metric_queries": [band, *queries],
            "threshold_metric_id": "usual",
            "comparison_operator": _OUTSIDE[spec.comparison],
        }
    compared = {"comparison_operator": spec.comparison.value, "threshold": spec.threshold}
    if spec.expression:
        asked = {_MAIN: spec.watched, **spec.beside}
        return {
            "metric_queries": [
                _expression(spec),
                *(_query(key, one, spec.period_seconds) for key, one in asked.items()),
            ],
            **compared,
        }
    percentile = spec.statistic.startswith("p")
    return {
        "namespace": spec.namespace,
        "metric_name": spec.metric,
        "dimensions": dict(spec.dimensions),
        "statistic": None if percentile else spec.statistic,
        "extended_statistic": spec.statistic if percentile else None,
        # A handful of requests has no slowest twentieth worth waking anybody for.
        "evaluate_low_sample_count_percentiles": "ignore" if percentile else None,
        "period": spec.period_seconds,
        **compared,
    }


def _expression(spec: AlarmSpec) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="compared", expression=spec.expression, label=spec.title, return_data=True
    )


def _query(key: str, metric: Metric, period: int, *, shown: bool = False) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id=key,
        metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
            namespace=metric.namespace,
            metric_name=metric.metric,
            dimensions=dict(metric.dimensions),
            stat=metric.statistic,
            period=period,
        ),
        return_data=shown,
    )


def rollback_alarms(service: Service, specs: Sequence[AlarmSpec], alarms: Alarms) -> list[pulumi.Output[str]]:
    """Alarms that say a deployment broke a service, as opposed to its surroundings; a worker has none.

    Args:
        service: the service.
        specs: the specifications that were made.
        alarms: the alarms made of them.
    """
    return [
        alarms.names[spec.name]
        for spec in specs
        if service.is_web and spec.rolls_back and spec.subject in ("", service.name)
    ]
