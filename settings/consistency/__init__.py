"""Contradictions between settings that are each fine by themselves; a module per section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from settings.consistency.account import account
from settings.consistency.compute import processors, sizes
from settings.consistency.cost import cost
from settings.consistency.data import data
from settings.consistency.edge import domain, partitions
from settings.consistency.identity import copies, deployments, parameters
from settings.consistency.network import reachability, zones
from settings.consistency.observability import alarms, logs, notices, retention, telemetry, webhooks
from settings.consistency.recovery import experiments, objectives, second_region, vaults
from settings.consistency.services import kinds, routes, variables

if TYPE_CHECKING:
    from common.problems import Problem
    from settings.schema import Settings

_CHECKS = (
    zones,
    reachability,
    partitions,
    domain,
    sizes,
    processors,
    kinds,
    routes,
    variables,
    data,
    parameters,
    copies,
    deployments,
    alarms,
    account,
    cost,
    retention,
    notices,
    webhooks,
    logs,
    telemetry,
    vaults,
    second_region,
    experiments,
    objectives,
)


def contradictions(settings: Settings) -> list[Problem]:
    """Everything in `settings` that cannot hold at the same time, each with the way out."""
    return [problem for check in _CHECKS for problem in check(settings)]
