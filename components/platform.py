"""The platform: the layers, composed. The only file that knows them all."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.compute.container import Container
from components.compute.ec2_service import Ec2Service, Ec2ServiceArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.data.postgres import PORT as POSTGRES_PORT
from components.data.postgres import Postgres, PostgresArgs
from components.data.table import Table, TableArgs
from components.edge.ingress import Ingress, IngressArgs
from components.flows import platform_flows
from components.foundation.alarm import Alarms, AlarmsArgs, AlarmSpec
from components.foundation.context import Context
from components.foundation.log_group import ApplicationLog, ApplicationLogArgs, LogPolicy
from components.foundation.policy_document import Statement
from components.network.data_acl import DataAcl, DataAclArgs
from components.network.endpoints import VpcEndpoints, VpcEndpointsArgs
from components.network.firewall import Firewall, FirewallArgs, Group
from components.network.flow_logs import FlowLogs, FlowLogsArgs
from components.network.vpc import Vpc, VpcArgs
from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from components.observability.budget import Budget, BudgetArgs
from components.observability.dashboard import Dashboard, DashboardArgs
from components.resilience.backup import Backup, BackupArgs
from components.security.keys import stack_keys
from components.security.secrets import GeneratedSecret, GeneratedSecretArgs, ProvidedSecrets, ProvidedSecretsArgs
from settings.enums import ComputeKind, Placement
from settings.enums import Ingress as IngressKind
from settings.regions import availability_zones
from settings.schema import Settings

_ROLLBACK_ALARMS = ("server-errors", "balancer-errors")
"""Alarms that say a deployment broke the application, as opposed to its surroundings."""


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
        self._name, self._context, self._settings = name, args.context, args.settings
        self._child = pulumi.ResourceOptions(parent=self)
        self._keys = stack_keys(name, args.context, args.settings, self._child)
        self._logs = LogPolicy(retention_days=self._settings.observability.log_retention_days, key_arn=self._keys.logs)
        self.outputs = {}
        topic = AlarmTopic(
            f"{name}-alarm-topic",
            AlarmTopicArgs(
                context=self._context, emails=self._settings.observability.alarm_emails, key_arn=self._keys.logs
            ),
            opts=self._child,
        )
        vpc, firewall = self._network()
        edge = self._edge(vpc, firewall)
        edge_specs = edge.load_balancer.alarms(self._settings.observability.alarms)
        edge_alarms = self._alarms("edge", topic, edge_specs)
        table, postgres = self._data(vpc, firewall)
        rollback = [edge_alarms.names[key] for key in _ROLLBACK_ALARMS]
        service = self._compute(vpc, firewall, edge, table, postgres, rollback)
        specs = self._observe(topic, edge_specs, table, postgres, service)
        self._resilience(table, postgres)
        self.outputs |= edge.outputs
        self.outputs["alarmTopicArn"] = topic.arn
        if self._settings.observability.dashboard:
            board = Dashboard(f"{name}-dashboard", DashboardArgs(context=self._context, specs=specs), opts=self._child)
            self.outputs["dashboardUrl"] = board.url
        self.register_outputs(self.outputs)

    def _network(self) -> tuple[Vpc, Firewall]:
        """The network layer."""
        name, context, settings = self._name, self._context, self._settings
        network = settings.network
        zones = network.availability_zones or availability_zones(settings.region)[: network.az_count]
        vpc = Vpc(
            f"{name}-vpc",
            VpcArgs(context=context, cidr=network.cidr, zones=zones, nat=network.nat),
            opts=self._child,
        )
        FlowLogs(
            f"{name}-flow-logs",
            FlowLogsArgs(
                context=context,
                vpc_id=vpc.vpc_id,
                retention_days=network.flow_log_retention_days,
                key_arn=self._keys.logs,
                keep=settings.resilience.protect,
            ),
            opts=self._child,
        )
        groups = [Group.LOAD_BALANCER, Group.APPLICATION]
        if settings.data.postgres.enabled:
            groups.append(Group.DATABASE)
        if network.interface_endpoints:
            groups.append(Group.ENDPOINTS)
        flows = platform_flows(settings, vpc.layout)
        firewall = Firewall(
            f"{name}-firewall",
            FirewallArgs(context=context, vpc_id=vpc.vpc_id, groups=groups, flows=flows),
            opts=self._child,
        )
        VpcEndpoints(
            f"{name}-endpoints",
            VpcEndpointsArgs(
                context=context,
                vpc_id=vpc.vpc_id,
                route_table_ids=vpc.route_table_ids,
                interfaces=[service.value for service in network.interface_endpoints],
                subnet_ids=vpc.private_subnet_ids,
                security_group_id=firewall.group_ids.get(Group.ENDPOINTS),
            ),
            opts=self._child,
        )
        clients = vpc.layout.public if settings.compute.placement is Placement.PUBLIC else vpc.layout.private
        DataAcl(
            f"{name}-data-acl",
            DataAclArgs(
                context=context,
                vpc_id=vpc.vpc_id,
                subnet_ids=vpc.data_subnet_ids,
                client_cidrs=clients,
                ports=[POSTGRES_PORT] if settings.data.postgres.enabled else [],
            ),
            opts=self._child,
        )
        return vpc, firewall

    def _edge(self, vpc: Vpc, firewall: Firewall) -> Ingress:
        """The edge layer."""
        settings = self._settings
        public = settings.edge.ingress is IngressKind.ALB
        return Ingress(
            f"{self._name}-ingress",
            IngressArgs(
                context=self._context,
                edge=settings.edge,
                vpc_id=vpc.vpc_id,
                subnet_ids=vpc.public_subnet_ids if public else vpc.private_subnet_ids,
                security_group_id=firewall.group_ids[Group.LOAD_BALANCER],
                compute=settings.compute.kind,
                port=settings.compute.port,
                health_check_path=settings.compute.health_check_path,
                logs=self._logs,
                protect=settings.resilience.protect,
            ),
            opts=self._child,
        )

    def _data(self, vpc: Vpc, firewall: Firewall) -> tuple[Table | None, Postgres | None]:
        """The data layer: what is enabled of it."""
        name, context, data = self._name, self._context, self._settings.data
        protect = self._settings.resilience.protect
        table = postgres = None
        if data.dynamodb.enabled:
            table = Table(
                f"{name}-data",
                TableArgs(context=context, settings=data.dynamodb, key_arn=self._keys.data, protect=protect),
                opts=self._child,
            )
            self.outputs["tableName"] = table.name
        if data.postgres.enabled:
            postgres = Postgres(
                f"{name}-postgres",
                PostgresArgs(
                    context=context,
                    settings=data.postgres,
                    subnet_ids=vpc.data_subnet_ids,
                    security_group_id=firewall.group_ids[Group.DATABASE],
                    logs=self._logs,
                    key_arn=self._keys.data,
                    protect=protect,
                ),
                opts=self._child,
            )
            self.outputs |= {"databaseHost": postgres.host, "databaseSecretArn": postgres.secret_arn}
        return table, postgres

    def _container(self, table: Table | None, postgres: Postgres | None) -> Container:
        """The application's container with its variables and secrets."""
        name, context, settings = self._name, self._context, self._settings
        jwt = GeneratedSecret(
            f"{name}-jwt",
            GeneratedSecretArgs(
                context=context,
                description=f"Signing key of {context.application} {context.environment}",
                length=settings.security.application_secret_length,
                key_arn=self._keys.secrets,
            ),
            opts=self._child,
        )
        secrets: dict[str, pulumi.Output[str]] = {"JWT_SECRET": jwt.arn}
        if settings.security.secrets:
            provided = ProvidedSecrets(
                f"{name}-secrets",
                ProvidedSecretsArgs(
                    context=context,
                    values={key: value.get_secret_value() for key, value in settings.security.secrets.items()},
                    recovery_days=settings.security.secret_recovery_days,
                    key_arn=self._keys.secrets,
                ),
                opts=self._child,
            )
            secrets |= provided.arns
        log = ApplicationLog(
            f"{name}-application-log", ApplicationLogArgs(context=context, policy=self._logs), opts=self._child
        )
        self.outputs["secretArns"] = secrets
        environment: dict[str, pulumi.Input[str]] = {
            **settings.compute.environment,
            "PORT": str(settings.compute.port),
            "AWS_REGION": context.region,
        }
        if table:
            environment["TABLE_NAME"] = table.name
        if postgres:
            environment |= {
                "DATABASE_HOST": postgres.host,
                "DATABASE_PORT": str(POSTGRES_PORT),
                "DATABASE_NAME": settings.data.postgres.database_name,
                "DATABASE_SECRET_ARN": postgres.secret_arn,
            }
        return Container(
            compute=settings.compute,
            log_group=log.name,
            log_group_arn=log.arn,
            environment=environment,
            secrets={**secrets, **settings.compute.secrets},
        )

    def _compute(
        self,
        vpc: Vpc,
        firewall: Firewall,
        edge: Ingress,
        table: Table | None,
        postgres: Postgres | None,
        rollback_alarms: list[pulumi.Output[str]],
    ) -> Ec2Service | FargateService:
        """The compute layer."""
        name, context, compute = f"{self._name}-app", self._context, self._settings.compute
        container = self._container(table, postgres)
        subnets = vpc.public_subnet_ids if compute.placement is Placement.PUBLIC else vpc.private_subnet_ids
        statements: list[Statement] = []
        for store in (table, postgres):
            statements += store.statements() if store else []
        if compute.kind is ComputeKind.EC2:
            return Ec2Service(
                name,
                Ec2ServiceArgs(
                    context=context,
                    container=container,
                    subnet_ids=subnets,
                    security_group_id=firewall.group_ids[Group.APPLICATION],
                    target_group_arn=edge.load_balancer.target_group_arn,
                    secrets_key_arn=self._keys.secrets,
                    statements=statements,
                ),
                opts=self._child,
            )
        return FargateService(
            name,
            FargateServiceArgs(
                context=context,
                container=container,
                container_insights=self._settings.observability.container_insights,
                logs=self._logs,
                subnet_ids=subnets,
                security_group_id=firewall.group_ids[Group.APPLICATION],
                target_group_arn=edge.load_balancer.target_group_arn,
                listener=edge.load_balancer.listener,
                secrets_key_arn=self._keys.secrets,
                statements=statements,
                rollback_alarms=rollback_alarms,
            ),
            opts=self._child,
        )

    def _alarms(self, layer: str, topic: AlarmTopic, specs: list[AlarmSpec]) -> Alarms:
        return Alarms(
            f"{self._name}-{layer}-alarms",
            AlarmsArgs(context=self._context, topic_arn=topic.arn, specs=specs),
            opts=self._child,
        )

    def _observe(
        self,
        topic: AlarmTopic,
        edge_specs: list[AlarmSpec],
        table: Table | None,
        postgres: Postgres | None,
        service: Ec2Service | FargateService,
    ) -> list[AlarmSpec]:
        """The rest of the observability layer; answers with all that is watched."""
        thresholds = self._settings.observability.alarms
        compute_specs = service.alarms(thresholds)
        data_specs = [*(table.alarms() if table else []), *(postgres.alarms(thresholds) if postgres else [])]
        self._alarms("compute", topic, compute_specs)
        self._alarms("data", topic, data_specs)
        Budget(
            f"{self._name}-budget",
            BudgetArgs(context=self._context, budget=self._settings.budget, topic_arn=topic.arn),
            opts=self._child,
        )
        return [*edge_specs, *compute_specs, *data_specs]

    def _resilience(self, table: Table | None, postgres: Postgres | None) -> None:
        """The resilience layer."""
        if not self._settings.resilience.backup:
            return
        stores = {"table": table, "postgres": postgres}
        backup = Backup(
            f"{self._name}-backup",
            BackupArgs(
                context=self._context,
                settings=self._settings.resilience,
                resources={key: store.arn for key, store in stores.items() if store},
                key_arn=self._keys.data,
            ),
            opts=self._child,
        )
        self.outputs["backupVault"] = backup.vault
