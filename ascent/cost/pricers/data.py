"""DynamoDB tables and RDS databases."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import HOURS
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import is_on
from ascent.cost.pricers.registry import prices
from policies.pack.types import DYNAMODB_TABLE, RDS_INSTANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.amounts import Range
    from ascent.cost.meter import Meter


@prices(DYNAMODB_TABLE)
def table(meter: Meter) -> Iterator[Line]:
    """On demand: units read and written, GB stored, GB under point-in-time recovery."""
    if meter.text("billingMode") != "PAY_PER_REQUEST":
        yield Gap("no price for provisioned capacity")
        return
    usage = meter.usage
    yield meter.used("dynamodb.write", meter.share(usage.table_writes), "write request units")
    yield meter.used("dynamodb.read", meter.share(usage.table_reads), "read request units")
    yield meter.used("dynamodb.store", meter.share(usage.table_gb), "GB stored")
    recovery = meter.inputs.get("pointInTimeRecovery")
    if isinstance(recovery, dict) and is_on(recovery.get("enabled")):
        yield meter.used("dynamodb.recovery", meter.share(usage.table_gb), "GB under point-in-time recovery")


@prices(RDS_INSTANCE)
def database(meter: Meter) -> Iterator[Line]:
    """Instance hours and storage (twice with a standby), backups beyond the free ones, the secret, monitoring."""
    engine, class_ = meter.text("engine"), meter.text("instanceClass")
    copies = 2 if is_on(meter.inputs.get("multiAz")) else 1
    if engine and class_:
        item = f"rds.{engine}.{class_}"
        called = class_ if engine == "postgres" else f"{class_} with {engine}"
        yield meter.hourly(item, copies, _copies("instance hours", copies), called=called)
    else:
        yield Gap("its class or engine is known only after deployment")
    yield from _storage(meter, copies)
    if is_on(meter.inputs.get("manageMasterUserPassword")):
        yield meter.fixed("secrets.secret", 1, "secret of the master user, which RDS makes")
    yield from _insights(meter, class_, copies)
    yield from _monitoring(meter, copies)


def _copies(what: str, copies: int) -> str:
    return f"{what}, with the standby" if copies == 2 else what


def _storage(meter: Meter, copies: int) -> Iterator[Line]:
    """What is allocated is fixed; what it grows to, and backups larger than it, are usage."""
    allocated = meter.number("allocatedStorage")
    if allocated is None:
        yield Gap("the size of its storage is known only after deployment")
        return
    kind = meter.text("storageType") or "gp2"
    item = f"rds.{kind}" + (".multi-az" if copies == 2 else "")
    yield meter.fixed(item, allocated, _copies("GB allocated", copies))
    stored = meter.share(meter.usage.database_gb)
    if most := meter.number("maxAllocatedStorage"):
        grown = stored.up_to(most).above(allocated)
        yield meter.used(item, grown, _copies("GB grown", copies))
    if days := meter.number("backupRetentionPeriod"):
        backups = stored.with_each(_changed(meter, stored, days), lambda whole, changes: whole + changes)
        yield meter.used("rds.backup", backups.above(allocated), "GB of backups beyond the free ones")


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
