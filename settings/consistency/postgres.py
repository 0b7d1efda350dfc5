"""What a database cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from common.problems import Problem
from settings.enums import DatabaseKind, PasswordSource
from settings.offers.databases import connection_limit, has_local_disk
from settings.offers.sizes import is_offered
from settings.offers.zones import zones_in_use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings

_PATH: Final = "ascent:data.postgres"

_CLUSTER_ZONES: Final = 3
"""Zones of RDS's cluster: one for each of its members."""

_MOST_REPLICAS: Final = 5
"""More read replicas slow their one source down; AWS itself would make fifteen (RDS quotas)."""


def postgres(settings: Settings) -> Iterator[Problem]:
    """Sizes, kinds, readers and passwords of the database."""
    database = settings.data.postgres
    if not database.enabled:
        return
    if database.kind is not DatabaseKind.AURORA:
        yield from _sized(settings)
    if database.kind is DatabaseKind.INSTANCE:
        yield from _instance(settings)
    elif database.password is PasswordSource.ROTATED:
        wanted = "RDS manages the password of a cluster, and readers are no reason against it"
        yield Problem(f"{_PATH}.password", database.password.value, wanted, "write managed, or set kind: instance")
    if database.kind is DatabaseKind.CLUSTER:
        yield from _cluster(settings)
    if database.kind is DatabaseKind.AURORA and database.max_acu < database.min_acu:
        wanted = f"must be {_PATH}.minAcu ({database.min_acu:g}) or more"
        yield Problem(f"{_PATH}.maxAcu", f"{database.max_acu:g}", wanted, f"write {max(database.min_acu, 1):g}")


def _sized(settings: Settings) -> Iterator[Problem]:
    """What a class and a disk must be."""
    database = settings.data.postgres
    if database.kind is DatabaseKind.INSTANCE and database.max_storage_gb * 10 < database.storage_gb * 11:
        yield Problem(
            f"{_PATH}.maxStorageGb",
            str(database.max_storage_gb),
            f"must exceed {_PATH}.storageGb ({database.storage_gb}) by a tenth, or RDS refuses it",
            f"write {min(database.storage_gb * 2, 65536)}",
        )
    thresholds = settings.observability.alarms
    known = connection_limit(database.instance_class) is not None or not is_offered(database.instance_class)
    if thresholds.database_connections is None and not known:
        yield Problem(
            "ascent:observability.alarms.databaseConnections",
            "missing",
            f"how many connections {database.instance_class} allows is not known",
            "write about 80 % of what `show max_connections` answers",
        )


def _instance(settings: Settings) -> Iterator[Problem]:
    """Readers of an instance are read replicas, which AWS refuses where it manages the password."""
    database = settings.data.postgres
    if database.readers and database.password is PasswordSource.MANAGED:
        yield Problem(
            f"{_PATH}.readers",
            str(database.readers),
            f"AWS refuses read replicas of a database whose password it manages ({_PATH}.password is managed)",
            "write password: rotated, or kind: cluster or aurora, whose readers are no replicas",
        )
    if database.readers > _MOST_REPLICAS:
        wanted = f"an instance has at most {_MOST_REPLICAS} replicas here: each is fed by the one source"
        yield Problem(f"{_PATH}.readers", str(database.readers), wanted, f"write {_MOST_REPLICAS}, or kind: aurora")


def _cluster(settings: Settings) -> Iterator[Problem]:
    """RDS's cluster has two readers, three zones, and classes with a disk in the machine."""
    database = settings.data.postgres
    if database.readers:
        wanted = "a cluster has two readers by itself, no more and no less"
        yield Problem(f"{_PATH}.readers", str(database.readers), wanted, "remove it, or write kind: aurora")
    if not has_local_disk(database.instance_class):
        wanted = "a cluster needs a class with a disk in the machine, whose family ends with d"
        yield Problem(f"{_PATH}.instanceClass", database.instance_class, wanted, "write db.m6gd.large")
    zones = len(zones_in_use(settings))
    if zones != _CLUSTER_ZONES:
        wanted = f"a cluster lies in exactly three zones, and the network has {zones}"
        yield Problem(f"{_PATH}.kind", database.kind.value, wanted, "set ascent:network.azCount: 3, or kind: aurora")
