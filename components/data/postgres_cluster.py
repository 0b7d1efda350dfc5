"""A PostgreSQL cluster: RDS's of three zones, or Aurora Serverless v2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.data.database import (
    DAY,
    NOW,
    USER,
    WEEK,
    Row,
    alarms_of,
    apply_method,
    failures,
    final_snapshot,
    graph,
    insights,
    log_groups,
    monitoring,
    parameters,
    subnet_group,
)
from components.data.database_access import DatabaseAccess
from components.data.database_proxy import DatabaseProxy, DatabaseProxyArgs
from components.data.listeners import DATABASE
from components.foundation.alarm import Comparison
from components.foundation.store import RestoreSpec, StoreArgs
from settings.enums import ApplyChanges, DatabaseKind, ProxyMode
from settings.offers.databases import aurora_connection_limit, connection_limit, memory_gib
from settings.sections.data import PostgresSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.policy_document import Statement
    from components.foundation.telemetry.graph import Graph

_ENGINES: Final = {DatabaseKind.CLUSTER: "postgres", DatabaseKind.AURORA: "aurora-postgresql"}
_LOGS: Final = {DatabaseKind.CLUSTER: ("postgresql", "upgrade"), DatabaseKind.AURORA: ("postgresql",)}
"""Logs that RDS exports, by kind."""

_GIB: Final = 1024**3
_FREE_MEMORY: Final = 0.05
_CAPACITY_PERCENT: Final = 90
_LAG_SECONDS: Final = {DatabaseKind.CLUSTER: 30.0, DatabaseKind.AURORA: 1.0}
"""How far readers may be behind: Aurora's share the writer's storage and are milliseconds behind."""

_LAG: Final = {DatabaseKind.CLUSTER: ("ReplicaLag", 1), DatabaseKind.AURORA: ("AuroraReplicaLagMaximum", 1000)}
"""Metric of that, and its units in a second."""


class PostgresCluster(pulumi.ComponentResource):
    """An encrypted cluster with a writer and readers, and a password that AWS changes every week.

    Aurora Serverless v2 is $0.12 per ACU and hour, $43.80 a month for the least that never pauses, and $0.10 a month
    per GB. RDS's cluster is three instances of its class.

    Attributes:
        arn: the cluster's ARN.
        host: where the writer is, whichever member that is.
        reader_host: where the readers are.
        secret_arn: ARN of the secret with the user's name and password.
        identifier: its name in metrics.
    """

    arn: pulumi.Output[str]
    host: pulumi.Output[str]
    reader_host: pulumi.Output[str]
    secret_arn: pulumi.Output[str]
    identifier: str

    def __init__(
        self, name: str, args: StoreArgs[PostgresSettings], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("ascent:data:PostgresCluster", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        self._settings = settings
        # Fixed, because RDS derives the names of its log groups from it.
        self.identifier = context.physical_name("postgres", limit=63)
        subnets = subnet_group(name, args, child)
        cluster = aws.rds.Cluster(
            f"{name}-cluster",
            cluster_identifier=self.identifier,
            engine=_ENGINES[settings.kind],
            engine_version=settings.engine_version,
            database_name=settings.database_name,
            master_username=USER,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=args.key_arn,
            storage_encrypted=True,
            kms_key_id=args.key_arn,
            iam_database_authentication_enabled=True,
            db_cluster_parameter_group_name=_parameters(name, args, child).name,
            db_subnet_group_name=subnets.name,
            vpc_security_group_ids=[args.security_group_id] if args.security_group_id else None,
            port=DATABASE.port,
            # A version is only ever changed in the settings, on purpose.
            allow_major_version_upgrade=True,
            apply_immediately=settings.apply_changes is ApplyChanges.NOW,
            backup_retention_period=settings.backup_retention_days,
            preferred_backup_window="04:00-05:00",
            preferred_maintenance_window="sun:05:30-sun:06:30",
            copy_tags_to_snapshot=True,
            deletion_protection=args.protect,
            enabled_cloudwatch_logs_exports=list(_LOGS[settings.kind]),
            **insights(args),
            **monitoring(name, args, child),
            **self._capacity(),
            **final_snapshot(self.identifier, keep=settings.final_snapshot),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                depends_on=log_groups(name, args, self, f"cluster/{self.identifier}", _LOGS[settings.kind]),
                custom_timeouts=pulumi.CustomTimeouts(create="120m", update="120m", delete="120m"),
            ),
        )
        members = [self._member(f"{name}-member-{n + 1}", args, cluster) for n in range(self._members)]
        self.arn = cluster.arn
        # Nothing answers there before a member does.
        self.host = pulumi.Output.all(cluster.endpoint, *(one.id for one in members)).apply(lambda all_: str(all_[0]))
        self.reader_host = cluster.reader_endpoint
        self.secret_arn = cluster.master_user_secrets[0].secret_arn.apply(str)
        where = pulumi.Output.json_dumps([args.security_group_id] if args.security_group_id else [])
        self._where = {"dbSubnetGroupName": subnets.name, "vpcSecurityGroupIds": where}
        proxy = self._proxy(name, args, cluster, members) if settings.proxy is not ProxyMode.OFF else None
        self._access = DatabaseAccess(
            settings=settings,
            context=context,
            host=self.host,
            reader_host=self.reader_host if self._reads else None,
            port=DATABASE.port,
            secret_arn=self.secret_arn,
            key_arn=args.key_arn,
            proxy=proxy,
            reader_ids=[] if proxy and proxy.reader_host else [cluster.cluster_resource_id],
        )
        self.register_outputs({"arn": self.arn, "host": self.host, "secret_arn": self.secret_arn})

    @property
    def _is_aurora(self) -> bool:
        return self._settings.kind is DatabaseKind.AURORA

    @property
    def _members(self) -> int:
        """Members that the program makes; RDS's cluster makes its three by itself."""
        return 1 + self._settings.readers if self._is_aurora else 0

    @property
    def _reads(self) -> bool:
        """Whether anything but the writer answers reads."""
        return not self._is_aurora or self._settings.readers > 0

    def _capacity(self) -> dict[str, Any]:
        settings = self._settings
        if not self._is_aurora:
            return {
                "db_cluster_instance_class": settings.instance_class,
                "allocated_storage": settings.storage_gb,
                "storage_type": "gp3",
                "auto_minor_version_upgrade": True,
            }
        return {
            "engine_mode": "provisioned",
            "serverlessv2_scaling_configuration": aws.rds.ClusterServerlessv2ScalingConfigurationArgs(
                min_capacity=settings.min_acu, max_capacity=settings.max_acu
            ),
        }

    def _member(
        self, name: str, args: StoreArgs[PostgresSettings], cluster: aws.rds.Cluster
    ) -> aws.rds.ClusterInstance:
        first = name.endswith("-1")
        return aws.rds.ClusterInstance(
            name,
            cluster_identifier=cluster.id,
            instance_class="db.serverless",
            engine=aws.rds.EngineType.AURORA_POSTGRESQL,
            engine_version=cluster.engine_version,
            publicly_accessible=False,
            # The first two grow together, so that either can be the writer; the others follow what they are asked.
            promotion_tier=0 if first else 1 if name.endswith("-2") else 2,
            auto_minor_version_upgrade=True,
            apply_immediately=self._settings.apply_changes is ApplyChanges.NOW,
            copy_tags_to_snapshot=True,
            preferred_maintenance_window="sun:05:30-sun:06:30",
            ca_cert_identifier="rds-ca-rsa2048-g1",
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                custom_timeouts=pulumi.CustomTimeouts(create="60m", update="90m", delete="60m"),
            ),
        )

    def _proxy(
        self,
        name: str,
        args: StoreArgs[PostgresSettings],
        cluster: aws.rds.Cluster,
        members: list[aws.rds.ClusterInstance],
    ) -> DatabaseProxy:
        proxy = DatabaseProxyArgs(
            context=args.context,
            settings=args.settings,
            subnet_ids=args.subnet_ids,
            security_group_id=args.security_group_id,
            secret_arn=self.secret_arn,
            key_arn=args.key_arn,
            resource_id=cluster.cluster_resource_id,
            cluster=cluster.id,
            reader=self._reads,
        )
        return DatabaseProxy(f"{name}-proxy", proxy, opts=pulumi.ResourceOptions(parent=self, depends_on=members))

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the database, and what opens it."""
        return self._access.variables

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The hosts, and the ARN of the secret with the password."""
        return {
            "databaseHost": self.host,
            "databaseReaderHost": self.reader_host,
            "databaseSecretArn": self.secret_arn,
        }

    @property
    def backed_up(self) -> pulumi.Output[str]:
        """The cluster."""
        return self.arn

    @property
    def restored(self) -> RestoreSpec | None:
        """A cluster of another name in the same network; AWS Backup tests no restore of RDS's cluster."""
        return RestoreSpec(kind="Aurora", arn=self.arn, where=self._where) if self._is_aurora else None

    def statements(self) -> list[Statement]:
        """What an application that connects may do: read the password's secret, or log in with IAM."""
        return self._access.statements()

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Capacity or CPU and memory, space, connections, and readers that are behind."""
        above, settings = Comparison.ABOVE, self._settings
        full = "the database runs out of connections"
        rows: list[Row] = [
            ("cpu", "CPU use of the database", "CPUUtilization", thresholds.cpu_percent, above, DAY),
            ("connections", full, "DatabaseConnections", self._most_connections(thresholds), above, DAY),
        ]
        if self._is_aurora:
            title = "the database needs nearly all the capacity that it may have"
            rows.append(("capacity", title, "ACUUtilization", _CAPACITY_PERCENT, above, DAY))
        else:
            space = (thresholds.database_free_storage_gb or max(settings.storage_gb / 10, 1)) * _GIB
            rows.append(("storage", "the database runs out of space", "FreeStorageSpace", space, Comparison.BELOW, NOW))
            if (memory := memory_gib(settings.instance_class)) is not None:
                free = memory * _GIB * _FREE_MEMORY
                short = "the database runs out of memory"
                rows.append(("memory", short, "FreeableMemory", free, Comparison.BELOW, WEEK))
        if self._reads:
            metric, units = _LAG[settings.kind]
            late = "a replica of the database is behind: its answers are old"
            rows.append(("lag", late, metric, _LAG_SECONDS[settings.kind] * units, above, DAY))
        return [*alarms_of(rows, self._here), *self._access.alarms()]

    def _most_connections(self, thresholds: AlarmSettings) -> int:
        """Four fifths of what the capacity or the class takes.

        Raises:
            ValueError: neither the threshold nor the class's limit is known.
        """
        if thresholds.database_connections is not None:
            return thresholds.database_connections
        settings = self._settings
        if self._is_aurora:
            return aurora_connection_limit(settings.min_acu, settings.max_acu) * 4 // 5
        limit = connection_limit(settings.instance_class)
        if limit is None:
            raise ValueError(f"how many connections {settings.instance_class} allows is not known")
        return limit * 4 // 5

    @property
    def _here(self) -> dict[str, str]:
        return {"DBClusterIdentifier": self.identifier}

    def events(self) -> list[EventSpec]:
        """A failure, or a change of sides."""
        return [failures("RDS DB Cluster Event", self.identifier)]

    def graphs(self) -> list[Graph]:
        """Connections first, of which an application's pools take the most; then what they wait for."""
        here, (lag, _) = self._here, _LAG[self._settings.kind]
        capacity = (
            [graph("Capacity of the database, ACU", here, "ServerlessDatabaseCapacity")]
            if self._is_aurora
            else [graph("Free space on disk, bytes", here, "FreeStorageSpace")]
        )
        return [
            graph("Connections in use", here, "DatabaseConnections"),
            graph("CPU of the database, %", here, "CPUUtilization"),
            *capacity,
            graph("Free memory of the database, bytes", here, "FreeableMemory"),
            graph("Time of a read and a write, seconds", here, "ReadLatency", "WriteLatency"),
            *([graph("Readers behind by", here, lag)] if self._reads else []),
            *self._access.graphs(),
        ]


def _parameters(
    name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions
) -> aws.rds.ClusterParameterGroup:
    family = "aurora-postgresql" if args.settings.kind is DatabaseKind.AURORA else "postgres"
    return aws.rds.ClusterParameterGroup(
        f"{name}-cluster-parameters",
        family=f"{family}{args.settings.engine_version}",
        description=f"{args.context.application} {args.context.environment}",
        parameters=[
            aws.rds.ClusterParameterGroupParameterArgs(name=key, value=value, apply_method=apply_method(key))
            for key, value in parameters(args.settings).items()
        ],
        tags=args.context.tags(f"{name}-cluster-parameters"),
        opts=child,
    )
