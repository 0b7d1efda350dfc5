"""Caches, shared files, vectors, search domains, guardrails."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ascent.cost.amounts import HOURS
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import is_on, number
from ascent.cost.pricers.registry import prices
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter


@prices(types.ELASTICACHE_REPLICATION_GROUP)
def cache(meter: Meter) -> Iterator[Line]:
    """Its nodes; snapshots beyond the one that is free."""
    engine, node = meter.text("engine") or "redis", meter.text("nodeType")
    count = meter.number("numCacheClusters")
    if not node or count is None:
        yield Gap("the size or the number of its nodes is not in the plan")
        return
    yield meter.hourly(f"elasticache.{engine}.{node}", count, "node hours", called=f"{node} with {engine}")
    yield from _snapshots(meter)


@prices(types.ELASTICACHE_SERVERLESS_CACHE)
def serverless_cache(meter: Meter) -> Iterator[Line]:
    """What it holds, 100 MB at least, and the work it does."""
    if meter.text("engine") != "valkey":
        yield Gap(f"no price for a serverless cache of {meter.text('engine') or 'an unknown engine'}")
        return
    yield meter.fixed("elasticache.serverless.store", _LEAST_GB * HOURS, "GB hours, the least that is charged")
    yield meter.used("elasticache.serverless.store", meter.usage.cache_gb.above(_LEAST_GB) * HOURS, "GB hours of data")
    yield meter.used("elasticache.serverless.units", meter.usage.cache_units, "ECPU of work")
    yield from _snapshots(meter)


_LEAST_GB = Decimal("0.1")


def _snapshots(meter: Meter) -> Iterator[Line]:
    days = meter.number("snapshotRetentionLimit") or Decimal(0)
    if days > 1:
        yield meter.used("elasticache.backup", meter.usage.cache_gb * (days - 1), "GB of snapshots beyond the first")


@prices(types.EFS_FILE_SYSTEM)
def files(meter: Meter) -> Iterator[Line]:
    """What it holds, and with elastic throughput what is read and written. Seldom read files would be cheaper."""
    yield meter.used("efs.store", meter.share(meter.usage.file_gb), "GB stored")
    if meter.text("throughputMode") == "elastic":
        yield meter.used("efs.read", meter.share(meter.usage.file_read_gb), "GB read")
        yield meter.used("efs.write", meter.share(meter.usage.file_write_gb), "GB written")
    elif meter.text("throughputMode") == "provisioned":
        yield Gap("no price for provisioned throughput")


@prices(types.S3_VECTORS_VECTOR_BUCKET)
def vectors(meter: Meter) -> Iterator[Line]:
    """What it holds, what is put, and queries; what each query looks through is charged besides."""
    yield meter.used("s3vectors.store", meter.share(meter.usage.vector_gb), "GB stored")
    changed = meter.usage.vector_gb.with_each(
        meter.usage.daily_change_percent, lambda size, percent: size * percent * 30 / 100
    )
    yield meter.used("s3vectors.put", meter.share(changed), "GB put")
    yield meter.used("s3vectors.query", meter.share(meter.usage.vector_queries), "queries")


@prices(types.OPENSEARCH_DOMAIN)
def search(meter: Meter) -> Iterator[Line]:
    """Data nodes with their disks, and the nodes that lead them."""
    found, disks = meter.inputs.get("clusterConfig"), meter.inputs.get("ebsOptions")
    config = found if isinstance(found, dict) else {}
    kind, count = config.get("instanceType"), number(config.get("instanceCount"))
    if not isinstance(kind, str) or count is None:
        yield Gap("the size or the number of its nodes is not in the plan")
        return
    yield meter.hourly(f"opensearch.{kind}", count, "node hours", called=kind)
    size = number(disks.get("volumeSize")) if isinstance(disks, dict) else None
    if size is not None:
        yield meter.fixed("opensearch.gp3", size * count, "GB of disks")
    leaders = number(config.get("dedicatedMasterCount"))
    leader = config.get("dedicatedMasterType")
    if is_on(config.get("dedicatedMasterEnabled")) and leaders and isinstance(leader, str):
        yield meter.hourly(f"opensearch.{leader}", leaders, "hours of nodes that lead", called=leader)


@prices(types.BEDROCK_GUARDRAIL)
def guardrail(meter: Meter) -> Iterator[Line]:
    """Each thousand characters that pass it. What models charge by tokens is not in the plan."""
    yield meter.used("bedrock.guardrail", meter.share(meter.usage.guarded_units), "units of 1,000 characters")
