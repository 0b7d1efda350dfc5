"""Backups of the data stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.offers.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def data(settings: Settings) -> Iterator[Problem]:
    """Backups of the stores."""
    stores = settings.data
    if settings.resilience.backup and not (stores.postgres.enabled or stores.dynamodb.enabled or stores.files.enabled):
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
