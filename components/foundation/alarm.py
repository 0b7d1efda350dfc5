"""What a component asks to be told about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi


class Comparison(StrEnum):
    """On which side of the threshold a metric is bad."""

    ABOVE = "GreaterThanThreshold"
    AT_LEAST = "GreaterThanOrEqualToThreshold"
    BELOW = "LessThanThreshold"


@dataclass(frozen=True, kw_only=True)
class AlarmSpec:
    """One alarm as a component describes it.

    Args:
        key: name of its runbook; with `subject` unique in the stack.
        subject: which one it is about, where a stack may have several, such as a service's name.
        title: what is wrong when it fires.
        namespace: CloudWatch namespace of the metric.
        metric: name of the metric.
        dimensions: which instance of the metric.
        statistic: `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, or a percentile such as `p95`.
        threshold: value at which it is bad, in the metric's unit or that of the expression.
        periods: periods in a row.
        enough: how many of them must be bad; all by default.
        period_seconds: length of a period; not shorter than the distance between the metric's values, or the missing
            ones in between would keep the alarm quiet.
        comparison: side of the threshold that is bad.
        missing_is_bad: no data counts as bad; otherwise it counts as quiet.
        region: where the metric is, if not in the stack's region.
        rolls_back: a deployment during which it fires is rolled back: of the service that is its subject, or of all.
        severity: how fast to act.
        expression: metric maths that is compared instead of the metric, which it calls `m1`.
        beside: other metrics of the expression by the names it calls them; each is charged like an alarm of its own.
        usual: compared with what is usual at that hour instead of the threshold, which then counts the standard
            deviations on either side; charged like three alarms.
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
    subject: str = ""
    missing_is_bad: bool = False
    region: str | None = None
    rolls_back: bool = False
    enough: int | None = None
    severity: Severity = Severity.MEDIUM
    expression: str = ""
    beside: Mapping[str, Metric] = field(default_factory=dict)
    usual: bool = False

    @property
    def name(self) -> str:
        """Unique in the stack."""
        return f"{self.subject}-{self.key}" if self.subject else self.key

    @property
    def watched(self) -> Metric:
        """The metric itself."""
        return Metric(
            namespace=self.namespace, metric=self.metric, dimensions=self.dimensions, statistic=self.statistic
        )

    def graph(self) -> Graph:
        """What it watches, with its threshold as a line where both have one unit."""
        alone = not (self.expression or self.usual)
        return Graph(
            title=self.title,
            lines=[self.watched, *self.beside.values()],
            lines_at={"alarm": self.threshold} if alone else {},
            period_seconds=self.period_seconds,
            region=self.region,
        )


on_the_first: Final = partial(
    AlarmSpec, statistic="Sum", threshold=1, comparison=Comparison.AT_LEAST, periods=1, period_seconds=300
)
"""An alarm on a single one of what should never happen, counted by five minutes."""


def described(title: str, severity: Severity, key: str) -> str:
    """What the message of an alarm or an event says.

    Severity comes first: a subscription of the topic can only filter by how a text begins.

    Args:
        title: what is wrong.
        severity: how fast to act.
        key: name of its runbook.
    """
    return f"Severity {severity}: {title}. Runbook: docs/runbooks/{key}.md"
