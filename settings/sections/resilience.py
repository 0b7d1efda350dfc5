"""Backups."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.fields import RegionName
from settings.offers.regions import neighbour


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
    vault_lock: bool = setting(
        False,
        "nobody deletes a recovery point before its time; who may change the lock can take it off",
        changes=IN_PLACE,
    )
    copies: bool = setting(
        False,
        "copy daily backups to another region",
        cost="$1 a month for a key, $0.02 per GB on the way, and what the copies hold",
        changes=removes("AWS Backup", "KMS key", data="the copies"),
    )
    copy_region: RegionName | None = setting(
        None,
        "the other region; null for the neighbour under the same law; without one there, nothing is copied",
        changes=replaces("AWS Backup", "KMS key", data="the copies so far"),
    )
    copy_retention_days: int = setting(
        30,
        "how long a copy in the other region is kept",
        unit="days",
        ge=1,
        le=3653,
        changes=in_place(how="copies made before keep their date"),
    )
    restore_tests: bool = setting(
        False,
        "restore the latest backup of each store on the first of each month",
        cost="$1.50 a store, and what was restored for an hour or two",
        changes=IN_PLACE,
    )
    protect: bool = setting(
        True,
        "Pulumi and AWS both refuse to delete what holds data, keys and the load balancer; set false and deploy before "
        "a teardown",
        changes=IN_PLACE,
    )

    def copies_in(self, region: str) -> str | None:
        """Where copies of backups of a stack in `region` are kept; None where that is for people to say."""
        return self.copy_region or neighbour(region)
