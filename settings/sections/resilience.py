"""Backups, what may be lost, and experiments."""

from __future__ import annotations

from typing import Final

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import SecondRegion
from settings.fields import BackupVaultArn, RegionName
from settings.offers.regions import neighbour

_STANDING: Final = (
    "AWS Backup",
    "KMS key",
    "VPC",
    "Load balancer",
    "ECS cluster",
    "ECS service",
    "Log group",
    "Target group",
)
"""What a second region has that a change of it makes anew."""


class SecondRegionSettings(Section):
    """Another region that the product can be served from."""

    mode: SecondRegion = setting(
        SecondRegion.OFF,
        "what stands ready there: off, backup_only, pilot_light, warm_standby, active_active",
        cost="pilot_light a network and a load balancer, $254 a month at production; the others tasks as well",
        changes=removes(*_STANDING, data="the copies there", downtime="requests that are served there"),
    )
    region: RegionName | None = setting(
        None,
        "the second region; null for the neighbour under the same law",
        changes=replaces(*_STANDING, data="the copies so far", downtime="requests that are served there"),
    )


class ExperimentSettings(Section):
    """Experiments of the Fault Injection Service that a drill starts: what breaks, and stops when users notice."""

    enabled: bool = setting(
        False,
        "templates that stop tasks, cut a zone off and fail the database over; `ascent ops drill` starts one",
        cost="$0.10 per minute and action while one runs",
        changes=IN_PLACE,
    )
    in_production: bool = setting(
        False, "allow them at the tiers production and enterprise, where users notice", changes=IN_PLACE
    )


class ResilienceSettings(Section):
    """Backups beyond the stores' own point-in-time recovery."""

    rpo_minutes: int | None = setting(
        None,
        "most data that may be lost with a store; held against what the settings give; null for no such objective",
        unit="minutes",
        ge=0,
        le=525_600,
        changes=IN_PLACE,
    )
    rto_minutes: int | None = setting(
        None,
        "longest time until a lost store is back; held against what the settings give, by its size",
        unit="minutes",
        ge=1,
        le=525_600,
        changes=IN_PLACE,
    )
    region_rpo_minutes: int | None = setting(
        None, "most data that may be lost with the region", unit="minutes", ge=0, le=525_600, changes=IN_PLACE
    )
    region_rto_minutes: int | None = setting(
        None,
        "longest time until what a lost region held is back elsewhere",
        unit="minutes",
        ge=1,
        le=525_600,
        changes=IN_PLACE,
    )

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
    copy_vault_arn: BackupVaultArn | None = setting(
        None,
        "a vault of another account, in this region or another, that daily backups are also copied to; null for none",
        cost="$0.02 per GB into another region, and there what the copies hold",
        changes=in_place(how="copies made before stay where they are"),
    )
    air_gapped_days: int | None = setting(
        None,
        "how long a copy of each daily backup stays in a logically air-gapped vault, which nobody can empty before; "
        "null for no such vault",
        unit="days",
        cost="what the copies hold, under a key of AWS's own",
        ge=7,
        le=3653,
        changes=removes("AWS Backup", data="the copies in it, once their time is over"),
    )
    restore_tests: bool = setting(
        False,
        "restore the latest backup of each store on the first of each month, and look whether data is in it",
        cost="$1.50 a store, and what was restored for up to two hours",
        changes=removes("Lambda function", "Log group", data="what the last look said"),
    )
    second_region: SecondRegionSettings = setting(SecondRegionSettings, "another region to serve from")
    experiments: ExperimentSettings = setting(ExperimentSettings, "what may be broken on purpose")
    protect: bool = setting(
        True,
        "Pulumi and AWS both refuse to delete what holds data, keys and the load balancer; set false and deploy before "
        "a teardown",
        changes=IN_PLACE,
    )

    @property
    def copied(self) -> bool:
        """Whether daily backups go to a vault of the stack in another region."""
        return self.copies or self.second_region.mode is not SecondRegion.OFF

    def second_in(self, region: str) -> str | None:
        """The second region of a stack in `region`; None where that is for people to say."""
        return self.second_region.region or neighbour(region)

    def copies_in(self, region: str) -> str | None:
        """Where copies of backups of a stack in `region` are kept; None where that is for people to say."""
        return self.copy_region or self.second_in(region)
