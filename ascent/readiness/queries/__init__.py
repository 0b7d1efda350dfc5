"""The plan queries, a module per part of the platform."""

from __future__ import annotations

from typing import Final

from ascent.readiness.queries import (
    compute,
    data,
    edge,
    kubernetes,
    lake,
    network,
    observability,
    operations,
    security,
)
from ascent.readiness.query import collect

QUERIES: Final = collect((network, edge, compute, kubernetes, data, lake, security, observability, operations))
"""Every query, by id."""
