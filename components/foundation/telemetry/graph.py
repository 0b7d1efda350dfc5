"""What a component wants to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.telemetry.metric import Metric


@dataclass(frozen=True, kw_only=True)
class Graph:
    """One graph of a dashboard.

    Args:
        title: what it shows.
        lines: what is drawn.
        lines_at: label → value of a horizontal line, such as an alarm's threshold.
        period_seconds: distance between points.
        region: where the metrics are, if not in the stack's region.
    """

    title: str
    lines: Sequence[Metric]
    lines_at: Mapping[str, float] = field(default_factory=dict)
    period_seconds: int = 60
    region: str | None = None


PERCENTILES = ("p50", "p95", "p99")
"""What is drawn of a duration: the usual case, the slow one, the slowest that still counts."""
