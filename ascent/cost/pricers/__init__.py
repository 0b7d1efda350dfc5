"""The pricers, a module per part of AWS; importing this registers them all."""

from __future__ import annotations

from ascent.cost.pricers import (
    account,
    compute,
    data,
    databases,
    edge,
    network,
    observability,
    replicas,
    resilience,
    security,
    storage,
    stores,
    work,
)
from ascent.cost.pricers.registry import PRICERS

__all__ = [
    "PRICERS",
    "account",
    "compute",
    "data",
    "databases",
    "edge",
    "network",
    "observability",
    "replicas",
    "resilience",
    "security",
    "storage",
    "stores",
    "work",
]
