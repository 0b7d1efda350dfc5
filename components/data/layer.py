"""The data layer, composed: a store for each section of the settings that is enabled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi

from components.data.postgres import LISTENER, Postgres
from components.data.table import Table
from components.foundation.context import Context
from components.foundation.flow import Group
from components.foundation.log_group import LogPolicy
from components.foundation.store import Listener, Store, StoreArgs, StoreKind
from settings.sections.data import DataSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KINDS: Final[Mapping[str, StoreKind]] = {"dynamodb": StoreKind(Table), "postgres": StoreKind(Postgres, LISTENER)}
"""Section of the settings → the component that it describes; the section's name is also the component's."""


@dataclass(frozen=True, kw_only=True)
class DataArgs:
    """The surroundings of the stores.

    Args:
        context: names and tags.
        settings: which stores there are, and what they are like.
        subnet_ids: data subnets, in at least two zones.
        group_ids: security groups of the stores' listeners.
        logs: how their logs are kept.
        key_arn: KMS key of the data; None for AWS's own.
        protect: Pulumi and AWS refuse to delete them.
        replicated: a second region has copies of them.
    """

    context: Context
    settings: DataSettings
    subnet_ids: Sequence[pulumi.Input[str]]
    group_ids: Mapping[Group, pulumi.Input[str]]
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None
    protect: bool
    replicated: bool = False


def listeners(settings: DataSettings) -> dict[str, Listener]:
    """Where the enabled stores that lie in the VPC are reached, by section.

    Args:
        settings: which stores there are.
    """
    return {key: kind.listener for key, kind in _enabled(settings).items() if kind.listener}


def stores(name: str, args: DataArgs, opts: pulumi.ResourceOptions) -> dict[str, Store]:
    """The enabled stores, by section.

    Args:
        name: start of their names.
        args: their surroundings.
        opts: options that make them children of the platform.
    """
    made = {}
    for key, kind in _enabled(args.settings).items():
        store = StoreArgs(
            context=args.context,
            settings=getattr(args.settings, key),
            subnet_ids=args.subnet_ids,
            security_group_id=args.group_ids[kind.listener.group] if kind.listener else None,
            logs=args.logs,
            key_arn=args.key_arn,
            protect=args.protect,
            replicated=args.replicated,
        )
        made[key] = kind.make(f"{name}-{key}", store, opts)
    return made


def _enabled(settings: DataSettings) -> dict[str, StoreKind]:
    return {key: kind for key, kind in _KINDS.items() if getattr(settings, key).enabled}
