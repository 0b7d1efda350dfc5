"""The parts of a platform, each made of the settings and of the parts that it stands on."""

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
from components.network.layer import Network, NetworkArgs, network
from components.network.layout import plan_subnets
from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from components.observability.alarms import Alarms, AlarmsArgs
from components.observability.budget import Budget, BudgetArgs
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.events import Events, EventsArgs
from components.resilience.backup import Backup, BackupArgs
from components.security.application_secrets import ApplicationSecrets, ApplicationSecretsArgs
from components.security.keys import Keys, KeysArgs
from settings.enums import Ingress as IngressKind
from settings.offers.zones import zone_places, zones_in_use
from settings.schema import Settings
from settings.sealed import is_sealed
from settings.services import Service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec, Source
    from components.foundation.policy_document import Statement
    from components.foundation.store import Store
    from components.foundation.workload import Workload
    from components.security.inventory import Inventory


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
        """Regions beside the stack's own that have alarms: CloudFront's metrics are in us-east-1 alone."""
        cloudfront = self.stack.edge.ingress is IngressKind.CLOUDFRONT
        return [CLOUDFRONT_REGION] if cloudfront and self.stack.region != CLOUDFRONT_REGION else []

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
            secret_regions=self.stack.security.secret_replica_regions,
        )
        return Keys(f"{self.name}-keys", args, opts=self.child)

    def alarm_topics(self, keys: Keys) -> dict[str, pulumi.Output[str]]:
        """A topic in each region that has alarms, by region."""
        args = AlarmTopicArgs(context=self.context, emails=self.stack.observability.alarm_emails, key_arn=keys.messages)
        topics = {self.context.region: AlarmTopic(f"{self.name}-alarm-topic", args, opts=self.child).arn}
        for region in self.abroad:
            there = replace(args, key_arn=keys.alarms[region], region=region)
            topics[region] = AlarmTopic(f"{self.name}-alarm-topic-{region}", there, opts=self.child).arn
        return topics

    def alarms(self, layer: str, topics: Mapping[str, pulumi.Output[str]], specs: Sequence[AlarmSpec]) -> Alarms:
        """The alarms that a layer asks for."""
        args = AlarmsArgs(context=self.context, topic_arns=topics, specs=specs)
        return Alarms(f"{self.name}-{layer}-alarms", args, opts=self.child)

    # A stack without anything of the account's must not pay for loading the layer.

    def _audit_key_users(self) -> list[Statement]:
        """AWS services of the account layer that use the key of logs."""
        if not self.stack.account.in_use:
            return []
        from components.account.layer import key_users

        return key_users(self.context, self.stack.account)

    def account(self, logs: LogPolicy, topics: Mapping[str, pulumi.Output[str]]) -> list[EventSpec]:
        """What the account has once, with its alarms; what else of it somebody should hear of."""
        if not self.stack.account.in_use:
            return []
        from components.account.layer import AccountArgs, account

        args = AccountArgs(context=self.context, settings=self.stack.account, logs=logs, protect=self.protect)
        made = account(self.name, args, self.child)
        if made.alarms:
            self.alarms("account", topics, made.alarms)
        return made.events

    def network(self, keys: Keys) -> Network:
        """The VPC, and who may talk to whom in it."""
        settings = self.stack.network
        args = NetworkArgs(
            context=self.context,
            settings=settings,
            layout=plan_subnets(settings.cidr, zone_places(self.stack)),
            zones=zones_in_use(self.stack),
            placement=self.stack.compute.placement,
            flows=platform_flows(self.stack),
            store_ports=[listener.port for listener in listeners(self.stack.data).values()],
            log_key_arn=keys.logs,
            trusted_accounts=self._foreign_accounts(),
            protect=self.protect,
        )
        return network(self.name, args, self.child)

    def ingress(self, net: Network, logs: LogPolicy) -> Ingress:
        """The way in."""
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
        )
        return Ingress(f"{self.name}-ingress", args, opts=self.child)

    def stores(self, net: Network, keys: Keys, logs: LogPolicy) -> dict[str, Store]:
        """The data stores, by their names."""
        args = DataArgs(
            context=self.context,
            settings=self.stack.data,
            subnet_ids=net.vpc.data_subnet_ids,
            group_ids=net.group_ids,
            logs=logs,
            key_arn=keys.data,
            protect=self.protect,
        )
        return stores(self.name, args, self.child)

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
        data: Mapping[str, Store],
        secrets: ApplicationSecrets,
        keys: Keys,
        rollback: Mapping[str, list[pulumi.Output[str]]],
    ) -> list[Workload]:
        """What runs, and the rules that lead requests to it once it does."""
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
            secrets=secrets.arns,
            parameters=secrets.parameter_arns,
            secrets_key_arn=keys.secrets,
            statements=[
                *(statement for store in data.values() for statement in store.statements()),
                *secrets.statements(),
            ],
            routes=edge.load_balancer.routes,
            rollback_alarms=rollback,
        )
        running = workloads(self.name, self.services, args, self.child)
        leading = RoutingArgs(
            context=self.context,
            load_balancer=edge.load_balancer,
            routes=_routes(self.services),
            running={workload.service: workload.runs for workload in running},
        )
        Routing(f"{self.name}-routing", leading, opts=self.child)
        return running

    def events(self, topic: pulumi.Output[str], specs: Sequence[EventSpec]) -> None:
        """What services of AWS tell by themselves."""
        args = EventsArgs(context=self.context, topic_arn=topic, specs=specs)
        Events(f"{self.name}-events", args, opts=self.child)

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

    def budget(self, topic: pulumi.Output[str]) -> None:
        """The monthly budget."""
        args = BudgetArgs(context=self.context, budget=self.stack.budget, topic_arn=topic)
        Budget(f"{self.name}-budget", args, opts=self.child)

    def dashboard(self, specs: Sequence[AlarmSpec]) -> dict[str, pulumi.Input[object]]:
        """A graph of everything that has an alarm, where the settings want it; its URL as an output."""
        if not self.stack.observability.dashboard:
            return {}
        board = Dashboard(f"{self.name}-dashboard", DashboardArgs(context=self.context, specs=specs), opts=self.child)
        return {"dashboardUrl": board.url}

    def backup(self, data: Mapping[str, Store], keys: Keys) -> dict[str, pulumi.Input[object]]:
        """Backups of the stores, where the settings want them; the vault as an output."""
        if not self.stack.resilience.backup:
            return {}
        copied = {key: store.backed_up for key, store in data.items() if store.backed_up is not None}
        args = BackupArgs(context=self.context, settings=self.stack.resilience, resources=copied, key_arn=keys.data)
        return {"backupVault": Backup(f"{self.name}-backup", args, opts=self.child).vault}


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
