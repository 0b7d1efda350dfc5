"""The platform: the layers, composed. The only file that knows them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pulumi

from components.compute.layer import ComputeArgs, workloads
from components.data.layer import DataArgs, listeners, stores
from components.edge.ingress import Ingress, IngressArgs
from components.edge.route import RouteSpec
from components.edge.routing import Routing, RoutingArgs
from components.edge.web_acl import CLOUDFRONT_REGION
from components.flows import platform_flows
from components.foundation.context import Context
from components.foundation.flow import LOAD_BALANCER
from components.foundation.log_group import LogPolicy
from components.network.layer import NetworkArgs, network
from components.network.layout import plan_subnets
from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from components.observability.alarms import Alarms, AlarmsArgs
from components.observability.budget import Budget, BudgetArgs
from components.observability.cost.layer import CostArgs, cost, cost_publishers
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.events import Events, EventsArgs
from components.resilience.backup import Backup, BackupArgs
from components.resilience.copies import BackupCopies, BackupCopiesArgs
from components.security.keys import Keys, KeysArgs
from components.security.secrets import ApplicationSecrets, ApplicationSecretsArgs
from settings.enums import Ingress as IngressKind
from settings.offers.zones import zone_places, zones_in_use
from settings.schema import Settings
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from settings.services import Service


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
        super().__init__("ascent:platform:Platform", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        services, watch, protect = services_of(settings), settings.observability, settings.resilience.protect
        routes = _routes(services)

        abroad = _alarms_abroad(settings)
        publishers = cost_publishers(settings.cost)
        key_args = KeysArgs(
            context=context,
            settings=settings.security,
            protect=protect,
            alarm_regions=abroad,
            alarm_publishers=publishers,
        )
        keys = Keys(f"{name}-keys", key_args, opts=child)
        logs = LogPolicy(retention_days=watch.log_retention_days, key_arn=keys.logs)
        topic = AlarmTopicArgs(context=context, emails=watch.alarm_emails, key_arn=keys.logs)
        alarm_topic = AlarmTopic(f"{name}-alarm-topic", replace(topic, publishers=publishers), opts=child)
        topics = {context.region: alarm_topic.arn}
        for region in abroad:
            there = replace(topic, key_arn=keys.alarms[region], region=region)
            topics[region] = AlarmTopic(f"{name}-alarm-topic-{region}", there, opts=child).arn

        zones = zones_in_use(settings)
        layout = plan_subnets(settings.network.cidr, zone_places(settings))
        net = network(
            name,
            NetworkArgs(
                context=context,
                settings=settings.network,
                layout=layout,
                zones=zones,
                placement=settings.compute.placement,
                flows=platform_flows(settings),
                store_ports=[listener.port for listener in listeners(settings.data).values()],
                log_key_arn=keys.logs,
                protect=protect,
            ),
            child,
        )

        public = settings.edge.ingress is IngressKind.ALB
        edge = Ingress(
            f"{name}-ingress",
            IngressArgs(
                context=context,
                edge=settings.edge,
                vpc_id=net.vpc.vpc_id,
                vpc_cidr=settings.network.cidr,
                subnet_ids=net.vpc.public_subnet_ids if public else net.vpc.private_subnet_ids,
                security_group_id=net.group_ids[LOAD_BALANCER],
                routes=routes,
                logs=logs,
                protect=protect,
            ),
            opts=child,
        )
        edge_specs = edge.alarms(watch.alarms)
        edge_alarms = _alarms(f"{name}-edge-alarms", context, topics, edge_specs, child)

        data = stores(
            name,
            DataArgs(
                context=context,
                settings=settings.data,
                subnet_ids=net.vpc.data_subnet_ids,
                group_ids=net.group_ids,
                logs=logs,
                key_arn=keys.data,
                protect=protect,
            ),
            child,
        )
        data_specs = [spec for store in data.values() for spec in store.alarms(watch.alarms)]
        _alarms(f"{name}-data-alarms", context, topics, data_specs, child)

        secret_args = ApplicationSecretsArgs(
            context=context, settings=settings.security, key_arn=keys.secrets, protect=protect
        )
        secrets = ApplicationSecrets(f"{name}-secrets", secret_args, opts=child)
        running = workloads(
            name,
            services,
            ComputeArgs(
                context=context,
                kind=settings.compute.kind,
                subnet_ids=net.application_subnet_ids,
                group_ids=net.group_ids,
                logs=logs,
                container_insights=watch.container_insights,
                variables={key: value for store in data.values() for key, value in store.variables.items()},
                secrets=secrets.arns,
                secrets_key_arn=keys.secrets,
                statements=[statement for store in data.values() for statement in store.statements()],
                routes=edge.load_balancer.routes,
                rollback_alarms={service.name: _rollback(service, edge_specs, edge_alarms) for service in services},
            ),
            child,
        )
        leading = RoutingArgs(
            context=context,
            load_balancer=edge.load_balancer,
            routes=routes,
            running={workload.service: workload.runs for workload in running},
        )
        Routing(f"{name}-routing", leading, opts=child)
        compute_specs = [spec for workload in running for spec in workload.alarms(watch.alarms)]
        _alarms(f"{name}-compute-alarms", context, topics, compute_specs, child)
        event_specs = [spec for source in (*running, *data.values()) for spec in source.events()]
        heard = EventsArgs(context=context, topic_arn=alarm_topic.arn, specs=event_specs)
        Events(f"{name}-events", heard, opts=child)

        budget = BudgetArgs(context=context, budget=settings.budget, topic_arn=alarm_topic.arn)
        Budget(f"{name}-budget", budget, opts=child)
        money = CostArgs(
            context=context, settings=settings.cost, logs=logs, topic_arn=alarm_topic.arn, topic_key_arn=keys.logs
        )
        if cost_specs := cost(name, money, child):
            _alarms(f"{name}-cost-alarms", context, topics, cost_specs, child)
        self.outputs = {
            **edge.outputs,
            **{key: value for store in data.values() for key, value in store.outputs.items()},
            "secretArns": secrets.arns,
            "alarmTopicArn": alarm_topic.arn,
        }
        if watch.dashboard:
            board = DashboardArgs(context=context, specs=[*edge_specs, *compute_specs, *data_specs])
            self.outputs["dashboardUrl"] = Dashboard(f"{name}-dashboard", board, opts=child).url
        if settings.resilience.backup:
            copied = {key: store.backed_up for key, store in data.items() if store.backed_up is not None}
            specs = {key: store.restored for key, store in data.items() if store.restored is not None}
            recovery = settings.resilience
            copies_arn, elsewhere = None, recovery.copies_in(context.region)
            if recovery.copies and elsewhere is not None:
                copies = BackupCopiesArgs(context=context, settings=recovery, keys=settings.security, region=elsewhere)
                copies_arn = BackupCopies(f"{name}-copies", copies, opts=child).vault_arn
            backup = BackupArgs(
                context=context,
                settings=recovery,
                resources=copied,
                key_arn=keys.data,
                copies_arn=copies_arn,
                restored=specs if recovery.restore_tests else {},
            )
            self.outputs["backupVault"] = Backup(f"{name}-backup", backup, opts=child).vault
        self.register_outputs(self.outputs)


def _routes(services: Sequence[Service]) -> list[RouteSpec]:
    """What the web services want of the load balancer."""
    return [
        RouteSpec(
            service=service.name,
            compute=service.compute.kind,
            port=service.compute.port,
            health_check_path=service.compute.health_check_path,
            rules=service.rules,
        )
        for service in services
        if service.is_web
    ]


def _alarms_abroad(settings: Settings) -> list[str]:
    """Regions beside the stack's own that have alarms: CloudFront's metrics are in us-east-1, wherever the stack is."""
    abroad = settings.edge.ingress is IngressKind.CLOUDFRONT and settings.region != CLOUDFRONT_REGION
    return [CLOUDFRONT_REGION] if abroad else []


def _alarms(
    name: str,
    context: Context,
    topics: Mapping[str, pulumi.Output[str]],
    specs: Sequence[AlarmSpec],
    child: pulumi.ResourceOptions,
) -> Alarms:
    return Alarms(name, AlarmsArgs(context=context, topic_arns=topics, specs=specs), opts=child)


def _rollback(service: Service, specs: Sequence[AlarmSpec], alarms: Alarms) -> list[pulumi.Output[str]]:
    """Alarms that say a deployment broke the service, as opposed to its surroundings; a worker has none."""
    return [
        alarms.names[spec.name]
        for spec in specs
        if service.is_web and spec.rolls_back and spec.subject in ("", service.name)
    ]
