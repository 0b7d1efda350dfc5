"""What the platform asks of whatever keeps data for the application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import pulumi

from components.foundation.context import Context
from components.foundation.flow import Group
from components.foundation.log_group import LogPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.policy_document import Statement
    from components.foundation.telemetry.graph import Graph
    from settings.sections.observability import AlarmSettings

SettingsT = TypeVar("SettingsT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Where a store that lies in the VPC is reached: its security group, and the port that the application may use.

    Args:
        group: security group of the store, made before the store.
        port: TCP port.
        why: what goes over it.
        among: parts of the store reach each other there too, as a proxy does its database.
    """

    group: Group
    port: int
    why: str
    among: bool = False


@dataclass(frozen=True, kw_only=True)
class StoreArgs(Generic[SettingsT]):
    """What a store is made of: its own section of settings, and its surroundings.

    Args:
        context: names and tags.
        settings: the store's section.
        subnet_ids: data subnets, in at least two zones.
        zones: names of their zones, in the same order.
        security_group_id: group of its listener; None for a store without one.
        logs: how its logs are kept.
        key_arn: KMS key of the data; None for AWS's own. A change replaces most stores.
        protect: Pulumi and AWS refuse to delete it.
        access_log_bucket: name of the bucket that hears who reads and writes buckets; None for none.
        key_deletion_days: time to change one's mind about deleting a key that the store has of its own.
        replicated: a second region has a copy of it.
    """

    context: Context
    settings: SettingsT
    logs: LogPolicy
    subnet_ids: Sequence[pulumi.Input[str]] = ()
    zones: Sequence[str] = ()
    security_group_id: pulumi.Input[str] | None = None
    key_arn: pulumi.Input[str] | None = None
    protect: bool = False
    access_log_bucket: pulumi.Input[str] | None = None
    key_deletion_days: int = 30
    replicated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreSpec:
    """What AWS Backup needs to restore a store for a while.

    Args:
        kind: AWS Backup's word for its kind, such as `RDS`.
        arn: ARN of the store.
        where: metadata of a restore that AWS Backup would guess wrong, such as the network.
    """

    kind: str
    arn: pulumi.Input[str]
    where: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


class Store(Protocol):
    """A data store as the rest of the platform sees it."""

    @property
    def variables(self) -> Mapping[str, pulumi.Input[str]]:
        """Environment variables that tell the application where the store is; the settings' section names them."""
        ...

    @property
    def outputs(self) -> Mapping[str, pulumi.Input[object]]:
        """What a user of the stack must know of it, by export name; ARNs of secrets, never values."""
        ...

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """ARN of what AWS Backup copies; None where nothing is to be copied."""
        ...

    @property
    def restored(self) -> RestoreSpec | None:
        """How AWS Backup restores it to see that it can; None where nothing is copied."""
        ...

    def statements(self) -> list[Statement]:
        """What the role of an application that uses the store may do."""
        ...

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """What should wake somebody up."""
        ...

    def events(self) -> list[EventSpec]:
        """What somebody should hear of that no metric shows."""
        ...

    def graphs(self) -> list[Graph]:
        """What somebody who looks after data wants to see, the most telling first."""
        ...


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A kind of store that the data layer can make.

    Args:
        make: the component class.
        listener: where it is reached, which its section of the settings may decide; None for a store that is reached
            through AWS's API.
        key_users: AWS services that use the data's key by themselves, as statements of its policy; None for none.
    """

    make: Callable[[str, StoreArgs[Any], pulumi.ResourceOptions], Store]
    listener: Callable[[Any], Listener] | None = None
    key_users: Callable[[Context], list[Statement]] | None = None
