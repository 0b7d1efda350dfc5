"""The platform: the layers, composed. What each is made of stands in `parts.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.observability.alarms import Alarms
from components.parts import Parts
from settings.schema import Settings
from settings.services import Service, services_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec
    from components.security.inventory import Inventory


@dataclass(frozen=True, kw_only=True)
class PlatformArgs:
    """What a stack is.

    Args:
        context: names and tags.
        settings: everything the stack file and its tier say.
    """

    context: Context
    settings: Settings


class Platform(pulumi.ComponentResource):
    """A product's whole infrastructure, from its URL to its backups.

    Attributes:
        outputs: what a user of the stack must know or act on, by export name; ARNs of secrets, never values.
    """

    outputs: dict[str, pulumi.Input[object]]

    def __init__(self, name: str, args: PlatformArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings, inventory = args.settings, _inventory(args.settings)
        seen = pulumi.ResourceOptions(transformations=[inventory.see]) if inventory else None
        super().__init__("ascent:platform:Platform", name, None, pulumi.ResourceOptions.merge(opts, seen))
        make = Parts(name, args.context, settings, services_of(settings), pulumi.ResourceOptions(parent=self))
        if inventory:
            make = make.bounded()

        keys = make.keys()
        logs = LogPolicy(retention_days=settings.observability.log_retention_days, key_arn=keys.logs)
        topics = make.alarm_topics(keys)
        topic = topics[args.context.region]

        audited = make.account(logs, topics)

        net = make.network(keys)
        edge = make.ingress(net, logs)
        edge_specs = edge.alarms(settings.observability.alarms)
        edge_alarms = make.alarms("edge", topics, edge_specs)

        data = make.stores(net, keys, logs)
        data_specs = [spec for store in data.values() for spec in store.alarms(settings.observability.alarms)]
        make.alarms("data", topics, data_specs)

        secrets = make.secrets(keys, logs)
        rollback = {one.name: _rollback(one, edge_specs, edge_alarms) for one in make.services}
        running = make.workloads(net, logs, edge, data, secrets, keys, rollback)
        compute_specs = [spec for workload in running for spec in workload.alarms(settings.observability.alarms)]
        make.alarms("compute", topics, compute_specs)
        if secrets.alarms():
            make.alarms("security", topics, secrets.alarms())
        telling = (*running, *data.values(), secrets, *make.break_glass())
        events = [spec for source in telling for spec in source.events()]
        make.events(topic, [*events, *audited])

        make.budget(topic)
        self.outputs = {
            **edge.outputs,
            **{key: value for store in data.values() for key, value in store.outputs.items()},
            "secretArns": secrets.arns,
            "alarmTopicArn": topic,
            **make.dashboard([*edge_specs, *compute_specs, *data_specs, *secrets.alarms()]),
            **make.backup(data, keys),
            **make.delivery(inventory),
        }
        self.register_outputs(self.outputs)


def _inventory(settings: Settings) -> Inventory | None:
    """What notes which services the stack has, where a pipeline's role needs to know."""
    if not settings.delivery.in_use:
        return None
    from components.security.inventory import Inventory

    return Inventory()


def _rollback(service: Service, specs: Sequence[AlarmSpec], alarms: Alarms) -> list[pulumi.Output[str]]:
    """Alarms that say a deployment broke the service, as opposed to its surroundings; a worker has none."""
    return [
        alarms.names[spec.name]
        for spec in specs
        if service.is_web and spec.rolls_back and spec.subject in ("", service.name)
    ]
