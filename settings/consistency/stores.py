"""What single data stores cannot be, alone or beside what else a stack has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import BucketPurpose, CacheKind, ComputeKind, StreamView, TableBilling
from settings.offers.regions import partition
from settings.offers.zones import zones_in_use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def table(settings: Settings) -> Iterator[Problem]:
    """Keys, indexes, billing and regions of the table."""
    table_, path = settings.data.dynamodb, "ascent:data.dynamodb"
    if not table_.enabled:
        return
    if table_.sort_key == table_.partition_key:
        yield Problem(f"{path}.sortKey", repr(table_.sort_key), "must differ from partitionKey", "rename one of them")
    for name, index in table_.indexes.items():
        if index.sort_key == index.partition_key:
            where = f"{path}.indexes.{name}.sortKey"
            yield Problem(where, repr(index.sort_key), "must differ from partitionKey", "rename one of them")
    keys = {table_.partition_key, table_.sort_key}
    keys |= {key for index in table_.indexes.values() for key in (index.partition_key, index.sort_key)}
    if table_.expiry_attribute in keys - {None}:
        wanted = "is a key, which is a string; the end of an item is a number"
        yield Problem(f"{path}.expiryAttribute", repr(table_.expiry_attribute), wanted, "name another attribute")
    if table_.max_capacity < table_.min_capacity:
        wanted = f"must be {path}.minCapacity ({table_.min_capacity}) or more"
        yield Problem(f"{path}.maxCapacity", str(table_.max_capacity), wanted, f"write {table_.min_capacity * 2}")
    if table_.global_regions:
        yield from _global(settings)


def _global(settings: Settings) -> Iterator[Problem]:
    """A table in several regions needs a stream, and capacity that can follow."""
    table_, path = settings.data.dynamodb, "ascent:data.dynamodb"
    for region in table_.global_regions:
        yield from _elsewhere(settings, f"{path}.globalRegions", region)
    if table_.stream is not StreamView.NEW_AND_OLD_IMAGES:
        wanted = f"regions copy from each other's streams ({path}.globalRegions)"
        yield Problem(f"{path}.stream", table_.stream.value, wanted, "write new_and_old_images")
    if table_.billing is TableBilling.AUTOSCALED:
        wanted = f"AWS makes a table of several regions ({path}.globalRegions) only on demand at once"
        yield Problem(f"{path}.billing", table_.billing.value, wanted, "write on_demand")


def _elsewhere(settings: Settings, path: str, region: str) -> Iterator[Problem]:
    """A region that copies go to is another one of the same partition."""
    if region == settings.region:
        yield Problem(path, region, "is the stack's own region: a copy belongs into another", "name another region")
    elif partition(region) != partition(settings.region):
        wanted = f"{settings.region} is in the partition {partition(settings.region)}, which nothing is copied out of"
        yield Problem(path, region, wanted, "name a region of that partition")


def cache(settings: Settings) -> Iterator[Problem]:
    """What a serverless cache does by itself, and what it cannot be."""
    cache_, path = settings.data.cache, "ascent:data.cache"
    if not cache_.enabled or cache_.kind is not CacheKind.SERVERLESS:
        return
    if cache_.replicas:
        wanted = "a serverless cache has its copies by itself"
        yield Problem(f"{path}.replicas", str(cache_.replicas), wanted, "remove it, or set kind: nodes")
    if cache_.engine_version == "7.2":
        wanted = "the names of the serverless versions are whole numbers, from 8 on here"
        yield Problem(f"{path}.engineVersion", cache_.engine_version, wanted, 'write "8.1", or set kind: nodes')


def buckets(settings: Settings) -> Iterator[Problem]:
    """Ages, locks and copies of buckets."""
    buckets_, path = settings.data.buckets, "ascent:data.buckets"
    yield from _copied(settings)
    if buckets_.lock_days is not None:
        if BucketPurpose.BACKUPS not in buckets_.purposes:
            wanted = "only the bucket for backups has a lock, and there is none"
            yield Problem(f"{path}.lockDays", str(buckets_.lock_days), wanted, f"add backups to {path}.purposes")
        if buckets_.lock_days > buckets_.backup_days:
            wanted = f"backups go after {path}.backupDays ({buckets_.backup_days}), and the lock would keep them"
            yield Problem(f"{path}.lockDays", str(buckets_.lock_days), wanted, f"write {buckets_.backup_days} or less")
    archive = buckets_.archive_days
    if BucketPurpose.BACKUPS in buckets_.purposes and archive is not None and archive >= buckets_.backup_days:
        wanted = f"backups are gone by then ({path}.backupDays is {buckets_.backup_days})"
        yield Problem(f"{path}.archiveDays", str(archive), wanted, "write fewer days, or null")


def _copied(settings: Settings) -> Iterator[Problem]:
    """Copies go somewhere else, and there is something to copy."""
    buckets_, path = settings.data.buckets, "ascent:data.buckets"
    if buckets_.copy_region is not None:
        yield from _elsewhere(settings, f"{path}.copyRegion", buckets_.copy_region)
        if not buckets_.copies:
            wanted = f"nothing is copied: {path}.copies is false"
            yield Problem(f"{path}.copyRegion", buckets_.copy_region, wanted, "remove it, or set copies: true")
    if not buckets_.copies:
        return
    if {BucketPurpose.UPLOADS, BucketPurpose.BACKUPS}.isdisjoint(buckets_.purposes):
        wanted = "only uploads and backups are copied, and there is neither"
        fix = f"write false, or add uploads or backups to {path}.purposes"
        yield Problem(f"{path}.copies", "true", wanted, fix)


def files(settings: Settings) -> Iterator[Problem]:
    """Only tasks of Fargate mount the shared files."""
    if settings.data.files.enabled and settings.compute.kind is not ComputeKind.FARGATE:
        wanted = f"only tasks of Fargate mount the files, and ascent:compute.kind is {settings.compute.kind.value}"
        yield Problem("ascent:data.files.enabled", "true", wanted, "set ascent:compute.kind: fargate")


def models(settings: Settings) -> Iterator[Problem]:
    """A guardrail or a log needs a model."""
    models_, path = settings.data.models, "ascent:data.models"
    if models_.enabled:
        return
    for key, value in (("guardrail", models_.guardrail), ("logDays", models_.log_days)):
        if value:
            wanted = f"no model may be asked: {path}.ids is empty"
            yield Problem(f"{path}.{key}", str(value).lower(), wanted, "name a model, or remove it")


def search(settings: Settings) -> Iterator[Problem]:
    """Nodes of a search domain need zones to lie in."""
    search_, path = settings.data.search, "ascent:data.search"
    if not search_.enabled:
        return
    zones = len(zones_in_use(settings))
    if min(search_.nodes, 3) > zones:
        wanted = f"so many nodes lie in three zones, and the network has {zones}"
        yield Problem(f"{path}.nodes", str(search_.nodes), wanted, "write 2, or set ascent:network.azCount: 3")
    if search_.managers and search_.nodes < 3:
        wanted = f"three nodes that lead {search_.nodes} are of no use"
        yield Problem(f"{path}.managers", "true", wanted, f"set {path}.nodes: 3, or managers: false")
