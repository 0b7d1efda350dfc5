"""Contradictions between settings that are each fine by themselves; a module per section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from settings.consistency.account import account
from settings.consistency.compute import offered, processors, sizes
from settings.consistency.cost import cost
from settings.consistency.data import data
from settings.consistency.edge import assets, domain, failover, firewall, partitions
from settings.consistency.identity import copies, deployments, parameters
from settings.consistency.network import reachability, zones
from settings.consistency.observability import alarms, logs, notices, retention, telemetry, webhooks
from settings.consistency.postgres import postgres
from settings.consistency.recovery import experiments, objectives, second_region, vaults
from settings.consistency.running import capacity, releases, work
from settings.consistency.services import kinds, routes, variables
from settings.consistency.stores import buckets, cache, files, models, search, table

if TYPE_CHECKING:
    from common.problems import Problem
    from settings.schema import Settings

_CHECKS = (
    zones,
    reachability,
    partitions,
    domain,
    assets,
    firewall,
    failover,
    sizes,
    offered,
    processors,
    kinds,
    routes,
    variables,
    work,
    capacity,
    releases,
    postgres,
    table,
    cache,
    buckets,
    files,
    models,
    search,
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
