"""One series of numbers in CloudWatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric with the statistic that is asked of it.

    Args:
        namespace: CloudWatch namespace, such as `AWS/ApplicationELB`.
        metric: its name.
        dimensions: which instance of it.
        statistic: `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, or a percentile such as `p95`.
        label: what a graph calls it; its name by default.
    """

    namespace: str
    metric: str
    dimensions: Mapping[str, pulumi.Input[str]]
    statistic: str
    label: str = ""


def filled(identifier: str) -> str:
    """A metric in an expression, with zero where it has no value: counts have none while there is nothing to count."""
    return f"FILL({identifier}, 0)"
