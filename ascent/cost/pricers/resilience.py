"""AWS Backup."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import DAYS
from ascent.cost.charges import Gap, Line
from ascent.cost.meter import number, parts
from ascent.cost.pricers.registry import prices
from policies.pack.types import BACKUP_PLAN, BACKUP_SELECTION, DYNAMODB_TABLE, RDS_INSTANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter

_CRON: Final = re.compile(r"cron\(\S+ \S+ (?P<day>\S+) \S+ (?P<weekday>\S+) \S+\)")


@prices(BACKUP_SELECTION)
def backup_selection(meter: Meter) -> Iterator[Line]:
    """What the recovery points of the selected stores hold.

    RDS keeps one whole copy and the changes of the longest retention; DynamoDB keeps whole copies, one per point.
    """
    plans = meter.targets(BACKUP_PLAN, "planId")
    rules = [rule for plan in plans for rule in parts(plan.inputs.get("rules"))]
    kept = [(_interval(rule.get("schedule")), _retention(rule)) for rule in rules]
    if not kept or any(interval is None or days is None for interval, days in kept):
        yield Gap("how often it backs up, or for how long it keeps that, is not in the plan")
        return
    points = sum((days / interval for interval, days in kept if interval and days), Decimal(0))
    longest = max(days for _, days in kept if days is not None)
    usage = meter.usage
    if databases := meter.targets(RDS_INSTANCE, "resources"):
        changes = usage.database_gb.with_each(usage.daily_change_percent, lambda size, percent: size * percent / 100)
        size = usage.database_gb + changes * longest
        yield meter.used("backup.rds", size, f"GB: {len(databases)} database, and the changes of {longest} days")
    if tables := meter.targets(DYNAMODB_TABLE, "resources"):
        size = usage.table_gb * points
        yield meter.used("backup.dynamodb", size, f"GB: {len(tables)} table in {points:.0f} copies")
    if not databases and not tables:
        yield Gap("which stores it selects is not in the plan")


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
