"""What a component asks to be told about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

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
        statistic: `Sum`, `Average`, `Maximum`, `Minimum`, or a percentile such as `p95`.
        threshold: value at which it is bad, in the metric's unit.
        periods: periods in a row.
        period_seconds: length of a period; not shorter than the distance between the metric's values, or the missing
            ones in between would keep the alarm quiet.
        comparison: side of the threshold that is bad.
        missing_is_bad: no data counts as bad; otherwise it counts as quiet.
        region: where the metric is, if not in the stack's region.
        rolls_back: a deployment during which it fires is rolled back: of the service that is its subject, or of all.
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

    @property
    def name(self) -> str:
        """Unique in the stack."""
        return f"{self.subject}-{self.key}" if self.subject else self.key
