"""A PostgreSQL database on RDS."""

from __future__ import annotations

from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.event import EventSpec
from components.foundation.flow import Group
from components.foundation.log_group import log_group
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.store import Listener, RestoreSpec, StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import ApplyChanges, InsightsMode, Severity
from settings.offers.databases import connection_limit, memory_gib
from settings.offers.instances import is_burstable
from settings.sections.data import DatabaseVariable, PostgresSettings
from settings.sections.observability import AlarmSettings

LISTENER: Final = Listener(group=Group("database"), port=5432, why="SQL over TLS")
"""Where a database is reached."""

_LOGS: Final = ("postgresql", "upgrade")
"""Logs that RDS exports for PostgreSQL."""

_STORAGE_EVENTS: Final = ("RDS-EVENT-0007", "RDS-EVENT-0223", "RDS-EVENT-0224", "RDS-EVENT-0225")
"""Storage is exhausted, can't grow, would pass its maximum with the next step, has reached 80 % of it (RDS user guide,
"Event categories and event messages")."""

_FAILURES: Final = ["failure", "failover"]
"""Categories of RDS's events."""

_GIB: Final = 1024**3

_FREE_MEMORY: Final = 0.05
"""Share of the memory below which PostgreSQL begins to swap."""

_NOW, _DAY, _WEEK = Severity.HIGH, Severity.MEDIUM, Severity.LOW

_INSIGHTS_DAYS: Final = {InsightsMode.STANDARD: 7, InsightsMode.ADVANCED: 465}
"""Retention of Performance Insights: seven days are free, the advanced mode demands 465."""


