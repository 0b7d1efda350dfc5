"""How much data and time a stack loses when a store or the region does, as its settings have it.

AWS promises none of these figures: they are what its documents call usual, and what restores of a size take, rounded
up. A drill measures them: `ascent ops restore`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from settings.schema import Settings


class Failure(StrEnum):
    """What is lost."""

    STORE = "store"
    """The data of a store, by a mistake or by a fault."""
    REGION = "region"
    """The region, with all that is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What becomes of one store in one failure."""

    store: str
    """Its name in the data section."""
    failure: Failure
    loses: int | None
    """Minutes of data that are lost at most; None for all of it."""
    takes: int | None
    """Minutes until it is back; None where it never is."""
    by: str
    """What brings it back, in words."""


_LAG: Final = 5
"""Minutes by which point-in-time recovery lags, of RDS and of DynamoDB alike."""

_DAILY: Final = 24 * 60 + 7 * 60
"""Minutes between two backups at worst: a day, an hour until the next one begins, and six until it must be done."""

_BUILD: Final = 90
"""Minutes for a stack in a region that has nothing of it yet."""

_RESTORE_START: Final = 30
"""Minutes that RDS takes for an empty database: the instance, and its last logs."""

_GB_PER_MINUTE: Final = 10
"""How fast RDS brings storage back."""

_TABLE_RESTORE: Final = 60
"""Minutes in which DynamoDB restores nearly every table, whatever its size."""


_FILES_RESTORE: Final = 240
"""Minutes that AWS Backup takes for a file system of a common size."""

_VERSIONS: Final = 60
"""Minutes to bring old versions of many objects back."""

_COPIED: Final = 15
"""Minutes by which copies of objects lag: what S3 Replication Time Control promises."""


@dataclass(frozen=True, slots=True)
class _Back:
    """What brings a store back in its own region: minutes lost, minutes until then, and by what."""

    loses: int | None
    takes: int | None
    by: str


def _postgres(settings: Settings) -> _Back:
    takes = _RESTORE_START + -(-settings.data.postgres.storage_gb // _GB_PER_MINUTE)
    return _Back(_LAG, takes, "its point-in-time recovery")


def _table(_settings: Settings) -> _Back:
    return _Back(_LAG, _TABLE_RESTORE, "its point-in-time recovery")


def _buckets(_settings: Settings) -> _Back:
    return _Back(0, _VERSIONS, "the old versions of its objects")


def _files(settings: Settings) -> _Back:
    if not settings.resilience.backup:
        return _Back(None, None, "nothing backs it up")
    return _Back(_DAILY, _FILES_RESTORE, "its daily backup")


_RESTORED: Final[dict[str, Callable[[Settings], _Back]]] = {
    "postgres": _postgres,
    "dynamodb": _table,
    "buckets": _buckets,
    "files": _files,
}
"""Stores that hold what exists nowhere else → their way back. Caches, vectors and search are filled anew."""


_REPLICATED: Final = {"postgres": 30, "dynamodb": 2}
"""Minutes by which a copy in a second region lags: RDS's replicated backups, a replica of a global table."""

_START: Final = 15
"""Minutes until tasks that a failover starts serve, and requests have moved."""

_MOVE: Final = 5
"""Minutes until requests have moved to tasks that run."""


def recoveries(settings: Settings) -> Iterator[Recovery]:
    """What becomes of each store in each failure."""
    for store, restored in _RESTORED.items():
        if getattr(settings.data, store).enabled:
            back = restored(settings)
            yield Recovery(store=store, failure=Failure.STORE, loses=back.loses, takes=back.takes, by=back.by)
            yield _elsewhere(settings, store, back.takes or 0)


def _elsewhere(settings: Settings, store: str, restore: int) -> Recovery:
    mode, failure = settings.resilience.second_region.mode, Failure.REGION
    if store == "buckets":
        # Nothing but S3 itself copies them; the stack's code makes the rest.
        if settings.data.buckets.copies_in(settings.region) is None:
            return Recovery(store=store, failure=failure, loses=None, takes=None, by="no copy leaves the region")
        return Recovery(store=store, failure=failure, loses=_COPIED, takes=_BUILD, by="its copies in another region")
    if mode.stands:
        takes = _MOVE if mode.serves else _START
        if store == "postgres":
            takes, by = takes + restore, "its backups that are replicated to the second region"
        else:
            by = "its replica in the second region"
        return Recovery(store=store, failure=failure, loses=_REPLICATED[store], takes=takes, by=by)
    if _copied(settings):
        by = "its daily copy elsewhere"
        return Recovery(store=store, failure=failure, loses=_DAILY, takes=_BUILD + restore, by=by)
    return Recovery(store=store, failure=failure, loses=None, takes=None, by="no copy leaves the region")


def _copied(settings: Settings) -> bool:
    recovery, region = settings.resilience, settings.region
    abroad = recovery.copy_vault_arn is not None and recovery.copy_vault_arn.split(":")[3] != region
    return recovery.backup and (abroad or (recovery.copied and recovery.copies_in(region) is not None))
