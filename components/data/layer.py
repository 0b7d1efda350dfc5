"""The data layer, composed: a store for each section of the settings that is enabled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi

from components.data.listeners import CACHE, FILES, SEARCH, database
from components.data.table import Table
from components.foundation.context import Context
from components.foundation.flow import Group
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from components.foundation.store import Listener, Store, StoreArgs, StoreKind
from settings.enums import DatabaseKind
from settings.sections.data import DataSettings, PostgresSettings
from settings.sections.stores.buckets import BucketsSettings
from settings.sections.stores.cache import CacheSettings
from settings.sections.stores.files import FilesSettings
from settings.sections.stores.models import ModelsSettings
from settings.sections.stores.search import SearchSettings
from settings.sections.stores.vectors import VectorsSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


# A stack without a store must not pay for loading it.


def _postgres(name: str, args: StoreArgs[PostgresSettings], opts: pulumi.ResourceOptions) -> Store:
    if args.settings.kind is DatabaseKind.INSTANCE:
        from components.data.postgres import Postgres

        return Postgres(name, args, opts)
    from components.data.postgres_cluster import PostgresCluster

    return PostgresCluster(name, args, opts)


def _cache(name: str, args: StoreArgs[CacheSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.cache import Cache

    return Cache(name, args, opts)


def _buckets(name: str, args: StoreArgs[BucketsSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.buckets import Buckets

    return Buckets(name, args, opts)


def _files(name: str, args: StoreArgs[FilesSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.files import Files

    return Files(name, args, opts)


def _vectors(name: str, args: StoreArgs[VectorsSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.vectors import Vectors

    return Vectors(name, args, opts)


def _models(name: str, args: StoreArgs[ModelsSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.models import Models

    return Models(name, args, opts)


def _search(name: str, args: StoreArgs[SearchSettings], opts: pulumi.ResourceOptions) -> Store:
    from components.data.search import Search

    return Search(name, args, opts)


def _vector_indexing(context: Context) -> list[Statement]:
    from components.data.vectors import key_users

    return key_users(context)


_KINDS: Final[Mapping[str, StoreKind]] = {
    "dynamodb": StoreKind(Table),
    "postgres": StoreKind(_postgres, database),
    "cache": StoreKind(_cache, lambda _: CACHE),
    "buckets": StoreKind(_buckets),
    "files": StoreKind(_files, lambda _: FILES),
    "vectors": StoreKind(_vectors, key_users=_vector_indexing),
    "models": StoreKind(_models),
    "search": StoreKind(_search, lambda _: SEARCH),
}
"""Section of the settings → the component that it describes; the section's name is also the component's."""


@dataclass(frozen=True, kw_only=True)
class DataArgs:
    """The surroundings of the stores.

    Args:
        context: names and tags.
        settings: which stores there are, and what they are like.
        subnet_ids: data subnets, in at least two zones.
        zones: names of their zones, in the same order.
        group_ids: security groups of the stores' listeners.
        logs: how their logs are kept.
        key_arn: KMS key of the data; None for AWS's own.
        protect: Pulumi and AWS refuse to delete them.
        access_log_bucket: name of the bucket that hears who reads and writes buckets; None for none.
        key_deletion_days: time to change one's mind about deleting a store's own key.
        replicated: a second region has copies of them.
    """

    context: Context
    settings: DataSettings
    subnet_ids: Sequence[pulumi.Input[str]]
    group_ids: Mapping[Group, pulumi.Input[str]]
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None
    protect: bool
    zones: Sequence[str] = ()
    access_log_bucket: pulumi.Input[str] | None = None
    key_deletion_days: int = 30
    replicated: bool = False


def listeners(settings: DataSettings) -> dict[str, Listener]:
    """Where the enabled stores that lie in the VPC are reached, by section.

    Args:
        settings: which stores there are.
    """
    return {key: kind.listener(getattr(settings, key)) for key, kind in _enabled(settings).items() if kind.listener}


def key_users(context: Context, settings: DataSettings) -> list[Statement]:
    """AWS services that use the data's key by themselves, for the stores there are.

    Args:
        context: the account.
        settings: which stores there are.
    """
    kinds = _enabled(settings).values()
    return [statement for kind in kinds if kind.key_users for statement in kind.key_users(context)]


def stores(name: str, args: DataArgs, opts: pulumi.ResourceOptions) -> dict[str, Store]:
    """The enabled stores, by section.

    Args:
        name: start of their names.
        args: their surroundings.
        opts: options that make them children of the platform.
    """
    made, listening = {}, listeners(args.settings)
    for key, kind in _enabled(args.settings).items():
        store = StoreArgs(
            context=args.context,
            settings=getattr(args.settings, key),
            subnet_ids=args.subnet_ids,
            zones=args.zones,
            security_group_id=args.group_ids[listening[key].group] if key in listening else None,
            logs=args.logs,
            key_arn=args.key_arn,
            protect=args.protect,
            access_log_bucket=args.access_log_bucket,
            key_deletion_days=args.key_deletion_days,
            replicated=args.replicated,
        )
        made[key] = kind.make(f"{name}-{key}", store, opts)
    return made


def _enabled(settings: DataSettings) -> dict[str, StoreKind]:
    return {key: kind for key, kind in _KINDS.items() if getattr(settings, key).enabled}
