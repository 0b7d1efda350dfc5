"""The parts of a platform, each made of the settings and of the parts that it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pulumi

from components.compute.agent import Agent, Samples
from components.compute.layer import ComputeArgs, Running, workloads
from components.data.layer import DataArgs, key_users, listeners, stores
from components.edge.ingress import Given, Ingress, IngressArgs, Sharing
from components.edge.route import RouteSpec
from components.edge.routing import Routing, RoutingArgs
from components.edge.static_files import key_use
from components.edge.web_acl import CLOUDFRONT_REGION
from components.flows import platform_flows
from components.foundation.context import Context
from components.foundation.flow import LOAD_BALANCER
from components.foundation.log_group import LogPolicy
from components.foundation.mount import Mounting
from components.network.layer import Network, NetworkArgs, network
from components.network.layout import plan_subnets
from components.observability.budget import Budget, BudgetArgs
from components.observability.chat import has_chat
from components.observability.events import Events, EventsArgs
from components.observability.layer import Notices, WatchingArgs, prometheus, watching
from components.resilience.backup import Backup, BackupArgs
from components.resilience.copies import BackupCopies, BackupCopiesArgs
from components.security.application_secrets import ApplicationSecrets, ApplicationSecretsArgs
from components.security.keys import Keys, KeysArgs
from settings.enums import Audience
from settings.enums import Ingress as IngressKind
from settings.enums import SecondRegion as SecondRegionMode
from settings.offers.zones import zone_places, zones_in_use
from settings.schema import Settings
from settings.sealed import is_sealed
from settings.services import Service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.compute.configuration.agent import ConfigurationAgent
    from components.compute.images.cache import PublicCache
    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec, Source
    from components.foundation.policy_document import Statement
    from components.foundation.replicated import Given as StoreGiven
    from components.foundation.replicated import HomeSecrets, Secrets
    from components.foundation.store import Store
    from components.foundation.telemetry.graph import Graph
    from components.observability.prometheus import Prometheus
    from components.security.inventory import Inventory


_TELLING = 3
"""Graphs of each store that are also worth a place beside the service's."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes the parts of a platform, each of the settings and of those that it stands on.

    Args:
        name: the platform's; theirs start with it.
        context: names and tags.
        stack: everything that the settings say.
        services: what runs.
        child: options that make a part a child of the platform.
    """

    name: str
    context: Context
    stack: Settings
    services: Sequence[Service]
    child: pulumi.ResourceOptions

    @property
    def protect(self) -> bool:
        """Whether what holds data, and what serves, is protected."""
        return self.stack.resilience.protect

    @property
    def abroad(self) -> list[str]:
        """Regions beside the stack's own that have alarms: CloudFront and Route 53 report to us-east-1 alone."""
        edge = self.stack.edge
        elsewhere = edge.uses_cloudfront or edge.dns.health_check
        return [CLOUDFRONT_REGION] if elsewhere and self.stack.region != CLOUDFRONT_REGION else []

    def bounded(self) -> Parts:
        """The same, but the roles of all parts stay inside a boundary of the stack's own."""
        from components.security.boundary import Boundary, BoundaryArgs

        bound = Boundary(f"{self.name}-boundary", BoundaryArgs(context=self.context), opts=self.child)
        return replace(self, context=replace(self.context, boundary_arn=bound.arn))

    def keys(self) -> Keys:
        """The keys of its own that the stack has."""
        args = KeysArgs(
            context=self.context,
            settings=self.stack.security,
            protect=self.protect,
            alarm_regions=self.abroad,
            log_users=self._audit_key_users(),
            alarm_publishers=self._cost_publishers(),
            secret_regions=self._secret_regions(),
            data_users=self._data_users(),
        )
        return Keys(f"{self.name}-keys", args, opts=self.child)

    def _data_users(self) -> list[Statement]:
        """AWS services that use the key of data: what reads files for the world, and what stores bring."""
        reading = [key_use(self.context)] if self.stack.edge.serves_files else []
        return [*reading, *key_users(self.context, self.stack.data)]

    def _secret_regions(self) -> list[str]:
        """Regions that secrets are copied to; a second one needs them, whatever else it has."""
        settings = self.stack.resilience
        second = settings.second_in(self.stack.region)
        ready = second is not None and settings.second_region.mode is not SecondRegionMode.OFF
        return list(
            dict.fromkeys([*self.stack.security.secret_replica_regions, *([second] if ready and second else [])])
        )

    def notices(self, keys: Keys) -> Notices:
        """Who hears of alarms, in each region that has some."""
        key_arns = {self.context.region: keys.messages, **keys.alarms}
        watch, publishers = self.stack.observability, self._cost_publishers()
        return Notices(self.name, self.context, watch, key_arns, self.child, publishers)

    # A stack without anything of the account's must not pay for loading the layer.

    def _audit_key_users(self) -> list[Statement]:
        """AWS services of the account layer that use the key of logs."""
        if not self.stack.account.in_use:
            return []
        from components.account import layer

        return layer.key_users(self.context, self.stack.account)

    def account(self, logs: LogPolicy, notices: Notices) -> list[EventSpec]:
        """What the account has once, with its alarms; what else of it somebody should hear of."""
        if not self.stack.account.in_use:
            return []
        from components.account.layer import AccountArgs, account

        args = AccountArgs(context=self.context, settings=self.stack.account, logs=logs, protect=self.protect)
        made = account(self.name, args, self.child)
        if made.alarms:
            notices.alarms("account", made.alarms)
        return made.events

    def network(self, keys: Keys) -> Network:
        """The VPC, and who may talk to whom in it."""
        settings, listening = self.stack.network, listeners(self.stack.data).values()
        args = NetworkArgs(
            context=self.context,
            settings=settings,
            layout=plan_subnets(settings.cidr, zone_places(self.stack)),
            zones=zones_in_use(self.stack),
            placement=self.stack.compute.placement,
            flows=platform_flows(self.stack),
            store_ports=[listener.port for listener in listening],
            stores_talk=any(listener.among for listener in listening),
            log_key_arn=keys.logs,
            trusted_accounts=self._foreign_accounts(),
            protect=self.protect,
        )
        return network(self.name, args, self.child)

    def ingress(self, net: Network, logs: LogPolicy, keys: Keys, given: Given | None = None) -> Ingress:
        """The way in; in a second region with what the first one has made."""
        public = self.stack.edge.ingress is IngressKind.ALB
        args = IngressArgs(
            context=self.context,
            edge=self.stack.edge,
            vpc_id=net.vpc.vpc_id,
            vpc_cidr=self.stack.network.cidr,
            subnet_ids=net.vpc.public_subnet_ids if public else net.vpc.private_subnet_ids,
            security_group_id=net.group_ids[LOAD_BALANCER],
            routes=_routes(self.services),
            logs=logs,
            protect=self.protect,
            health_check_path=self.stack.compute.health_check_path,
            files_key_arn=keys.data,
            sharing=self._sharing(),
            given=given,
        )
        return Ingress(f"{self.name}-ingress", args, opts=self.child)

    def _sharing(self) -> Sharing | None:
        """The region that shares the domain with this one."""
        second = self.stack.resilience.second_region.mode
        other = self.stack.resilience.second_in(self.stack.region)
        if not second.stands or other is None:
            return None
        nearest = second is SecondRegionMode.ACTIVE_ACTIVE
        return Sharing(other=other, nearest=nearest, path=self.stack.compute.health_check_path)

    def stores(self, net: Network, edge: Ingress, keys: Keys, logs: LogPolicy) -> dict[str, Store]:
        """The data stores, by their names."""
        args = DataArgs(
            context=self.context,
            settings=self.stack.data,
            subnet_ids=net.vpc.data_subnet_ids,
            zones=zones_in_use(self.stack),
            group_ids=net.group_ids,
            logs=logs,
            key_arn=keys.data,
            protect=self.protect,
            access_log_bucket=edge.load_balancer.log_bucket,
            key_deletion_days=self.stack.security.key_deletion_window_days,
            replicated=self.stack.resilience.second_region.mode.stands,
        )
        return stores(self.name, args, self.child)

    def second_region(
        self, provider: pulumi.ProviderResource | None, edge: Ingress, data: Mapping[str, Store], home: HomeSecrets
    ) -> dict[str, pulumi.Input[object]]:
        """What stands ready in a second region; outputs by export name."""
        region = self.stack.resilience.second_in(self.stack.region)
        if provider is None or region is None or edge.elsewhere is None:
            return {}
        from components.second_region import SecondRegion, SecondRegionArgs

        args = SecondRegionArgs(
            context=replace(self.context, region=region),
            settings=self.stack,
            provider=provider,
            given=edge.elsewhere,
            sources={key: store.backed_up for key, store in data.items() if store.backed_up is not None},
            variables={key: store.variables for key, store in data.items()},
            secrets=home,
        )
        return {"secondRegion": SecondRegion(f"{self.name}-r2", args, opts=self.child).outputs}

    def _foreign_accounts(self) -> list[str]:
        """Accounts of the secrets and keys that services name by their ARNs; encrypted ones can't be told."""
        computes = [service.compute for service in self.services]
        arns = [arn for compute in computes for arn in (*compute.secrets.values(), *compute.secret_key_arns)]
        named = {arn.split(":")[4] for arn in arns if not is_sealed(arn)}
        return sorted(named - {self.stack.account_id})

    def secrets(self, keys: Keys, logs: LogPolicy) -> ApplicationSecrets:
        """The application's secrets."""
        args = ApplicationSecretsArgs(
            context=self.context,
            settings=self.stack.security,
            services=[service.name for service in self.services],
            logs=logs,
            key_arn=keys.secrets,
            replicas=keys.replicas,
            protect=self.protect,
        )
        return ApplicationSecrets(f"{self.name}-secrets", args, opts=self.child)

    def workloads(
        self,
        net: Network,
        logs: LogPolicy,
        edge: Ingress,
        data: Mapping[str, StoreGiven],
        secrets: Secrets,
        keys: Keys,
        secrets_key_arn: pulumi.Input[str] | None,
        samples: Prometheus | None,
        rollback: Mapping[str, list[pulumi.Output[str]]],
        configuration: ConfigurationAgent | None,
    ) -> Running:
        """What runs, and the rules that lead requests to it once it does."""
        leading = RoutingArgs(
            context=self.context,
            load_balancer=edge.load_balancer,
            routes=_routes(self.services),
            maintenance=self.stack.edge.maintenance,
        )
        routing = Routing(f"{self.name}-routing", leading, opts=self.child)
        args = ComputeArgs(
            context=self.context,
            kind=self.stack.compute.kind,
            subnet_ids=net.application_subnet_ids,
            group_ids=net.group_ids,
            logs=logs,
            container_insights=self.stack.observability.container_insights,
            variables={
                **{key: value for store in data.values() for key, value in store.variables.items()},
                **secrets.variables,
            },
            secrets={**secrets.arns, **_error_tracking(self.stack)},
            parameters=secrets.parameter_arns,
            secrets_key_arn=secrets_key_arn,
            statements=[
                *(statement for store in data.values() for statement in store.statements()),
                *secrets.statements(),
            ],
            routes=edge.load_balancer.routes,
            rollback_alarms=rollback,
            rules={service: rule.arn for service, rule in routing.moved.items()},
            traffic_role_arn=self._traffic_role(),
            data_key_arn=keys.data,
            configuration=configuration,
            cache=self._cache(),
            masked=self.stack.observability.logs.masked,
            agent=self._agent(samples),
            mounts=[mount for store in data.values() if isinstance(store, Mounting) for mount in store.mounts],
        )
        running = workloads(self.name, self.services, args, self.child)
        routing.lead({workload.service: workload.runs for workload in running.workloads})
        return running

    def _cache(self) -> PublicCache | None:
        """The cache that public images are pulled through, where the settings want one."""
        if not self.stack.registry.cache_public:
            return None
        from components.compute.images.cache import PublicCache

        return PublicCache(context=self.context)

    def registry(self, keys: Keys) -> dict[str, pulumi.Input[object]]:
        """Where images are kept; outputs by export name."""
        settings = self.stack.registry
        if not (settings.enabled or settings.cache_public):
            return {}
        from components.compute.images.registry import Registry, RegistryArgs

        args = RegistryArgs(
            context=self.context, settings=settings, key_arn=keys.data, cache=self._cache(), protect=self.protect
        )
        made = Registry(f"{self.name}-registry", args, opts=self.child)
        return {"imageRepository": made.url} if made.url is not None else {}

    def configuration(self, keys: Keys, alarm_arns: Sequence[pulumi.Input[str]]) -> ConfigurationAgent | None:
        """Flags and values, and the agent that serves them beside each task."""
        settings = self.stack.configuration
        if not settings.enabled:
            return None
        from components.compute.configuration.agent import ConfigurationAgent
        from components.compute.configuration.app_config import AppConfig, AppConfigArgs

        args = AppConfigArgs(context=self.context, settings=settings, alarm_arns=alarm_arns, key_arn=keys.data)
        source = AppConfig(f"{self.name}-config", args, opts=self.child)
        return ConfigurationAgent(source=source, region=self.context.region)

    def _traffic_role(self) -> pulumi.Output[str] | None:
        """The role by which ECS leads requests to new versions, where it does."""
        if not any(service.shifts for service in self.services):
            return None
        from components.compute.release.traffic import Traffic, TrafficArgs

        return Traffic(f"{self.name}-traffic", TrafficArgs(context=self.context), opts=self.child).role_arn

    def _agent(self, samples: Prometheus | None) -> Agent | None:
        """The agent beside each task, where requests are traced."""
        tracing = self.stack.observability.tracing
        if not tracing.enabled:
            return None
        target = Samples(workspace_id=samples.workspace_id, arn=samples.arn) if samples else None
        return Agent(context=self.context, settings=tracing, samples=target)

    def events(self, notices: Notices, specs: Sequence[EventSpec]) -> Events:
        """What services of AWS tell by themselves."""
        chat = has_chat(self.stack.observability.notices)
        args = EventsArgs(context=self.context, topic_arn=notices.arn, specs=specs, chat=chat)
        return Events(f"{self.name}-events", args, opts=self.child)

    def break_glass(self) -> list[Source]:
        """A role for emergencies, where the settings say who may take it."""
        settings = self.stack.security.break_glass
        if not settings.principals:
            return []
        from components.security.break_glass import BreakGlass, BreakGlassArgs

        args = BreakGlassArgs(context=self.context, settings=settings)
        return [BreakGlass(self._emergency, args, opts=self.child)]

    @property
    def _emergency(self) -> str:
        return f"{self.name}-break-glass"

    def delivery(self, inventory: Inventory | None) -> dict[str, pulumi.Input[object]]:
        """Roles of the pipelines; made last, as the deploy role manages the services of whatever was made before it."""
        if inventory is None or self.context.boundary_arn is None:
            return {}
        from components.security.delivery import Delivery, DeliveryArgs

        args = DeliveryArgs(
            context=self.context,
            settings=self.stack.delivery,
            inventory=inventory,
            boundary_arn=self.context.boundary_arn,
            kept_roles=[self._emergency],
        )
        return {"deliveryRoleArns": Delivery(f"{self.name}-delivery", args, opts=self.child).role_arns}

    def _cost_publishers(self) -> list[str]:
        """AWS services that tell the alarm topic of what costs too much."""
        if not self.stack.cost.in_use:
            return []
        from components.observability.cost.layer import cost_publishers

        return cost_publishers(self.stack.cost)

    def bill(self, notices: Notices, logs: LogPolicy, keys: Keys) -> None:
        """The monthly budget, and what else watches the bill."""
        budget = BudgetArgs(context=self.context, budget=self.stack.budget, topic_arn=notices.arn)
        Budget(f"{self.name}-budget", budget, opts=self.child)
        if not self.stack.cost.in_use:
            return
        from components.observability.cost.layer import CostArgs, cost

        args = CostArgs(
            context=self.context,
            settings=self.stack.cost,
            logs=logs,
            topic_arn=notices.arn,
            topic_key_arn=keys.messages,
        )
        if specs := cost(self.name, args, self.child):
            notices.alarms("cost", specs)

    def samples(self, notices: Notices) -> Prometheus | None:
        """The workspace that tasks send samples to; it must be there before them."""
        return prometheus(self.name, self.context, self.stack.observability, notices.arn, self.child)

    def watching(
        self,
        notices: Notices,
        logs: LogPolicy,
        edge: Ingress,
        data: Sequence[Store],
        running: Running,
        samples: Prometheus | None,
        specs: Sequence[AlarmSpec],
    ) -> dict[str, pulumi.Input[object]]:
        """What watches the product as a whole, and the dashboards; outputs by export name."""
        args = WatchingArgs(
            context=self.context,
            watch=self.stack.observability,
            notices=notices,
            logs=logs,
            url=edge.url,
            health_check_path=self.stack.compute.health_check_path,
            load_balancer=edge.load_balancer.arn_suffix,
            access_log_bucket=edge.load_balancer.log_bucket,
            log_groups=running.log_groups,
            specs=specs,
            graphs=_graphs(edge, running, data),
            prometheus=samples,
        )
        return watching(self.name, args, self.child)

    def backup(self, data: Mapping[str, Store], keys: Keys, logs: LogPolicy) -> list[Backup]:
        """Backups of the stores, where the settings want them."""
        if not self.stack.resilience.backup:
            return []
        settings = self.stack.resilience
        restored = {key: store.restored for key, store in data.items() if store.restored is not None}
        args = BackupArgs(
            context=self.context,
            settings=settings,
            resources={key: store.backed_up for key, store in data.items() if store.backed_up is not None},
            logs=logs,
            key_arn=keys.data,
            copies_arn=self._backup_copies(),
            restored=restored if settings.restore_tests else {},
        )
        return [Backup(f"{self.name}-backup", args, opts=self.child)]

    def experiments(self, stop_alarms: Sequence[pulumi.Input[str]]) -> None:
        """What may be broken on purpose, where the settings want it and an alarm would stop it."""
        if not self.stack.resilience.experiments.enabled:
            return
        from components.resilience.experiments import Experiments, ExperimentsArgs

        postgres = self.stack.data.postgres
        args = ExperimentsArgs(
            context=self.context,
            kind=self.stack.compute.kind,
            zone=zones_in_use(self.stack)[-1],
            standby=postgres.enabled and postgres.multi_az,
            stop_alarms=stop_alarms,
        )
        Experiments(f"{self.name}-experiments", args, opts=self.child)

    def _backup_copies(self) -> pulumi.Output[str] | None:
        """ARN of the vault in another region, where backups are copied to one."""
        settings, region = self.stack.resilience, self.stack.resilience.copies_in(self.context.region)
        if not settings.copied or region is None:
            return None
        args = BackupCopiesArgs(context=self.context, settings=settings, keys=self.stack.security, region=region)
        return BackupCopies(f"{self.name}-copies", args, opts=self.child).vault_arn


def _error_tracking(settings: Settings) -> dict[str, str]:
    """Where the application reports exceptions to, by the variable that their SDKs read."""
    arn = settings.observability.logs.error_tracking.secret_arn
    return {"SENTRY_DSN": arn} if arn else {}


def _graphs(edge: Ingress, running: Running, data: Sequence[Store]) -> dict[Audience, list[Graph]]:
    """What each audience sees: of the service all that users notice, and what is mostly behind it."""
    found = edge.graphs()
    compute = [graph for workload in running.workloads for graph in workload.graphs()]
    stores = [store.graphs() for store in data]
    telling = [graph for graphs in stores for graph in graphs[:_TELLING]]
    return {
        **found,
        Audience.SERVICE: [*found[Audience.SERVICE], *compute, *running.graphs, *telling],
        Audience.DATA: [graph for graphs in stores for graph in graphs],
        Audience.BUSINESS: found[Audience.SERVICE][:1],
    }


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
            sleeps=service.compute.scaling.sleep.enabled,
            shifts=service.shifts,
            test_header=service.compute.release.test_header if service.shifts else None,
        )
        for service in services
        if service.is_web
    ]
