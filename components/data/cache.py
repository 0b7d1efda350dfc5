"""A Valkey cache on ElastiCache: nodes or serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.data.listeners import CACHE
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.log_group import log_group
from components.foundation.policy_document import Statement
from components.foundation.store import StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import CacheKind, Severity
from settings.sections.stores.cache import CacheSettings, CacheVariable

if TYPE_CHECKING:
    from components.foundation.event import EventSpec
    from components.foundation.store import RestoreSpec
    from settings.sections.observability import AlarmSettings

_LOGS: Final = ("slow-log", "engine-log")

_COMMANDS: Final = "on ~* &* +@all -@admin -@dangerous +info +keys"
"""What an application may do: everything but administering the cache or emptying it."""

_MEMORY, _CPU, _UNITS = 80, 80, 80
"""Percent from which on more of it means trouble."""

_CONNECTIONS: Final = 52_000
"""Four fifths of the 65,000 connections that a node takes (ElastiCache user guide, "Valkey and Redis OSS quotas")."""

_LAG_SECONDS: Final = 10

_DAY: Final = Severity.MEDIUM


class Cache(pulumi.ComponentResource):
    """An encrypted cache whose users log in with IAM, so that there is no password.

    A node cache.t4g.micro is $9.34 a month; serverless $6.13 for the least, 100 MB.

    Attributes:
        arn: the cache's ARN.
        host: where it takes reads and writes.
        identifier: its name in metrics and tokens.
    """

    arn: pulumi.Output[str]
    host: pulumi.Output[str]
    identifier: str

    def __init__(self, name: str, args: StoreArgs[CacheSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Cache", name, None, opts)
        self._settings, self._context = args.settings, args.context
        # Fixed: metrics call nodes by it, and log groups are made before it.
        self.identifier = args.context.physical_name("cache", limit=40)
        self.user = args.context.physical_name("app", limit=40)
        user = aws.elasticache.User(
            f"{name}-user",
            user_id=self.user,
            user_name=self.user,
            engine="valkey",
            access_string=_COMMANDS,
            authentication_mode=aws.elasticache.UserAuthenticationModeArgs(type="iam"),
            tags=args.context.tags(f"{name}-user"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        users = aws.elasticache.UserGroup(
            f"{name}-users",
            user_group_id=args.context.physical_name("users", limit=40),
            engine="valkey",
            user_ids=[user.user_id],
            tags=args.context.tags(f"{name}-users"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self._user_arn = user.arn
        make = self._serverless if self._is_serverless else self._nodes
        self.arn, self.host, self._reader = make(name, args, users.user_group_id)
        self.register_outputs({"arn": self.arn, "host": self.host})

    @property
    def _is_serverless(self) -> bool:
        return self._settings.kind is CacheKind.SERVERLESS

    def _nodes(
        self, name: str, args: StoreArgs[CacheSettings], users: pulumi.Output[str]
    ) -> tuple[pulumi.Output[str], ...]:
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        subnets = aws.elasticache.SubnetGroup(
            f"{name}-subnets",
            description=f"Data subnets of {context.application} {context.environment}",
            subnet_ids=list(args.subnet_ids),
            tags=context.tags(f"{name}-subnets"),
            opts=child,
        )
        parameters = aws.elasticache.ParameterGroup(
            f"{name}-parameters",
            family=f"valkey{settings.engine_version.partition('.')[0]}",
            description=f"{context.application} {context.environment}",
            parameters=[aws.elasticache.ParameterGroupParameterArgs(name="maxmemory-policy", value=settings.eviction)],
            tags=context.tags(f"{name}-parameters"),
            opts=child,
        )
        logs = {
            kind: log_group(
                f"{name}-{kind}",
                context,
                args.logs,
                parent=self,
                physical_name=f"/aws/vendedlogs/elasticache/{self.identifier}/{kind}",
            )
            for kind in _LOGS
        }
        failover = settings.replicas > 0
        group = aws.elasticache.ReplicationGroup(
            f"{name}-group",
            replication_group_id=self.identifier,
            description=f"Answers and sessions of {context.application} {context.environment}",
            engine="valkey",
            engine_version=settings.engine_version,
            node_type=settings.node_type,
            num_cache_clusters=1 + settings.replicas,
            automatic_failover_enabled=failover,
            multi_az_enabled=failover,
            port=CACHE.port,
            subnet_group_name=subnets.name,
            security_group_ids=[args.security_group_id] if args.security_group_id else None,
            parameter_group_name=parameters.name,
            at_rest_encryption_enabled=True,
            kms_key_id=args.key_arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            user_group_ids=[users],
            snapshot_retention_limit=settings.snapshot_days,
            snapshot_window="03:00-04:00" if settings.snapshot_days else None,
            final_snapshot_identifier=f"{self.identifier}-final" if args.protect else None,
            maintenance_window="sun:05:30-sun:06:30",
            auto_minor_version_upgrade=True,
            apply_immediately=True,
            log_delivery_configurations=[
                aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
                    destination=log.name, destination_type="cloudwatch-logs", log_format="json", log_type=kind
                )
                for kind, log in logs.items()
            ],
            tags=context.tags(name),
            opts=self._kept(args),
        )
        return group.arn, group.primary_endpoint_address, group.reader_endpoint_address

    def _serverless(
        self, name: str, args: StoreArgs[CacheSettings], users: pulumi.Output[str]
    ) -> tuple[pulumi.Output[str], ...]:
        context, settings = args.context, args.settings
        limits = aws.elasticache.ServerlessCacheCacheUsageLimitsArgs(
            data_storage=aws.elasticache.ServerlessCacheCacheUsageLimitsDataStorageArgs(
                maximum=settings.max_gb, unit="GB"
            ),
            ecpu_per_seconds=[
                aws.elasticache.ServerlessCacheCacheUsageLimitsEcpuPerSecondArgs(maximum=settings.max_units)
            ],
        )
        cache = aws.elasticache.ServerlessCache(
            f"{name}-serverless",
            name=self.identifier,
            description=f"Answers and sessions of {context.application} {context.environment}",
            engine="valkey",
            major_engine_version=settings.engine_version.partition(".")[0],
            subnet_ids=list(args.subnet_ids),
            security_group_ids=[args.security_group_id] if args.security_group_id else None,
            kms_key_id=args.key_arn,
            user_group_id=users,
            cache_usage_limits=limits,
            snapshot_retention_limit=settings.snapshot_days or None,
            daily_snapshot_time="03:00" if settings.snapshot_days else None,
            tags=context.tags(name),
            opts=self._kept(args),
        )
        # No name before deployment has the shape of an address; the second is where reads may lag behind.
        return cache.arn, cache.endpoints[0].address.apply(str), cache.reader_endpoints[0].address.apply(str)

    def _kept(self, args: StoreArgs[CacheSettings]) -> pulumi.ResourceOptions:
        # A second one beside it could not have the same name, and nothing is lost that a new one would have had.
        return pulumi.ResourceOptions(
            parent=self,
            protect=args.protect,
            delete_before_replace=True,
            custom_timeouts=pulumi.CustomTimeouts(create="60m", update="90m", delete="60m"),
        )

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the cache, and as whom it logs in."""
        return {
            CacheVariable.HOST: self.host,
            CacheVariable.READER_HOST: self._reader,
            CacheVariable.PORT: str(CACHE.port),
            CacheVariable.USER: self.user,
            CacheVariable.NAME: self.identifier,
            CacheVariable.KIND: self._settings.kind.value,
        }

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """Where it is reached."""
        return {"cacheHost": self.host}

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """Nothing: AWS Backup does not know ElastiCache, which keeps snapshots of its own."""
        return None

    @property
    def restored(self) -> RestoreSpec | None:
        """Nothing, as nothing is copied."""
        return None

    def statements(self) -> list[Statement]:
        """What an application may do: log in as its one user."""
        return [
            Statement(sid="UseCache", actions=["elasticache:Connect"], resources=[self.arn, self._user_arn]),
        ]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """What ends sessions or slows everybody: memory, work, connections, a replica that falls behind."""
        del thresholds  # Its shares are percent of limits that ElastiCache itself knows.
        return self._serverless_alarms() if self._is_serverless else self._node_alarms()

    def _node_alarms(self) -> list[AlarmSpec]:
        busiest = [
            ("full", "", "the cache is nearly full", "DatabaseMemoryUsagePercentage", _MEMORY, Severity.HIGH),
            ("full", "evictions", "the cache throws out what still had time", "Evictions", 0, Severity.MEDIUM),
            ("busy", "", "the cache is busy", "EngineCPUUtilization", _CPU, Severity.MEDIUM),
            ("busy", "connections", "the cache runs out of connections", "CurrConnections", _CONNECTIONS, _DAY),
            ("refused", "", "logins to the cache are refused", "AuthenticationFailures", 0, Severity.MEDIUM),
        ]
        if self._settings.replicas:
            title = "a copy of the cache falls behind"
            busiest.append(("behind", "", title, "ReplicationLag", _LAG_SECONDS, Severity.MEDIUM))
        return [self._of_nodes(*row) for row in busiest]

    def _of_nodes(
        self, key: str, subject: str, title: str, metric: str, threshold: float, severity: Severity
    ) -> AlarmSpec:
        """One alarm on whichever node has the highest value."""
        first, *others = self._each(metric)
        return AlarmSpec(
            key=f"cache-{key}",
            subject=subject,
            title=title,
            namespace=first.namespace,
            metric=metric,
            dimensions=first.dimensions,
            statistic=first.statistic,
            threshold=threshold,
            periods=5,
            severity=severity,
            beside={f"m{place}": other for place, other in enumerate(others, start=2)},
            expression=f"MAX([{', '.join(f'm{place + 1}' for place in range(len(others) + 1))}])" if others else "",
        )

    def _serverless_alarms(self) -> list[AlarmSpec]:
        settings = self._settings
        rows = [
            ("full", "", "the cache is nearly full", "BytesUsedForCache", settings.max_gb * 1024**3 * _MEMORY // 100),
            ("full", "evictions", "the cache throws out what still had time", "Evictions", 0),
            ("busy", "", "the cache is busy", "ElastiCacheProcessingUnits", settings.max_units * 60 * _UNITS // 100),
            ("busy", "throttled", "the cache refuses requests", "ThrottledCmds", 0),
            ("refused", "", "logins to the cache are refused", "AuthenticationFailures", 0),
        ]
        return [
            AlarmSpec(
                key=f"cache-{key}",
                subject=subject,
                title=title,
                namespace="AWS/ElastiCache",
                metric=metric,
                dimensions={"clusterId": self.identifier},
                statistic="Maximum" if metric == "BytesUsedForCache" else "Sum",
                threshold=threshold,
                periods=5,
                comparison=Comparison.ABOVE,
                severity=Severity.HIGH if metric in ("BytesUsedForCache", "ThrottledCmds") else _DAY,
            )
            for key, subject, title, metric, threshold in rows
        ]

    def events(self) -> list[EventSpec]:
        """None: ElastiCache tells EventBridge nothing of nodes."""
        return []

    def graphs(self) -> list[Graph]:
        """Memory first, of which sessions die; then whether it is of use."""
        if self._is_serverless:
            return [
                self._graph("Data in the cache, bytes", "BytesUsedForCache", statistic="Maximum"),
                self._graph("Found and not found in the cache", "CacheHits", "CacheMisses"),
                self._graph("Work of the cache, ECPU per minute", "ElastiCacheProcessingUnits"),
                self._graph("Thrown out, and refused", "Evictions", "ThrottledCmds"),
            ]
        full = {"alarm": float(_MEMORY)}
        return [
            Graph(title="Memory of the cache, %", lines=self._each("DatabaseMemoryUsagePercentage"), lines_at=full),
            Graph(title="Found in the cache, %", lines=self._each("CacheHitRate", "Average")),
            Graph(title="CPU of the cache, %", lines=self._each("EngineCPUUtilization")),
            Graph(title="Connections to the cache", lines=self._each("CurrConnections")),
            Graph(title="Thrown out of the cache", lines=self._each("Evictions")),
        ]

    def _graph(self, title: str, *metrics: str, statistic: str = "Sum") -> Graph:
        here: dict[str, Any] = {"clusterId": self.identifier}
        lines = [
            Metric(namespace="AWS/ElastiCache", metric=one, dimensions=here, statistic=statistic) for one in metrics
        ]
        return Graph(title=title, lines=lines)

    def _each(self, metric: str, statistic: str = "Maximum") -> list[Metric]:
        """A metric of every node; ElastiCache numbers them from the group's name."""
        nodes = (f"{self.identifier}-{number:03}" for number in range(1, 2 + self._settings.replicas))
        return [
            Metric(
                namespace="AWS/ElastiCache",
                metric=metric,
                dimensions={"CacheClusterId": node},
                statistic=statistic,
                label=node.rpartition("-")[2],
            )
            for node in nodes
        ]