class Postgres(pulumi.ComponentResource):
    """An encrypted database that nobody outside the application reaches, with a password that AWS rotates weekly.

    db.t4g.micro is $11.68 a month, twice that with a standby; storage $0.115 a month per GB.

    Attributes:
        arn: the database's ARN.
        host: its host name.
        secret_arn: ARN of the secret with the user's name and password. The application reads it when it connects:
            a password given to it at start would stop working at the next rotation.
        identifier: its name in metrics.
    """

    arn: pulumi.Output[str]
    host: pulumi.Output[str]
    secret_arn: pulumi.Output[str]
    identifier: str

    def __init__(
        self, name: str, args: StoreArgs[PostgresSettings], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("ascent:data:Postgres", name, None, opts)
        context, settings = args.context, args.settings
        child = pulumi.ResourceOptions(parent=self)
        # Fixed, because RDS derives the names of its log groups from it.
        self.identifier = context.physical_name("postgres", limit=63)
        subnets = aws.rds.SubnetGroup(
            f"{name}-subnets",
            description=f"Data subnets of {context.application} {context.environment}",
            subnet_ids=list(args.subnet_ids),
            tags=context.tags(name),
            opts=child,
        )
        database = aws.rds.Instance(
            f"{name}-instance",
            identifier=self.identifier,
            engine="postgres",
            engine_version=settings.engine_version,
            instance_class=settings.instance_class,
            allocated_storage=settings.storage_gb,
            max_allocated_storage=settings.max_storage_gb,
            storage_type="gp3",
            storage_encrypted=True,
            kms_key_id=args.key_arn,
            db_name=settings.database_name,
            username="ascent",
            manage_master_user_password=True,
            master_user_secret_kms_key_id=args.key_arn,
            iam_database_authentication_enabled=True,
            ca_cert_identifier="rds-ca-rsa2048-g1",
            parameter_group_name=_parameters(name, args, child).name,
            db_subnet_group_name=subnets.name,
            vpc_security_group_ids=[args.security_group_id] if args.security_group_id else None,
            publicly_accessible=False,
            port=LISTENER.port,
            multi_az=settings.multi_az,
            auto_minor_version_upgrade=True,
            # A version is only ever changed in the settings, on purpose.
            allow_major_version_upgrade=True,
            apply_immediately=settings.apply_changes is ApplyChanges.NOW,
            copy_tags_to_snapshot=True,
            backup_retention_period=settings.backup_retention_days,
            # Apart from each other and from AWS Backup's hour.
            backup_window="04:00-05:00",
            maintenance_window="sun:05:30-sun:06:30",
            deletion_protection=args.protect,
            enabled_cloudwatch_logs_exports=list(_LOGS),
            database_insights_mode=settings.insights_mode.value,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=args.key_arn,
            performance_insights_retention_period=_INSIGHTS_DAYS[settings.insights_mode],
            **_monitoring(name, args, child),
            **final_snapshot(self.identifier, keep=settings.final_snapshot),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                depends_on=_log_groups(name, args, self),
                custom_timeouts=pulumi.CustomTimeouts(create="60m", update="120m", delete="60m"),
            ),
        )
        self.arn, self.host = database.arn, database.address
        groups = pulumi.Output.json_dumps([args.security_group_id] if args.security_group_id else [])
        self._where = {"dbSubnetGroupName": subnets.name, "vpcSecurityGroupIds": groups}
        self.secret_arn = database.master_user_secrets[0].secret_arn.apply(str)
        self._key_arn, self._settings = args.key_arn, settings
        self.register_outputs({"arn": self.arn, "host": self.host, "secret_arn": self.secret_arn})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the database, and the secret that opens it."""
        return {
            DatabaseVariable.HOST: self.host,
            DatabaseVariable.PORT: str(LISTENER.port),
            DatabaseVariable.NAME: self._settings.database_name,
            DatabaseVariable.SECRET_ARN: self.secret_arn,
        }

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The host, and the ARN of the secret with the password."""
        return {"databaseHost": self.host, "databaseSecretArn": self.secret_arn}

    @property
    def backed_up(self) -> pulumi.Output[str]:
        """The database."""
        return self.arn

    @property
    def restored(self) -> RestoreSpec:
        """An instance of another name in the same network; AWS Backup would take the default VPC."""
        return RestoreSpec(kind="RDS", arn=self.arn, where=self._where)

    def statements(self) -> list[Statement]:
        """What an application that connects may do: read the password's secret."""
        read = Statement(
            sid="ReadDatabasePassword", actions=["secretsmanager:GetSecretValue"], resources=[self.secret_arn]
        )
        if self._key_arn is None:
            return [read]
        return [read, Statement(sid="DecryptDatabasePassword", actions=["kms:Decrypt"], resources=[self._key_arn])]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on CPU, memory, space and connections, and on what a burstable class costs beyond its price."""
        space = _free_storage_gb(self._settings, thresholds) * _GIB
        rows = [
            ("cpu", "CPU use of the database", "CPUUtilization", thresholds.cpu_percent, Comparison.ABOVE, _DAY),
            ("storage", "the database runs out of space", "FreeStorageSpace", space, Comparison.BELOW, _NOW),
            (
                "connections",
                "the database runs out of connections",
                "DatabaseConnections",
                _connections(self._settings, thresholds),
                Comparison.ABOVE,
                _DAY,
            ),
        ]
        memory = memory_gib(self._settings.instance_class)
        if memory is not None:
            free = memory * _GIB * _FREE_MEMORY
            rows.append(("memory", "the database runs out of memory", "FreeableMemory", free, Comparison.BELOW, _WEEK))
        if is_burstable(self._settings.instance_class):
            title = "the database needs more CPU than its class has, and each hour of it is charged"
            rows.append(("credits", title, "CPUSurplusCreditsCharged", 0, Comparison.ABOVE, _DAY))
        return [
            AlarmSpec(
                key=f"database-{key}",
                title=title,
                namespace="AWS/RDS",
                metric=metric,
                dimensions={"DBInstanceIdentifier": self.identifier},
                statistic="Average",
                threshold=threshold,
                periods=10,
                comparison=comparison,
                severity=severity,
            )
            for key, title, metric, threshold, comparison, severity in rows
        ]

    def graphs(self) -> list[Graph]:
        """Connections first, of which an application's pools take the most; then what they wait for."""
        here = {"DBInstanceIdentifier": self.identifier}

        def graph(title: str, *metrics: str, lines_at: dict[str, float] | None = None) -> Graph:
            lines = [Metric(namespace="AWS/RDS", metric=one, dimensions=here, statistic="Average") for one in metrics]
            return Graph(title=title, lines=lines, lines_at=lines_at or {})

        limit = connection_limit(self._settings.instance_class)
        return [
            graph("Connections in use", "DatabaseConnections", lines_at={"most": limit} if limit else None),
            graph("CPU of the database, %", "CPUUtilization"),
            graph("Free space on disk, bytes", "FreeStorageSpace"),
            graph("Free memory of the database, bytes", "FreeableMemory"),
            graph("Time of a read and a write, seconds", "ReadLatency", "WriteLatency"),
            graph("Reads and writes per second", "ReadIOPS", "WriteIOPS"),
            graph("Requests that wait for the disk", "DiskQueueDepth"),
        ]

    def events(self) -> list[EventSpec]:
        """What only RDS knows: growth of its storage that nears its end, and a failure or a change of sides."""
        here = {"SourceIdentifier": [self.identifier]}
        rows = (
            ("database-storage", "the database's storage can hardly grow any more", {"EventID": list(_STORAGE_EVENTS)}),
            ("database-failed", "the database failed, or moved to its standby", {"EventCategories": _FAILURES}),
        )
        return [
            EventSpec(
                key=key,
                title=title,
                pattern={
                    "source": ["aws.rds"],
                    "detail-type": ["RDS DB Instance Event"],
                    "detail": {**here, **which},
                },
                severity=Severity.HIGH,
            )
            for key, title, which in rows
        ]


