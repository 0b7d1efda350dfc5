"""The data stores."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, in_place, removes, replaces
from settings.enums import (
    ApplyChanges,
    DatabaseKind,
    IndexProjection,
    InsightsMode,
    PasswordSource,
    ProxyMode,
    StreamView,
    TableBilling,
)
from settings.fields import (
    AttributeName,
    DatabaseClass,
    DatabaseName,
    IndexName,
    PostgresVersion,
    RegionName,
    distinct,
)
from settings.sections.stores.buckets import BucketsSettings
from settings.sections.stores.cache import CacheSettings
from settings.sections.stores.files import FilesSettings
from settings.sections.stores.models import ModelsSettings
from settings.sections.stores.search import SearchSettings
from settings.sections.stores.vectors import VectorsSettings

_INDEX = "DynamoDB builds and removes one index at a time, in the background"


class TableVariable(StrEnum):
    """What the application is told of its table."""

    NAME = "TABLE_NAME"
    STREAM_ARN = "TABLE_STREAM_ARN"


class IndexSettings(Section):
    """A second way to find a table's items: another key, of strings."""

    partition_key: AttributeName = setting(
        ..., "name of the index's partition key, a string", changes=in_place(how=_INDEX)
    )
    sort_key: AttributeName | None = setting(
        None, "name of the index's sort key, a string; null for none", changes=in_place(how=_INDEX)
    )
    projection: IndexProjection = setting(
        IndexProjection.ALL,
        "what of an item the index holds",
        cost="its writes and storage are charged once more",
        changes=in_place(how=_INDEX),
    )


class DynamoDbSettings(Section):
    """One table with a generic key, for single-table designs."""

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
    indexes: dict[IndexName, IndexSettings] = setting(
        dict,
        "secondary indexes, each by its name",
        cost="writes and storage once more for each",
        changes=in_place(how=_INDEX),
    )
    expiry_attribute: AttributeName | None = setting(
        None,
        "attribute that holds when an item ends, in seconds since 1970; DynamoDB deletes it within days after. Null "
        "for items that stay",
        changes=in_place(data="items whose attribute lies in the past"),
    )
    stream: StreamView = setting(
        StreamView.OFF,
        "what a stream tells of each change for a day; global regions need new_and_old_images",
        cost="reads of it by Lambda are free",
        changes=in_place(how="a stream with another view is another stream: its readers begin anew"),
    )
    billing: TableBilling = setting(
        TableBilling.ON_DEMAND,
        "on_demand: by request; autoscaled: capacity by the hour that follows use, cheaper for even load",
        cost="on_demand $0.625 per million writes; autoscaled $0.47 a month per write unit, $0.09 per read unit",
        changes=in_place(how="AWS goes from autoscaled to on_demand four times a day"),
    )
    min_capacity: int = setting(
        5,
        "least units of reads and of writes, of the table and of each index, where billing is autoscaled",
        unit="units",
        ge=1,
        le=40_000,
        changes=IN_PLACE,
    )
    max_capacity: int = setting(
        100,
        "most units of reads and of writes, of the table and of each index, where billing is autoscaled",
        unit="units",
        ge=1,
        le=40_000,
        changes=IN_PLACE,
    )
    global_regions: Annotated[tuple[RegionName, ...], AfterValidator(distinct)] = setting(
        (),
        "other regions that hold the table too, a second behind; each takes writes, and the last one wins",
        cost="each write once more there, $0.25 a month per GB there",
        changes=removes("KMS key", data="the copy in a region that is left out"),
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
    READER_HOST = "DATABASE_READER_HOST"
    PORT = "DATABASE_PORT"
    NAME = "DATABASE_NAME"
    USER = "DATABASE_USER"
    SECRET_ARN = "DATABASE_SECRET_ARN"


_NEW_DATABASE = "the data in it, but for the final snapshot"


class PostgresSettings(Section):
    """PostgreSQL on RDS or Aurora, with a password that nobody knows and that changes by itself."""

    GIVES: ClassVar = tuple(DatabaseVariable)

    enabled: bool = setting(
        False,
        "whether the database exists",
        changes=removes("RDS database", "Log group", data="the data in it, but for the final snapshot"),
    )
    kind: DatabaseKind = setting(
        DatabaseKind.INSTANCE,
        "what it runs on: instance; cluster, a writer and two standbys that answer reads, in three zones; aurora, "
        "Aurora Serverless v2, whose capacity follows use",
        cost="cluster: three instances, none smaller than db.m6gd.large; aurora: $0.12 per ACU and hour, $0.10 per GB",
        changes=replaces("RDS database", "RDS cluster", "Log group", data=_NEW_DATABASE),
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
    readers: int = setting(
        0,
        "copies that answer reads: read replicas of an instance, or Aurora's readers. Replicas need password: rotated",
        cost="an instance and its storage each; in Aurora its capacity",
        ge=0,
        le=15,
        changes=removes("RDS database", "Log group", data="a replica and its logs, nothing of the database itself"),
    )
    password: PasswordSource = setting(
        PasswordSource.MANAGED,
        "who changes the password: managed, RDS, every week; rotated, a function of the stack. AWS refuses read "
        "replicas to a database whose password it manages",
        cost="$0.40 a month for the secret either way",
        changes=in_place(how="the secret has another ARN: services start anew. There is no way back to managed"),
    )
    password_rotation_days: int = setting(
        30,
        "how often the function changes the password",
        unit="days",
        ge=1,
        le=90,
        changes=IN_PLACE,
    )
    proxy: ProxyMode = setting(
        ProxyMode.OFF,
        "RDS Proxy before the database, which pools connections: secret, clients log in with the password; iam, with "
        "IAM tokens from end to end, as a user that a migration has made",
        cost="$10.95 a month per vCPU, two at least; Aurora: $0.015 per ACU and hour, eight at least",
        changes=removes("RDS Proxy", downtime="connections through it end when it goes"),
    )
    user: DatabaseName = setting(
        "app",
        "user as whom the application logs in with IAM tokens, where proxy is iam",
        changes=ROLLING,
    )
    min_acu: float = setting(
        0.5,
        "least capacity of Aurora, in steps of a half; 0 lets it pause when nobody asks",
        unit="ACU",
        cost="$43.80 a month for 0.5, for the writer and for each reader",
        ge=0,
        le=256,
        multiple_of=0.5,
        changes=IN_PLACE,
    )
    max_acu: float = setting(
        4,
        "most capacity of Aurora, in steps of a half; 2 GiB of memory each. Connections follow from it",
        unit="ACU",
        ge=1,
        le=256,
        multiple_of=0.5,
        changes=IN_PLACE,
    )
    vacuum_percent: float | None = setting(
        None,
        "share of a table that changes before it is cleaned up and its statistics are renewed; null for the engine's "
        "20 and 10. Tables of many millions want 1 to 5",
        unit="percent",
        gt=0,
        le=100,
        changes=IN_PLACE,
    )
    slow_statement_ms: int = setting(
        1000, "statements that take longer are logged", unit="milliseconds", ge=0, le=600_000, changes=IN_PLACE
    )
    idle_transaction_seconds: int | None = setting(
        None,
        "transactions that do nothing for longer are ended; null for never. They hold locks and keep old rows alive",
        unit="seconds",
        ge=1,
        le=86_400,
        changes=IN_PLACE,
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
    files: FilesSettings = setting(FilesSettings, "the shared file system")
    vectors: VectorsSettings = setting(VectorsSettings, "the vector store")
    models: ModelsSettings = setting(ModelsSettings, "the models that may be asked")
    search: SearchSettings = setting(SearchSettings, "the search domain")
