"""The data stores."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import ApplyChanges, InsightsMode
from settings.fields import AttributeName, DatabaseClass, DatabaseName, PostgresVersion
from settings.sections.stores.buckets import BucketsSettings
from settings.sections.stores.cache import CacheSettings


class TableVariable(StrEnum):
    """What the application is told of its table."""

    NAME = "TABLE_NAME"


class DynamoDbSettings(Section):
    """One on-demand table with a generic key, for single-table designs."""

    GIVES: ClassVar = tuple(TableVariable)

    enabled: bool = setting(
        False,
        "whether the table exists",
        cost="$0.625 per million writes, $0.25 per GB",
        changes=removes("DynamoDB table", data="the items in it"),
    )
    partition_key: AttributeName = setting(
        "pk", "name of the partition key, a string", changes=replaces("DynamoDB table", data="the items in it")
    )
    sort_key: AttributeName | None = setting(
        "sk",
        "name of the sort key, a string; null for none",
        changes=replaces("DynamoDB table", data="the items in it"),
    )
    recovery_days: int = setting(
        35,
        "how far back point-in-time recovery reaches",
        unit="days",
        cost="$0.20 per GB",
        ge=1,
        le=35,
        changes=in_place(data="older recovery points", lowered=True),
    )


class DatabaseVariable(StrEnum):
    """What the application is told of its database."""

    HOST = "DATABASE_HOST"
    PORT = "DATABASE_PORT"
    NAME = "DATABASE_NAME"
    SECRET_ARN = "DATABASE_SECRET_ARN"


class PostgresSettings(Section):
    """An RDS PostgreSQL database with a password that AWS makes and rotates."""

    GIVES: ClassVar = tuple(DatabaseVariable)

    enabled: bool = setting(
        False,
        "whether the database exists",
        changes=removes("RDS database", "Log group", data="the data in it, but for the final snapshot"),
    )
    engine_version: PostgresVersion = setting(
        "17",
        "major version of PostgreSQL",
        changes=in_place(
            downtime="10 to 30 minutes, with multiAz as well",
            how="AWS upgrades and never goes back: try it on a restored snapshot first",
        ),
    )
    instance_class: DatabaseClass = setting(
        "db.t4g.micro",
        "size of the database",
        cost="db.t4g.micro $11.68 a month, twice with multiAz",
        changes=in_place(downtime="minutes, with multiAz about one"),
    )
    storage_gb: int = setting(
        20,
        "storage at the start (gp3)",
        unit="GB",
        cost="$0.115 a month per GB",
        ge=20,
        le=65535,
        changes=in_place(downtime="slower for hours", how="AWS refuses to make it smaller"),
    )
    max_storage_gb: int = setting(
        100, "storage that it may grow to by itself", unit="GB", ge=21, le=65536, changes=IN_PLACE
    )
    database_name: DatabaseName = setting(
        "app",
        "name of the first database",
        changes=replaces("RDS database", data="the data in it, but for the final snapshot"),
    )
    multi_az: bool = setting(
        False,
        "a standby in a second zone takes over within a minute or two",
        cost="doubles the price",
        changes=IN_PLACE,
    )
    backup_retention_days: int = setting(
        7,
        "how far back point-in-time recovery reaches",
        unit="days",
        ge=1,
        le=35,
        changes=in_place(data="older backups", lowered=True),
    )
    final_snapshot: bool = setting(True, "keep a snapshot when the database is deleted", changes=IN_PLACE)
    apply_changes: ApplyChanges = setting(
        ApplyChanges.NOW,
        "when a change of class, version, standby or storage happens: now, during the deployment; window, on Sunday "
        "05:30 UTC, after a deployment that says it is done. A major version needs now",
        changes=IN_PLACE,
    )
    monitoring_interval_seconds: Literal[0, 1, 5, 10, 15, 30, 60] = setting(
        60,
        "enhanced monitoring; 0 turns it off",
        unit="seconds",
        changes=IN_PLACE,
    )
    insights_mode: InsightsMode = setting(
        InsightsMode.STANDARD,
        "Database Insights; advanced keeps 15 months",
        cost="advanced $9.13 a month per vCPU",
        changes=IN_PLACE,
    )


class DataSettings(Section):
    """The data stores."""

    dynamodb: DynamoDbSettings = setting(DynamoDbSettings, "the DynamoDB table")
    postgres: PostgresSettings = setting(PostgresSettings, "the PostgreSQL database")
    cache: CacheSettings = setting(CacheSettings, "the cache")
    buckets: BucketsSettings = setting(BucketsSettings, "the application's buckets")
