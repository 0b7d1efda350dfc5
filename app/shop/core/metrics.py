"""Metrics in CloudWatch's embedded format: a line of the log that CloudWatch makes a metric of."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

NAMESPACE = "Shop"


def emit(name: str, value: float, unit: Literal["Count", "Milliseconds"], **dimensions: str) -> None:
    """Write a metric.

    Args:
        name: such as `TransactionCount`.
        value: in `unit`.
        unit: CloudWatch's name of it.
        dimensions: few values each: each combination is a metric that costs.
    """
    line = {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [
                {"Namespace": NAMESPACE, "Dimensions": [sorted(dimensions)], "Metrics": [{"Name": name, "Unit": unit}]}
            ],
        },
        name: value,
        **dimensions,
    }
    # One write, so that lines of several threads do not mix.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def count_transaction(kind: str) -> None:
    """Count something that the business lives on; an alarm sounds when there is none.

    Args:
        kind: such as `order`.
    """
    emit("TransactionCount", 1, "Count", Kind=kind)
