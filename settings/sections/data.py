"""The data stores."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from settings.base import Section, setting
from settings.enums import ApplyChanges, InsightsMode
from settings.fields import AttributeName, DatabaseClass, DatabaseName, PostgresVersion


class TableVariable(StrEnum):
    """What the application is told of its table."""

    NAME = "TABLE_NAME"


class DynamoDbSettings(Section):
    """One on-demand table with a generic key, for single-table designs."""

    GIVES: ClassVar = tuple(TableVariable)

    enabled: bool = setting(False, "whether the table exists", cost="$0.625 per million writes, $0.25 per GB")
    partition_key: AttributeName = setting("pk", "name of the partition key, a string")
    sort_key: AttributeName | None = setting("sk", "name of the sort key, a string; null for none")
    recovery_days: int = setting(
        35, "how far back point-in-time recovery reaches", unit="days", cost="$0.20 per GB", ge=1, le=35
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

    enabled: bool = setting(False, "whether the database exists")
    engine_version: PostgresVersion = setting("17", "major version of PostgreSQL")
    instance_class: DatabaseClass = setting(
        "db.t4g.micro",
        "size of the database",
        cost="db.t4g.micro $11.68 a month, twice with multiAz",
    )
    storage_gb: int = setting(
        20, "storage at the start (gp3)", unit="GB", cost="$0.115 a month per GB", ge=20, le=65535
    )
    max_storage_gb: int = setting(100, "storage that it may grow to by itself", unit="GB", ge=21, le=65536)
    database_name: DatabaseName = setting("app", "name of the first database")
    multi_az: bool = setting(
        False, "a standby in a second zone takes over within a minute or two", cost="doubles the price"
    )
    backup_retention_days: int = setting(7, "how far back point-in-time recovery reaches", unit="days", ge=1, le=35)
    final_snapshot: bool = setting(True, "keep a snapshot when the database is deleted")
    apply_changes: ApplyChanges = setting(
        ApplyChanges.NOW,
        "when a change of class, version, standby or storage happens: now, during the deployment; window, on Sunday "
        "05:30 UTC, after a deployment that says it is done. A major version needs now",
    )
    monitoring_interval_seconds: Literal[0, 1, 5, 10, 15, 30, 60] = setting(
        60, "enhanced monitoring; 0 turns it off", unit="seconds"
    )
    insights_mode: InsightsMode = setting(
        InsightsMode.STANDARD,
        "Database Insights; advanced keeps 15 months",
        cost="advanced $9.13 a month per vCPU",
    )


class DataSettings(Section):
    """The data stores."""

    dynamodb: DynamoDbSettings = setting(DynamoDbSettings, "the DynamoDB table")
    postgres: PostgresSettings = setting(PostgresSettings, "the PostgreSQL database")
