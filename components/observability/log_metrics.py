"""Metrics that only the application's own log holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.telemetry.graph import PERCENTILES, Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity
from settings.sections.watch.logs import LogMetricSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

TRANSACTIONS, ERRORS, LATENCY = "TransactionCount", "ErrorCount", "Latency"
"""Names of the metrics."""


@dataclass(frozen=True, kw_only=True)
class LogMetricsArgs:
    """What is counted in whose log.

    Args:
        context: names; the metrics' namespace is `APPLICATION/ENVIRONMENT`.
        settings: which metrics there are, and what the application calls its fields.
        log_groups: service → name of its log group.
    """

    context: Context
    settings: LogMetricSettings
    log_groups: Mapping[str, pulumi.Input[str]]


class LogMetrics(pulumi.ComponentResource):
    """Metric filters on lines of JSON. A filter is free, its metric $0.30 a month.

    Errors and latency are a service's own; transactions are the product's, whichever service finishes them.
    """

    def __init__(self, name: str, args: LogMetricsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:LogMetrics", name, None, opts)
        self._args, settings = args, args.settings
        rows = [
            (ERRORS, settings.errors, _errors(settings.level_field), "1", "Count"),
            (
                LATENCY,
                settings.latency,
                f"{{ $.{settings.latency_field} >= 0 }}",
                f"$.{settings.latency_field}",
                "Milliseconds",
            ),
            (TRANSACTIONS, settings.transactions, f'{{ $.{settings.transaction_field} = "*" }}', "1", "Count"),
        ]
        for service, group in args.log_groups.items():
            for metric, wanted, pattern, value, unit in rows:
                if not wanted:
                    continue
                transformation = aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                    namespace=self._namespace,
                    name=metric if metric == TRANSACTIONS else f"{service}-{metric}",
                    value=value,
                    # Where lines are counted, a minute with other lines has none of these; without, it has no value.
                    default_value="0" if value == "1" else None,
                    unit=unit,
                )
                aws.cloudwatch.LogMetricFilter(
                    f"{name}-{service}-{metric.lower()}",
                    log_group_name=group,
                    pattern=pattern,
                    metric_transformation=transformation,
                    opts=pulumi.ResourceOptions(parent=self),
                )
        self.register_outputs({})

    @property
    def _namespace(self) -> str:
        return f"{self._args.context.application}/{self._args.context.environment}"

    def _metric(self, metric: str, statistic: str, label: str = "") -> Metric:
        return Metric(namespace=self._namespace, metric=metric, dimensions={}, statistic=statistic, label=label)

    def alarms(self) -> list[AlarmSpec]:
        """Errors that the application logs, and business that has stopped."""
        settings = self._args.settings
        errors = [
            AlarmSpec(
                key="logged-errors",
                subject=service,
                title=f"{service} logs errors",
                namespace=self._namespace,
                metric=f"{service}-{ERRORS}",
                dimensions={},
                statistic="Sum",
                threshold=settings.errors_per_minute,
                periods=5,
                severity=Severity.MEDIUM,
            )
            for service in self._args.log_groups
        ]
        business = AlarmSpec(
            key="business-stopped",
            title="hardly any transaction is finished: customers can't do what they came for",
            namespace=self._namespace,
            metric=TRANSACTIONS,
            dimensions={},
            statistic="Sum",
            threshold=settings.least_transactions,
            comparison=Comparison.BELOW,
            periods=2,
            period_seconds=300,
            # No line at all is the worst case.
            missing_is_bad=True,
            severity=Severity.CRITICAL,
        )
        return [*(errors if settings.errors else []), *([business] if settings.transactions else [])]

    def graphs(self) -> list[Graph]:
        """Transactions, errors and the time that requests took, as the application says."""
        settings, found = self._args.settings, []
        if settings.transactions:
            lines = [self._metric(TRANSACTIONS, "Sum")]
            bound = {"alarm": settings.least_transactions}
            found.append(Graph(title="Transactions", lines=lines, lines_at=bound, period_seconds=300))
        for service in self._args.log_groups:
            if settings.errors:
                found.append(
                    Graph(title=f"Logged errors of {service}", lines=[self._metric(f"{service}-{ERRORS}", "Sum")])
                )
            if settings.latency:
                slow = [self._metric(f"{service}-{LATENCY}", statistic, statistic) for statistic in PERCENTILES]
                found.append(Graph(title=f"Time that {service} took, ms", lines=slow))
        return found


def _errors(field: str) -> str:
    return f'{{ ($.{field} = "ERROR") || ($.{field} = "CRITICAL") }}'
