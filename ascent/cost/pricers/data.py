"""DynamoDB tables and RDS databases."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import HOURS
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import is_on, number, parts
from ascent.cost.pricers.registry import prices
from policies.pack.types import DYNAMODB_TABLE, RDS_INSTANCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.cost.amounts import Range
    from ascent.cost.meter import Meter
    from ascent.plan.model import Resource


@prices(DYNAMODB_TABLE)
def table(meter: Meter) -> Iterator[Line]:
    """Units read and written or the capacity for them, in each index and region; GB stored, GB under recovery."""
    usage, indexes = meter.usage, parts(meter.inputs.get("globalSecondaryIndexes"))
    copies = 1 + len(indexes)
    if meter.text("billingMode") == "PAY_PER_REQUEST":
        yield meter.used("dynamodb.write", meter.share(usage.table_writes) * copies, "write request units")
        yield meter.used("dynamodb.read", meter.share(usage.table_reads), "read request units")
    else:
        yield from _capacity(meter, indexes)
    yield meter.used("dynamodb.store", meter.share(usage.table_gb) * copies, "GB stored")
    for replica in parts(meter.inputs.get("replicas")):
        where = replica.get("regionName")
        writes = meter.share(usage.replicated_writes) * copies
        yield meter.used("dynamodb.replicated-write", writes, f"write request units in {where}")
        yield meter.used("dynamodb.store", meter.share(usage.table_gb) * copies, f"GB stored in {where}")
    recovery = meter.inputs.get("pointInTimeRecovery")
    if isinstance(recovery, dict) and is_on(recovery.get("enabled")):
        yield meter.used("dynamodb.recovery", meter.share(usage.table_gb), "GB under point-in-time recovery")


def _capacity(meter: Meter, indexes: list[Mapping[str, Any]]) -> Iterator[Line]:
    """Provisioned units by the hour. Autoscaling's share above the least is not in the plan."""
    for kind in ("write", "read"):
        own = [meter.number(f"{kind}Capacity"), *(number(index.get(f"{kind}Capacity")) for index in indexes)]
        if any(units is None for units in own):
            yield Gap("no price for provisioned capacity that is not in the plan")
            return
        units = sum((units for units in own if units), Decimal(0))
        yield meter.hourly(f"dynamodb.{kind}-hour", units, f"hours of {kind} units, the least")


@prices(RDS_INSTANCE)
def database(meter: Meter) -> Iterator[Line]:
    """Instance hours and storage (twice with a standby), backups beyond the free ones, the secret, monitoring."""
    source = meter.targets(RDS_INSTANCE, "replicateSourceDb")
    original = meter.of(source[0]) if source else meter
    engine, class_ = original.text("engine"), meter.text("instanceClass")
    copies = 2 if is_on(meter.inputs.get("multiAz")) else 1
    if engine and class_:
        item = f"rds.{engine}.{class_}"
        called = class_ if engine == "postgres" else f"{class_} with {engine}"
        yield meter.hourly(item, copies, _copies("instance hours", copies), called=called)
    else:
        yield Gap("its class or engine is known only after deployment")
    yield from _storage(meter, copies, original)
    if is_on(meter.inputs.get("manageMasterUserPassword")):
        yield meter.fixed("secrets.secret", 1, "secret of the master user, which RDS makes")
    yield from _insights(meter, class_, copies)
    yield from _monitoring(meter, copies)


def _copies(what: str, copies: int) -> str:
    return f"{what}, with the standby" if copies == 2 else what


def _storage(meter: Meter, copies: int, original: Meter) -> Iterator[Line]:
    """What is allocated is fixed; what it grows to, and backups larger than it, are usage. A replica is as large."""
    allocated = original.number("allocatedStorage")
    if allocated is None:
        yield Gap("the size of its storage is known only after deployment")
        return
    kind = meter.text("storageType") or "gp2"
    item = f"rds.{kind}" + (".multi-az" if copies == 2 else "")
    yield meter.fixed(item, allocated, _copies("GB allocated", copies))
    stored = meter.usage.database_gb / max(len(_originals(meter)), 1)
    if most := meter.number("maxAllocatedStorage"):
        grown = stored.up_to(most).above(allocated)
        yield meter.used(item, grown, _copies("GB grown", copies))
    if days := meter.number("backupRetentionPeriod"):
        backups = stored.with_each(_changed(meter, stored, days), lambda whole, changes: whole + changes)
        yield meter.used("rds.backup", backups.above(allocated), "GB of backups beyond the free ones")


def _originals(meter: Meter) -> list[Resource]:
    """Databases that are no replicas, which hold the same data once more."""
    return [one for one in meter.plan.by_type.get(RDS_INSTANCE, ()) if "replicateSourceDb" not in one.inputs]


def _changed(meter: Meter, stored: Range, days: Decimal) -> Range:
    """What changes in some days."""
    return stored.with_each(meter.usage.daily_change_percent, lambda size, percent: size * percent / 100) * days


_SMALL_VCPUS: Final = 2
"""vCPUs of every RDS class up to `large`."""


def _insights(meter: Meter, class_: str, copies: int) -> Iterator[Line]:
    """Database Insights' advanced mode, by vCPU; the standard mode with a week of history is free."""
    if meter.text("databaseInsightsMode") == "advanced":
        large = re.search(r"\.([0-9]{0,2})xlarge$", class_)
        times = 2 * int(large[1] or 1) if large else 1
        vcpus = _SMALL_VCPUS * times * copies
        yield meter.hourly("rds.insights-advanced", vcpus, _copies("vCPU hours of Database Insights", copies))


_SAMPLE_GB: Final = Decimal("0.00001")
"""Size of one message of enhanced monitoring, 10 KB; an estimate."""


def _monitoring(meter: Meter, copies: int) -> Iterator[Line]:
    """Enhanced monitoring is charged as what it writes to CloudWatch Logs."""
    if seconds := meter.number("monitoringInterval"):
        samples = HOURS * 3600 / seconds * copies
        yield meter.fixed("logs.ingest", samples * _SAMPLE_GB, _copies("GB of enhanced monitoring", copies))
