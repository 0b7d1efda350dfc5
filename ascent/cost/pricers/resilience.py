"""AWS Backup."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import DAYS, NOTHING, Range
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import number, parts
from ascent.cost.pricers.registry import prices
from policies.pack.types import (
    BACKUP_PLAN,
    BACKUP_RESTORE_TESTING_PLAN,
    BACKUP_RESTORE_TESTING_SELECTION,
    BACKUP_SELECTION,
    BACKUP_VAULT,
    DYNAMODB_TABLE,
    RDS_INSTANCE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ascent.cost.meter import Meter
    from ascent.plan.model import Resource

_CRON: Final = re.compile(r"cron\(\S+ \S+ (?P<day>\S+) \S+ (?P<weekday>\S+) \S+\)")


@prices(BACKUP_SELECTION)
def backup_selection(meter: Meter) -> Iterator[Line]:
    """What the recovery points of the selected stores hold.

    RDS keeps one whole copy and the changes of the longest retention; DynamoDB keeps whole copies, one per point.
    """
    plans = meter.targets(BACKUP_PLAN, "planId")
    rules = [rule for plan in plans for rule in parts(plan.inputs.get("rules"))]
    copies = [(rule, copy) for rule in rules for copy in parts(rule.get("copyActions"))]
    leaving = list(_leaving(meter, plans, copies))
    kept = [
        *((_interval(rule.get("schedule")), _retention(rule)) for rule in rules),
        *((_interval(rule.get("schedule")), _retention(copy)) for rule, copy in copies),
    ]
    if not kept or any(interval is None or days is None for interval, days in kept):
        yield Gap("how often it backs up, or for how long it keeps that, is not in the plan")
        return
    points = sum((days / interval for interval, days in kept if interval and days), Decimal(0))
    longest = max(days for _, days in kept if days is not None)
    usage = meter.usage
    if databases := meter.targets(RDS_INSTANCE, "resources"):
        changes = usage.database_gb.with_each(usage.daily_change_percent, lambda size, percent: size * percent / 100)
        size = usage.database_gb + changes * longest
        days = _sum_of(databases, "backupRetentionPeriod")
        held = usage.database_gb + changes * days if days else NOTHING
        # RDS and AWS Backup share what is kept, and the part of it that is free: as much as the storage itself.
        paid = held.with_each(Range.exactly(_sum_of(databases, "allocatedStorage")), max)
        what = f"GB beyond RDS's own and the free ones: {len(databases)} database, and the changes of {longest} days"
        yield meter.used("backup.rds", size.with_each(paid, lambda all_, own: max(all_ - own, Decimal(0))), what)
        for _, copy in copies:
            days = _retention(copy) or Decimal(0)
            there = usage.database_gb + changes * days
            yield meter.used("backup.rds", there, f"GB of copies elsewhere, and the changes of {days} days")
        for _ in leaving:
            yield meter.used("transfer.region", changes * DAYS, "GB of the database, copied")
    if tables := meter.targets(DYNAMODB_TABLE, "resources"):
        size = usage.table_gb * points
        yield meter.used("backup.dynamodb", size, f"GB: {len(tables)} table in {points:.0f} copies")
        for rule in leaving:
            interval = _interval(rule.get("schedule")) or Decimal(1)
            yield meter.used("transfer.region", usage.table_gb * (DAYS / interval), "GB of the table, copied")
    if not databases and not tables:
        yield Gap("which stores it selects is not in the plan")


def _leaving(
    meter: Meter, plans: Sequence[Resource], copies: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Iterator[Mapping[str, Any]]:
    """The rules of copies that leave the region: by their vault's ARN, or because the stack has vaults elsewhere."""
    vaults = [vault for plan in plans for vault in meter.of(plan).targets(BACKUP_VAULT, "rules")]
    elsewhere = sum(vault.inputs.get("region", meter.plan.region) != meter.plan.region for vault in vaults)
    for rule, copy in copies:
        arn = copy.get("destinationVaultArn")
        if isinstance(arn, str) and arn.count(":") > 3:
            if arn.split(":")[3] != meter.plan.region:
                yield rule
        elif elsewhere:
            elsewhere -= 1
            yield rule


@prices(BACKUP_RESTORE_TESTING_SELECTION)
def restore_test(meter: Meter) -> Iterator[Line]:
    """A charge per restored recovery point; what is restored is there for an hour or two."""
    plans = meter.targets(BACKUP_RESTORE_TESTING_PLAN, "restoreTestingPlanName")
    intervals = [_interval(plan.inputs.get("scheduleExpression")) for plan in plans]
    known = [interval for interval in intervals if interval is not None]
    if not known or len(known) < len(intervals):
        yield Gap("how often it restores is not in the plan")
        return
    tests = sum((DAYS / interval for interval in known), Decimal(0))
    yield meter.fixed("backup.restore-test", tests, "recovery points restored to see that they can be")


def _sum_of(databases: tuple[Resource, ...], key: str) -> Decimal:
    """The sum of an input of databases; what is not known counts as nothing."""
    return sum((number(database.inputs.get(key)) or Decimal(0) for database in databases), Decimal(0))


def _interval(schedule: Any) -> Decimal | None:  # noqa: ANN401 - any wire value
    """Days between two runs of a schedule; None for one that is not understood."""
    match = _CRON.fullmatch(schedule) if isinstance(schedule, str) else None
    if match is None:
        return None
    if match["weekday"] not in ("*", "?"):
        return Decimal(7)
    return Decimal(1) if match["day"] in ("*", "?") else DAYS


def _retention(rule: Any) -> Decimal | None:  # noqa: ANN401 - any wire value
    lifecycle = rule.get("lifecycle")
    return number(lifecycle.get("deleteAfter")) if isinstance(lifecycle, dict) else None
