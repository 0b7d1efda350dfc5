"""Copies of stores in a second region, at the prices of the stack's own where the book knows no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.amounts import DAYS
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import is_on
from ascent.cost.pricers.registry import prices
from policies.pack.types import DYNAMODB_TABLE_REPLICA, RDS_INSTANCE_AUTOMATED_BACKUPS_REPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter


@prices(DYNAMODB_TABLE_REPLICA)
def replica(meter: Meter) -> Iterator[Line]:
    """Writes again, GB stored again and on the way, GB under point-in-time recovery."""
    usage = meter.usage
    yield meter.used("dynamodb.write", meter.share(usage.table_writes), "replicated write units")
    yield meter.used("dynamodb.store", meter.share(usage.table_gb), "GB stored")
    changes = usage.table_gb.with_each(usage.daily_change_percent, lambda size, percent: size * percent / 100)
    yield meter.used("transfer.region", meter.share(changes * DAYS), "GB of changed items, replicated")
    if is_on(meter.inputs.get("pointInTimeRecovery")):
        yield meter.used("dynamodb.recovery", meter.share(usage.table_gb), "GB under point-in-time recovery")


@prices(RDS_INSTANCE_AUTOMATED_BACKUPS_REPLICATION)
def backups(meter: Meter) -> Iterator[Line]:
    """A whole copy and the changes of the retention, and the changes on the way."""
    days = meter.number("retentionPeriod")
    if days is None:
        yield Gap("how long the backups are kept is known only after deployment")
        return
    usage = meter.usage
    changes = usage.database_gb.with_each(usage.daily_change_percent, lambda size, percent: size * percent / 100)
    held = usage.database_gb + changes * days
    yield meter.used("rds.backup", meter.share(held), f"GB of replicated backups, and the changes of {days} days")
    yield meter.used("transfer.region", meter.share(changes * DAYS), "GB of the database's changes, replicated")
