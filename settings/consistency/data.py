"""Data stores and their backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def data(settings: Settings) -> Iterator[Problem]:
    """Sizes, keys and backups of the stores."""
    postgres, dynamodb = settings.data.postgres, settings.data.dynamodb
    if postgres.enabled and postgres.max_storage_gb <= postgres.storage_gb:
        yield Problem(
            "ascent:data.postgres.maxStorageGb",
            str(postgres.max_storage_gb),
            f"must exceed ascent:data.postgres.storageGb ({postgres.storage_gb})",
            f"write {min(postgres.storage_gb * 2, 65536)}",
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
