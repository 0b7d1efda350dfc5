"""Data stores and their backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.offers.databases import connection_limit
from settings.offers.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def data(settings: Settings) -> Iterator[Problem]:
    """Sizes, keys and backups of the stores."""
    postgres, dynamodb = settings.data.postgres, settings.data.dynamodb
    if postgres.enabled and postgres.max_storage_gb * 10 < postgres.storage_gb * 11:
        yield Problem(
            "ascent:data.postgres.maxStorageGb",
            str(postgres.max_storage_gb),
            f"must exceed ascent:data.postgres.storageGb ({postgres.storage_gb}) by a tenth, or RDS refuses it",
            f"write {min(postgres.storage_gb * 2, 65536)}",
        )
    thresholds = settings.observability.alarms
    unknown = thresholds.database_connections is None and connection_limit(postgres.instance_class) is None
    if postgres.enabled and unknown:
        yield Problem(
            "ascent:observability.alarms.databaseConnections",
            "missing",
            f"how many connections {postgres.instance_class} allows is not known",
            "write about 80 % of what `show max_connections` answers",
        )
    if dynamodb.enabled and dynamodb.sort_key == dynamodb.partition_key:
        yield Problem(
            "ascent:data.dynamodb.sortKey",
            repr(dynamodb.sort_key),
            "must differ from partitionKey",
            "rename one of them",
        )
    if settings.resilience.backup and not (postgres.enabled or dynamodb.enabled):
        yield Problem(
            "ascent:resilience.backup",
            "true",
            "there is no data store to back up",
            "set ascent:resilience.backup: false",
        )
    yield from _copies(settings)


def _copies(settings: Settings) -> Iterator[Problem]:
    """Copies of backups that would not be elsewhere, or that nobody makes."""
    recovery, path = settings.resilience, "ascent:resilience.copyRegion"
    if recovery.copy_region is None:
        return
    if not recovery.copied:
        wanted = "nothing is copied: ascent:resilience.copies is false"
        yield Problem(path, recovery.copy_region, wanted, "remove it, or set copies: true")
    if recovery.copy_region == settings.region:
        wanted = "copies belong into another region than the stack's"
        yield Problem(path, recovery.copy_region, wanted, "name another region")
    elif partition(recovery.copy_region) != partition(settings.region):
        wanted = f"{settings.region} is in the partition {partition(settings.region)}, which nothing is copied out of"
        yield Problem(path, recovery.copy_region, wanted, "name a region of that partition")