def _free_storage_gb(settings: PostgresSettings, thresholds: AlarmSettings) -> float:
    """Free space that is too little: RDS enlarges storage below a tenth, so half of that says that it did not."""
    return thresholds.database_free_storage_gb or max(settings.storage_gb / 20, 1)


def _connections(settings: PostgresSettings, thresholds: AlarmSettings) -> int:
    """Connections that are too many: four fifths of the limit of the class.

    Raises:
        ValueError: neither the threshold nor the class's limit is known.
    """
    limit = connection_limit(settings.instance_class)
    if thresholds.database_connections is not None:
        return thresholds.database_connections
    if limit is None:
        raise ValueError(f"how many connections {settings.instance_class} allows is not known")
    return limit * 4 // 5


def _log_groups(name: str, args: StoreArgs[PostgresSettings], parent: Postgres) -> list[aws.cloudwatch.LogGroup]:
    """The groups that RDS writes to. They must exist before the database: those that RDS makes keep logs forever."""
    return [
        log_group(
            f"{name}-{log}-log",
            args.context,
            args.logs,
            parent=parent,
            physical_name=f"/aws/rds/instance/{parent.identifier}/{log}",
        )
        for log in _LOGS
    ]


def final_snapshot(identifier: str, *, keep: bool) -> dict[str, Any]:
    """The arguments that decide what is left of a database when it is deleted.

    Args:
        identifier: name of the database; the snapshot is called after it.
        keep: keep a snapshot; False makes the stack disposable.
    """
    if keep:
        return {"skip_final_snapshot": False, "final_snapshot_identifier": f"{identifier}-final"}
    return {"skip_final_snapshot": True, "delete_automated_backups": True}


def _parameters(name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions) -> aws.rds.ParameterGroup:
    """TLS for every connection, and a record of who connects and what is slow."""
    values = {
        "rds.force_ssl": "1",
        "log_connections": "1",
        "log_disconnections": "1",
        "log_min_duration_statement": "1000",
    }
    return aws.rds.ParameterGroup(
        f"{name}-parameters",
        family=f"postgres{args.settings.engine_version}",
        description=f"{args.context.application} {args.context.environment}",
        parameters=[aws.rds.ParameterGroupParameterArgs(name=key, value=value) for key, value in values.items()],
        tags=args.context.tags(f"{name}-parameters"),
        opts=child,
    )


def _monitoring(name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions) -> dict[str, Any]:
    """Enhanced monitoring with the role it needs, or nothing."""
    interval = args.settings.monitoring_interval_seconds
    if interval == 0:
        return {"monitoring_interval": 0}
    role = ServiceRole(
        f"{name}-monitoring",
        ServiceRoleArgs(
            context=args.context,
            description="RDS, to publish enhanced monitoring",
            services=["monitoring.rds.amazonaws.com"],
            managed_policies=["service-role/AmazonRDSEnhancedMonitoringRole"],
        ),
        opts=child,
    )
    return {"monitoring_interval": interval, "monitoring_role_arn": role.arn}
