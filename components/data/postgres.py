"""A PostgreSQL database on an instance of RDS, with or without read replicas."""

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
    event,
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
from components.data.database_password import DatabasePassword, DatabasePasswordArgs
from components.data.database_proxy import DatabaseProxy, DatabaseProxyArgs
from components.data.listeners import DATABASE
from components.foundation.alarm import Comparison
from components.foundation.store import RestoreSpec, StoreArgs
from settings.enums import ApplyChanges, PasswordSource, ProxyMode
from settings.offers.databases import connection_limit, memory_gib
from settings.offers.instances import is_burstable
from settings.sections.data import PostgresSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.policy_document import Statement
    from components.foundation.telemetry.graph import Graph

_LOGS: Final = ("postgresql", "upgrade")
"""Logs that RDS exports for PostgreSQL."""

_STORAGE_EVENTS: Final = ("RDS-EVENT-0007", "RDS-EVENT-0223", "RDS-EVENT-0224", "RDS-EVENT-0225")
"""Storage is exhausted, can't grow, would pass its maximum with the next step, has reached 80 % of it (RDS user guide,
"Event categories and event messages")."""

_EVENTS: Final = "RDS DB Instance Event"

_GIB: Final = 1024**3

_FREE_MEMORY: Final = 0.05
"""Share of the memory below which PostgreSQL begins to swap."""

_LAG_SECONDS: Final = 30
"""How far a replica may be behind before its answers are too old."""


