"""The service level objective, and alarms on how fast the failures that it allows are used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.telemetry.composite import CompositeSpec
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import Severity
from settings.sections.watch.service_level import ServiceLevelSettings

TYPE: Final = "AWS::ApplicationSignals::ServiceLevelObjective"
"""CloudFormation's name; Pulumi's AWS provider has no class of its own for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Two spans of time in which the allowed failures are used up too fast.

    The long one says that it matters, the short one that it still goes on.
    """

    key: str
    rate: float
    """How many times as fast as the objective allows."""
    long_minutes: int
    short_minutes: int
    severity: Severity


_WINDOWS: Final = (
    _Window(key="fast", rate=14.4, long_minutes=60, short_minutes=5, severity=Severity.CRITICAL),
    _Window(key="slow", rate=6, long_minutes=360, short_minutes=30, severity=Severity.HIGH),
)
"""A fiftieth of a month's failures in an hour, a twentieth in six (Site Reliability Workbook, "Alerting on SLOs")."""


@dataclass(frozen=True, kw_only=True)
class ObjectiveArgs:
    """What is promised of what.

    Args:
        context: names and tags.
        settings: the share of requests, and the time it is measured over.
        load_balancer: identity of the load balancer in metrics.
    """

    context: Context
    settings: ServiceLevelSettings
    load_balancer: pulumi.Output[str]


class Objective(pulumi.ComponentResource):
    """An objective of Application Signals over the load balancer's own counts, which are there from the first request.

    Attributes:
        name: the objective's name in the console.
    """

    name: str

    def __init__(self, name: str, args: ObjectiveArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Objective", name, None, opts)
        self._args, context, settings = args, args.context, args.settings
        self.name = context.physical_name("availability", limit=128)
        counted = {key: _data_query(key, metric) for key, metric in _counts(args.load_balancer).items()}
        wanted = {
            "Name": self.name,
            "Description": f"{settings.percent:g} % of requests succeed within {settings.days} days",
            "RequestBasedSli": {
                "RequestBasedSliMetric": {
                    "TotalRequestCountMetric": [_sum("total", "m2", "m3"), counted["m2"], counted["m3"]],
                    "MonitoredRequestCountMetric": {
                        "BadCountMetric": [_sum("bad", "m1", "m3"), counted["m1"], counted["m3"]]
                    },
                }
            },
            "Goal": {
                "AttainmentGoal": settings.percent,
                "WarningThreshold": 50,
                "Interval": {"RollingInterval": {"Duration": settings.days, "DurationUnit": "DAY"}},
            },
            "BurnRateConfigurations": [{"LookBackWindowMinutes": window.long_minutes} for window in _WINDOWS],
            "Tags": [{"Key": key, "Value": value} for key, value in context.tags(name).items()],
        }
        aws.cloudcontrol.Resource(
            f"{name}-slo",
            type_name=TYPE,
            desired_state=pulumi.Output.json_dumps(wanted),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"name": self.name})

    def alarms(self) -> list[AlarmSpec]:
        """For each window the long and the short span; they speak through `composites`."""
        allowed = 1 - self._args.settings.percent / 100
        counts = _counts(self._args.load_balancer)
        main = counts.pop("m1")
        failed, asked = f"({filled('m1')} + {filled('m3')})", f"({filled('m2')} + {filled('m3')})"
        return [
            AlarmSpec(
                key="error-budget",
                subject=f"{window.key}-{span}",
                title=f"failures of {minutes} minutes use up what the objective allows {window.rate:g} times too fast",
                namespace=main.namespace,
                metric=main.metric,
                dimensions=main.dimensions,
                statistic=main.statistic,
                beside=counts,
                expression=f"IF({asked} > 0, {failed} / {asked} / {allowed:.6g}, 0)",
                threshold=window.rate,
                periods=1,
                period_seconds=minutes * 60,
                severity=window.severity,
            )
            for window in _WINDOWS
            for span, minutes in (("long", window.long_minutes), ("short", window.short_minutes))
        ]

    def composites(self) -> list[CompositeSpec]:
        """One alarm per window, which fires while both spans do."""
        percent = f"{self._args.settings.percent:g} %"
        return [
            CompositeSpec(
                key="error-budget",
                subject=window.key,
                title=f"so many requests fail that the objective of {percent} will be missed",
                members=[f"{window.key}-{span}-error-budget" for span in ("long", "short")],
                together=True,
                severity=window.severity,
            )
            for window in _WINDOWS
        ]


def _counts(load_balancer: pulumi.Output[str]) -> dict[str, Metric]:
    """Failures of the application, requests that reached it, and those that the load balancer could not pass on.

    The last ones are not among the requests (ELB user guide, "CloudWatch metrics", RequestCount).
    """
    names = {"m1": "HTTPCode_Target_5XX_Count", "m2": "RequestCount", "m3": "HTTPCode_ELB_5XX_Count"}
    return {
        key: Metric(
            namespace="AWS/ApplicationELB", metric=name, dimensions={"LoadBalancer": load_balancer}, statistic="Sum"
        )
        for key, name in names.items()
    }


def _data_query(key: str, metric: Metric) -> dict[str, Any]:
    dimensions = [{"Name": name, "Value": value} for name, value in metric.dimensions.items()]
    asked = {"Namespace": metric.namespace, "MetricName": metric.metric, "Dimensions": dimensions}
    return {
        "Id": key,
        "MetricStat": {"Metric": asked, "Period": 60, "Stat": metric.statistic},
        "ReturnData": False,
    }


def _sum(key: str, first: str, second: str) -> dict[str, Any]:
    return {"Id": key, "Expression": f"{filled(first)} + {filled(second)}", "ReturnData": True}
