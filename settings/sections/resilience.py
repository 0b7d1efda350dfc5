"""Backups."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes


class ResilienceSettings(Section):
    """Backups beyond the stores' own point-in-time recovery."""

    backup: bool = setting(
        False,
        "an AWS Backup plan, daily at 02:00 UTC",
        cost="$0.095 a month per GB of RDS",
        changes=removes("AWS Backup", data="the recovery points"),
    )
    daily_retention_days: int = setting(
        30,
        "how long a daily backup is kept",
        unit="days",
        ge=1,
        le=3653,
        changes=in_place(how="backups made before keep their date"),
    )
    weekly: bool = setting(False, "a second backup each Sunday", changes=IN_PLACE)
    weekly_retention_days: int = setting(
        90,
        "how long a weekly backup is kept",
        unit="days",
        ge=1,
        le=3653,
        changes=in_place(how="backups made before keep their date"),
    )
    protect: bool = setting(
        True,
        "Pulumi and AWS both refuse to delete what holds data, keys and the load balancer; set false and deploy before "
        "a teardown",
        changes=IN_PLACE,
    )