class Postgres(pulumi.ComponentResource):
    """An encrypted database that nobody outside the application reaches, with a password that changes by itself.

    db.t4g.micro is $11.68 a month, twice that with a standby, once more with each replica; storage $0.115 a month per
    GB.

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
        self._settings = settings
        self._subnets = subnet_group(name, args, child)
        self._parameters = _parameters(name, args, child).name
        self._watched = monitoring(name, args, child)
        groups = [args.security_group_id] if args.security_group_id else None
        database = aws.rds.Instance(
            f"{name}-instance",
            identifier=self.identifier,
            engine="postgres",
            engine_version=settings.engine_version,
            allocated_storage=settings.storage_gb,
            storage_encrypted=True,
            kms_key_id=args.key_arn,
            db_name=settings.database_name,
            username=USER,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=args.key_arn,
            db_subnet_group_name=self._subnets.name,
            multi_az=settings.multi_az,
            # A version is only ever changed in the settings, on purpose.
            allow_major_version_upgrade=True,
            backup_retention_period=settings.backup_retention_days,
            # Apart from each other and from AWS Backup's hour.
            backup_window="04:00-05:00",
            **self._alike(args, groups),
            **final_snapshot(self.identifier, keep=settings.final_snapshot),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                depends_on=log_groups(name, args, self, f"instance/{self.identifier}", _LOGS),
                # RDS manages the password until the function has taken it over, which the provider must not undo.
                ignore_changes=["manageMasterUserPassword", "masterUserSecretKmsKeyId"] if self._rotates else None,
                custom_timeouts=pulumi.CustomTimeouts(create="60m", update="120m", delete="60m"),
            ),
        )
        self.arn, self.host = database.arn, database.address
        where = pulumi.Output.json_dumps([args.security_group_id] if args.security_group_id else [])
        self._where = {"dbSubnetGroupName": self._subnets.name, "vpcSecurityGroupIds": where}
        self._password = self._rotation(name, args, database, child) if self._rotates else None
        managed = database.master_user_secrets
        self.secret_arn = self._password.secret_arn if self._password else managed[0].secret_arn.apply(str)
        replicas = [self._replica(f"{name}-replica-{n + 1}", args, database, groups) for n in range(settings.readers)]
        self._replicas = [f"{self.identifier}-replica-{number + 1}" for number in range(settings.readers)]
        self._access = DatabaseAccess(
            settings=settings,
            context=context,
            host=self.host,
            reader_host=replicas[0].address if replicas else None,
            port=DATABASE.port,
            secret_arn=self.secret_arn,
            key_arn=args.key_arn,
            proxy=self._proxy(name, args, database, child) if settings.proxy is not ProxyMode.OFF else None,
            reader_ids=[replica.resource_id for replica in replicas],
        )
        self.register_outputs({"arn": self.arn, "host": self.host, "secret_arn": self.secret_arn})

    @property
    def _rotates(self) -> bool:
        return self._settings.password is PasswordSource.ROTATED

    def _alike(self, args: StoreArgs[PostgresSettings], groups: list[pulumi.Input[str]] | None) -> dict[str, Any]:
        """What the database and its replicas have in common."""
        settings = args.settings
        return {
            "instance_class": settings.instance_class,
            "max_allocated_storage": settings.max_storage_gb,
            "storage_type": "gp3",
            "iam_database_authentication_enabled": True,
            "ca_cert_identifier": "rds-ca-rsa2048-g1",
            "parameter_group_name": self._parameters,
            "vpc_security_group_ids": groups,
            "publicly_accessible": False,
            "port": DATABASE.port,
            "auto_minor_version_upgrade": True,
            "apply_immediately": settings.apply_changes is ApplyChanges.NOW,
            "copy_tags_to_snapshot": True,
            "maintenance_window": "sun:05:30-sun:06:30",
            "deletion_protection": args.protect,
            "enabled_cloudwatch_logs_exports": list(_LOGS),
            **insights(args),
            **self._watched,
        }

    def _replica(
        self,
        name: str,
        args: StoreArgs[PostgresSettings],
        source: aws.rds.Instance,
        groups: list[pulumi.Input[str]] | None,
    ) -> aws.rds.Instance:
        """A copy that answers reads. RDS makes it once it no longer manages the source's password."""
        identifier = f"{self.identifier}-{'-'.join(name.split('-')[-2:])}"
        taken_over = self._password.taken_over if self._password else pulumi.Output.from_input("")
        return aws.rds.Instance(
            name,
            identifier=identifier,
            replicate_source_db=pulumi.Output.all(source.identifier, taken_over).apply(lambda known: str(known[0])),
            storage_encrypted=True,
            **self._alike(args, groups),
            skip_final_snapshot=True,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                depends_on=log_groups(name, args, self, f"instance/{identifier}", _LOGS),
                custom_timeouts=pulumi.CustomTimeouts(create="120m", update="120m", delete="60m"),
            ),
        )

    def _rotation(
        self,
        name: str,
        args: StoreArgs[PostgresSettings],
        database: aws.rds.Instance,
        child: pulumi.ResourceOptions,
    ) -> DatabasePassword:
        password = DatabasePasswordArgs(
            context=args.context,
            database=database,
            days=args.settings.password_rotation_days,
            logs=args.logs,
            key_arn=args.key_arn,
            protect=args.protect,
        )
        return DatabasePassword(f"{name}-password", password, opts=child)

    def _proxy(
        self,
        name: str,
        args: StoreArgs[PostgresSettings],
        database: aws.rds.Instance,
        child: pulumi.ResourceOptions,
    ) -> DatabaseProxy:
        proxy = DatabaseProxyArgs(
            context=args.context,
            settings=args.settings,
            subnet_ids=args.subnet_ids,
            security_group_id=args.security_group_id,
            secret_arn=self.secret_arn,
            key_arn=args.key_arn,
            resource_id=database.resource_id,
            instance=database.identifier,
        )
        return DatabaseProxy(f"{name}-proxy", proxy, opts=child)

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the database, and what opens it."""
        return self._access.variables

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
        """What an application that connects may do: read the password's secret, or log in with IAM."""
        return self._access.statements()

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on CPU, memory, space and connections, and on what a burstable class costs beyond its price."""
        space = _free_storage_gb(self._settings, thresholds) * _GIB
        most = _connections(self._settings, thresholds)
        rows: list[Row] = [
            ("cpu", "CPU use of the database", "CPUUtilization", thresholds.cpu_percent, Comparison.ABOVE, DAY),
            ("storage", "the database runs out of space", "FreeStorageSpace", space, Comparison.BELOW, NOW),
            (
                "connections",
                "the database runs out of connections",
                "DatabaseConnections",
                most,
                Comparison.ABOVE,
                DAY,
            ),
        ]
        memory = memory_gib(self._settings.instance_class)
        if memory is not None:
            free = memory * _GIB * _FREE_MEMORY
            rows.append(("memory", "the database runs out of memory", "FreeableMemory", free, Comparison.BELOW, WEEK))
        if is_burstable(self._settings.instance_class):
            title = "the database needs more CPU than its class has, and each hour of it is charged"
            rows.append(("credits", title, "CPUSurplusCreditsCharged", 0, Comparison.ABOVE, DAY))
        return [
            *alarms_of(rows, {"DBInstanceIdentifier": self.identifier}),
            *(alarm for number in range(len(self._replicas)) for alarm in self._of_replica(number, thresholds)),
            *self._access.alarms(),
            *(self._password.alarms() if self._password else ()),
        ]

    def _of_replica(self, number: int, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """A replica that is behind or busy."""
        late = "a replica of the database is behind: its answers are old"
        space, most = _free_storage_gb(self._settings, thresholds) * _GIB, _connections(self._settings, thresholds)
        rows: list[Row] = [
            ("storage", "a replica runs out of space", "FreeStorageSpace", space, Comparison.BELOW, NOW),
            ("connections", "a replica runs out of connections", "DatabaseConnections", most, Comparison.ABOVE, DAY),
            ("lag", late, "ReplicaLag", _LAG_SECONDS, Comparison.ABOVE, DAY),
            ("cpu", "CPU use of a replica", "CPUUtilization", thresholds.cpu_percent, Comparison.ABOVE, DAY),
        ]
        here = {"DBInstanceIdentifier": self._replicas[number]}
        return alarms_of(rows, here, subject=f"replica-{number + 1}")

    def graphs(self) -> list[Graph]:
        """Connections first, of which an application's pools take the most; then what they wait for."""
        here = {"DBInstanceIdentifier": self.identifier}
        limit = connection_limit(self._settings.instance_class)
        return [
            graph("Connections in use", here, "DatabaseConnections", lines_at={"most": limit} if limit else None),
            graph("CPU of the database, %", here, "CPUUtilization"),
            graph("Free space on disk, bytes", here, "FreeStorageSpace"),
            graph("Free memory of the database, bytes", here, "FreeableMemory"),
            graph("Time of a read and a write, seconds", here, "ReadLatency", "WriteLatency"),
            graph("Reads and writes per second", here, "ReadIOPS", "WriteIOPS"),
            graph("Requests that wait for the disk", here, "DiskQueueDepth"),
            *(
                graph("Replica behind by, seconds", {"DBInstanceIdentifier": replica}, "ReplicaLag")
                for replica in self._replicas
            ),
            *self._access.graphs(),
        ]

    def events(self) -> list[EventSpec]:
        """What only RDS knows: growth of its storage that nears its end, and a failure or a change of sides."""
        storage = {"SourceIdentifier": [self.identifier], "EventID": list(_STORAGE_EVENTS)}
        return [
            event("database-storage", "the database's storage can hardly grow any more", _EVENTS, storage),
            failures(_EVENTS, self.identifier),
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


def _parameters(name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions) -> aws.rds.ParameterGroup:
    return aws.rds.ParameterGroup(
        f"{name}-parameters",
        family=f"postgres{args.settings.engine_version}",
        description=f"{args.context.application} {args.context.environment}",
        parameters=[
            aws.rds.ParameterGroupParameterArgs(name=key, value=value, apply_method=apply_method(key))
            for key, value in parameters(args.settings).items()
        ],
        tags=args.context.tags(f"{name}-parameters"),
        opts=child,
    )
