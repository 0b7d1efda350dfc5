"""The platform: the layers, composed. The only file that knows them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.compute.agent import Agent, Samples
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
from components.observability.budget import Budget, BudgetArgs
from components.observability.chat import has_chat
from components.observability.events import Events, EventsArgs
from components.observability.layer import Notices, WatchingArgs, prometheus, watching
from components.resilience.backup import Backup, BackupArgs
from components.security.keys import Keys, KeysArgs
from components.security.secrets import ApplicationSecrets, ApplicationSecretsArgs
from settings.enums import Audience
from settings.enums import Ingress as IngressKind
from settings.offers.zones import zone_places, zones_in_use
from settings.schema import Settings
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.store import Store
    from components.foundation.telemetry.graph import Graph
    from components.foundation.workload import Workload
    from components.observability.alarms import Alarms
    from components.observability.prometheus import Prometheus
    from settings.services import Service

_TELLING = 3
"""Graphs of each store that are also worth a place beside the service's."""


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
        key_args = KeysArgs(context=context, settings=settings.security, protect=protect, alarm_regions=abroad)
        keys = Keys(f"{name}-keys", key_args, opts=child)
        logs = LogPolicy(retention_days=watch.log_retention_days, key_arn=keys.logs)
        notices = Notices(name, context, watch, {context.region: keys.logs, **keys.alarms}, child)

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
        edge_alarms = notices.alarms("edge", edge_specs, edge.composites() if watch.alarms.composite else ())

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
        notices.alarms("data", [spec for store in data.values() for spec in store.alarms(watch.alarms)])

        secret_args = ApplicationSecretsArgs(
            context=context, settings=settings.security, key_arn=keys.secrets, protect=protect
        )
        secrets = ApplicationSecrets(f"{name}-secrets", secret_args, opts=child)
        samples = prometheus(name, context, watch, notices.arn, child)
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
                secrets={**secrets.arns, **_error_tracking(settings)},
                secrets_key_arn=keys.secrets,
                statements=[statement for store in data.values() for statement in store.statements()],
                routes=edge.load_balancer.routes,
                rollback_alarms={
                    service.name: _rollback(service, notices.wanted(edge_specs), edge_alarms) for service in services
                },
                masked=watch.logs.masked,
                agent=_agent(context, settings, samples),
            ),
            child,
        )
        leading = RoutingArgs(
            context=context,
            load_balancer=edge.load_balancer,
            routes=routes,
            running={workload.service: workload.runs for workload in running.workloads},
        )
        Routing(f"{name}-routing", leading, opts=child)
        notices.alarms("compute", [spec for workload in running.workloads for spec in workload.alarms(watch.alarms)])
        self.outputs = {
            **edge.outputs,
            **{key: value for store in data.values() for key, value in store.outputs.items()},
            "secretArns": secrets.arns,
            "alarmTopicArn": notices.arn,
        }
        event_specs = [spec for source in (*running.workloads, *data.values()) for spec in source.events()]
        if settings.resilience.backup:
            copied = {key: store.backed_up for key, store in data.items() if store.backed_up is not None}
            kept = BackupArgs(context=context, settings=settings.resilience, resources=copied, key_arn=keys.data)
            backup = Backup(f"{name}-backup", kept, opts=child)
            self.outputs["backupVault"] = backup.vault
            event_specs += backup.events()
        heard = EventsArgs(context=context, topic_arn=notices.arn, specs=event_specs, chat=has_chat(watch.notices))
        events = Events(f"{name}-events", heard, opts=child)

        budget = BudgetArgs(context=context, budget=settings.budget, topic_arn=notices.arn)
        Budget(f"{name}-budget", budget, opts=child)
        self.outputs |= watching(
            name,
            WatchingArgs(
                context=context,
                watch=watch,
                notices=notices,
                logs=logs,
                url=edge.url,
                health_check_path=settings.compute.health_check_path,
                load_balancer=edge.load_balancer.arn_suffix,
                access_log_bucket=edge.load_balancer.log_bucket,
                log_groups=running.log_groups,
                specs=events.alarms(),
                graphs=_graphs(edge, running.workloads, list(data.values())),
                prometheus=samples,
            ),
            child,
        )
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
            min_count=service.compute.min_count,
        )
        for service in services
        if service.is_web
    ]


def _alarms_abroad(settings: Settings) -> list[str]:
    """Regions beside the stack's own that have alarms: CloudFront's metrics are in us-east-1, wherever the stack is."""
    abroad = settings.edge.ingress is IngressKind.CLOUDFRONT and settings.region != CLOUDFRONT_REGION
    return [CLOUDFRONT_REGION] if abroad else []


def _agent(context: Context, settings: Settings, samples: Prometheus | None) -> Agent | None:
    """The agent beside each task, where requests are traced."""
    tracing = settings.observability.tracing
    if not tracing.enabled:
        return None
    target = Samples(workspace_id=samples.workspace_id, arn=samples.arn) if samples else None
    return Agent(context=context, settings=tracing, samples=target)


def _error_tracking(settings: Settings) -> dict[str, str]:
    """Where the application reports exceptions to, by the variable that their SDKs read."""
    arn = settings.observability.logs.error_tracking.secret_arn
    return {"SENTRY_DSN": arn} if arn else {}


def _graphs(edge: Ingress, running: Sequence[Workload], data: Sequence[Store]) -> dict[Audience, list[Graph]]:
    """What each audience sees: of the service all that users notice, and what is mostly behind it."""
    found = edge.graphs()
    compute = [graph for workload in running for graph in workload.graphs()]
    stores = [store.graphs() for store in data]
    telling = [graph for graphs in stores for graph in graphs[:_TELLING]]
    return {
        **found,
        Audience.SERVICE: [*found[Audience.SERVICE], *compute, *telling],
        Audience.DATA: [graph for graphs in stores for graph in graphs],
        Audience.BUSINESS: found[Audience.SERVICE][:1],
    }


def _rollback(service: Service, specs: Sequence[AlarmSpec], alarms: Alarms) -> list[pulumi.Output[str]]:
    """Alarms that say a deployment broke the service, as opposed to its surroundings; a worker has none."""
    return [
        alarms.names[spec.name]
        for spec in specs
        if service.is_web and spec.rolls_back and spec.subject in ("", service.name)
    ]
