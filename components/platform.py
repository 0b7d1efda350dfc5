"""The platform: the layers, composed. What each is made of stands in `parts.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.foundation.replicated import HomeSecrets
from components.observability.alarms import rollback_alarms
from components.parts import Parts
from settings.schema import Settings
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec
    from components.observability.alarms import Alarms
    from components.security.inventory import Inventory


@dataclass(frozen=True, kw_only=True)
class PlatformArgs:
    """What a stack is.

    Args:
        context: names and tags.
        settings: everything the stack file and its tier say.
        second: AWS in the second region; None for a stack in one.
    """

    context: Context
    settings: Settings
    second: pulumi.ProviderResource | None = None


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

        watch = settings.observability
        keys = make.keys()
        logs = LogPolicy(retention_days=watch.log_retention_days, key_arn=keys.logs)
        notices = make.notices(keys)
        audited = make.account(logs, notices)

        net = make.network(keys)
        edge = make.ingress(net, logs, keys)
        edge_specs = edge.alarms(watch.alarms)
        edge_alarms = notices.alarms("edge", edge_specs, edge.composites() if watch.alarms.composite else ())

        data = make.stores(net, edge, keys, logs)
        stores = list(data.values())
        notices.alarms("data", [spec for store in stores for spec in store.alarms(watch.alarms)])

        secrets = make.secrets(keys, logs)
        if secrets.alarms():
            notices.alarms("security", secrets.alarms())
        samples = make.samples(notices)
        rollback = {one.name: rollback_alarms(one, notices.wanted(edge_specs), edge_alarms) for one in make.services}
        configuration = make.configuration(keys, _taking_back(notices.wanted(edge_specs), edge_alarms))
        running = make.workloads(net, logs, edge, data, secrets, keys, keys.secrets, samples, rollback, configuration)
        busy = [spec for one in running.workloads for spec in one.alarms(watch.alarms)]
        notices.alarms("compute", [*busy, *running.alarms])

        make.experiments([*(a for names in rollback.values() for a in names)] or [*edge_alarms.names.values()])
        backup = make.backup(data, keys, logs)
        if broken := [spec for one in backup for spec in one.alarms()]:
            notices.alarms("resilience", broken)
        telling = (*running.workloads, *stores, secrets, *make.break_glass(), *backup)
        events = make.events(
            notices, [*(spec for source in telling for spec in source.events()), *running.events, *audited]
        )
        make.bill(notices, logs, keys)
        home = HomeSecrets(secrets=secrets, key_arns=keys.replicas)
        second = make.second_region(args.second, edge, data, home)
        self.outputs = {
            **edge.outputs,
            **{key: value for store in stores for key, value in store.outputs.items()},
            "secretArns": secrets.arns,
            "alarmTopicArn": notices.arn,
            **({"backupVault": backup[0].vault} if backup else {}),
            **make.watching(notices, logs, edge, stores, running, samples, events.alarms()),
            **make.registry(keys),
            **second,
            **make.delivery(inventory),
        }
        self.register_outputs(self.outputs)


def _inventory(settings: Settings) -> Inventory | None:
    """What notes which services the stack has, where a pipeline's role needs to know."""
    if not settings.delivery.in_use:
        return None
    from components.security.inventory import Inventory

    return Inventory()


def _taking_back(specs: Sequence[AlarmSpec], alarms: Alarms) -> list[pulumi.Output[str]]:
    """Alarms that say a change of configuration broke something."""
    return [alarms.arns[spec.name] for spec in specs if spec.rolls_back]
