"""Queries about the data platform: lake, tables, catalogue, jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.readiness.queries.conditions import blocks, holds, refers
from ascent.readiness.query import Answer, Truth, any_of, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


@query("spark", "The stack runs Spark")
def spark(stack: StackFacts) -> Answer:
    """EMR, serverless or with a cluster, or a Glue job."""
    tokens = (types.EMRSERVERLESS_APPLICATION, types.EMR_CLUSTER, types.GLUE_JOB)
    return some(stack.of_type(*tokens), "a Spark application")


@query("lake", "The stack has a data lake")
def lake(stack: StackFacts) -> Answer:
    """A catalogue, or a bucket of tables."""
    return some(stack.of_type(types.GLUE_CATALOG_DATABASE, types.S3TABLES_TABLE_BUCKET), "a data lake")


@query("lake-partitions", "The lake is partitioned by date and region")
def lake_partitions(stack: StackFacts) -> Answer:
    """Partition keys of a table in the catalogue."""

    def partitioned(table: ResourceFacts) -> Truth:
        keys = blocks(table, "partitionKeys")
        if isinstance(keys, Unknown):
            return UNKNOWN
        names = " ".join(text(key, "name").lower() for key in keys)
        return "region" in names and any(word in names for word in ("date", "day", "dt", "year"))

    return some(stack.of_type(types.GLUE_CATALOG_TABLE), "a table partitioned by date and region", partitioned)


@query("open-tables", "Tables have an open format with transactions")
def open_tables(stack: StackFacts) -> Answer:
    """Iceberg, in S3 Tables or in the catalogue."""
    return any_of(
        some(stack.of_type(types.S3TABLES_TABLE), "an Iceberg table", holds("format", "ICEBERG")),
        some(stack.of_type(types.GLUE_CATALOG_TABLE), "an Iceberg table", refers("openTableFormatInput")),
    )


@query("data-quality", "The quality of data is checked on a schedule")
def data_quality(stack: StackFacts) -> Answer:
    """A rule set for a table."""
    return some(stack.of_type(types.GLUE_DATA_QUALITY_RULESET), "a rule set for data", refers("ruleset"))


@query("data-catalog", "What data there is stands in a catalogue")
def data_catalog(stack: StackFacts) -> Answer:
    """A database of Glue's catalogue."""
    return some(stack.of_type(types.GLUE_CATALOG_DATABASE), "a database in the catalogue")


@query("schema-registry", "Schemas of messages may only change compatibly")
def schema_registry(stack: StackFacts) -> Answer:
    """A registered schema with a compatibility mode."""
    kept = ("BACKWARD", "BACKWARD_ALL", "FORWARD", "FORWARD_ALL", "FULL", "FULL_ALL")
    return some(stack.of_type(types.GLUE_SCHEMA), "a schema with a compatibility", holds("compatibility", *kept))
