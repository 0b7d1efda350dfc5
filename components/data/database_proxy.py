"""RDS Proxy: a pool of connections that the database's clients share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import ProxyMode, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from settings.sections.data import PostgresSettings

_IDLE_SECONDS: Final = 1800
"""Time after which the proxy ends a client's connection that does nothing; pools must renew theirs before."""

_MOST_PERCENT: Final = 90
"""Share of the database's connections that the proxy may take; the rest is for whoever looks after it."""

_BORROW_SECONDS: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class DatabaseProxyArgs:
    """A proxy and its database.

    Args:
        context: names and tags.
        settings: how clients log in, and as whom.
        subnet_ids: data subnets, in at least two zones.
        security_group_id: group of the database and of the proxy; None for the VPC's default.
        secret_arn: secret with the database user's name and password.
        key_arn: KMS key of the secret; None for AWS's own.
        resource_id: what AWS calls the database in permissions to connect.
        instance: identifier of the instance behind it; None for a cluster.
        cluster: identifier of the cluster behind it; None for an instance.
        reader: whether reads may go to the cluster's readers, through an endpoint of their own.
    """

    context: Context
    settings: PostgresSettings
    subnet_ids: Sequence[pulumi.Input[str]]
    secret_arn: pulumi.Input[str]
    resource_id: pulumi.Input[str]
    security_group_id: pulumi.Input[str] | None = None
    key_arn: pulumi.Input[str] | None = None
    instance: pulumi.Input[str] | None = None
    cluster: pulumi.Input[str] | None = None
    reader: bool = False


class DatabaseProxy(pulumi.ComponentResource):
    """A pool before the database. $10.95 a month per vCPU of the database, two at least.

    Attributes:
        host: where clients connect.
        reader_host: where clients connect for reads; None where nothing answers reads alone.
        identifier: its name in metrics.
    """

    host: pulumi.Output[str]
    reader_host: pulumi.Output[str] | None
    identifier: pulumi.Output[str]

    def __init__(self, name: str, args: DatabaseProxyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:DatabaseProxy", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        self._args, self._iam = args, args.settings.proxy is ProxyMode.IAM
        role = ServiceRole(
            f"{name}-service",
            ServiceRoleArgs(
                context=context,
                description="RDS Proxy, to log in to the database",
                services=["rds.amazonaws.com"],
                statements=_logging_in(args),
                conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
            ),
            opts=child,
        )
        groups = [args.security_group_id] if args.security_group_id else None
        login = aws.rds.ProxyAuthArgs(
            auth_scheme="SECRETS",
            secret_arn=args.secret_arn,
            iam_auth="DISABLED",
            client_password_auth_type="POSTGRES_SCRAM_SHA_256",
        )
        proxy = aws.rds.Proxy(
            f"{name}-proxy",
            engine_family="POSTGRESQL",
            role_arn=role.arn,
            vpc_subnet_ids=list(args.subnet_ids),
            vpc_security_group_ids=groups,
            require_tls=True,
            default_auth_scheme="IAM_AUTH" if self._iam else None,
            auths=None if self._iam else [login],
            idle_client_timeout=_IDLE_SECONDS,
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self, custom_timeouts=pulumi.CustomTimeouts(create="45m", update="45m", delete="90m")
            ),
        )
        group = aws.rds.ProxyDefaultTargetGroup(
            f"{name}-pool",
            db_proxy_name=proxy.name,
            connection_pool_config=aws.rds.ProxyDefaultTargetGroupConnectionPoolConfigArgs(
                max_connections_percent=_MOST_PERCENT, max_idle_connections_percent=50, connection_borrow_timeout=30
            ),
            opts=child,
        )
        target = aws.rds.ProxyTarget(
            f"{name}-target",
            db_proxy_name=proxy.name,
            target_group_name=group.name,
            db_instance_identifier=args.instance,
            db_cluster_identifier=args.cluster,
            opts=child,
        )
        self.identifier, self._arn = proxy.name, proxy.arn
        # Whoever connects before the target is there gets errors.
        self.host = pulumi.Output.all(proxy.endpoint, target.id).apply(lambda known: str(known[0]))
        self.reader_host = None
        if args.reader:
            reader = aws.rds.ProxyEndpoint(
                f"{name}-reader",
                db_proxy_name=proxy.name,
                db_proxy_endpoint_name=context.physical_name("proxy-reader", limit=63),
                vpc_subnet_ids=list(args.subnet_ids),
                vpc_security_group_ids=groups,
                target_role="READ_ONLY",
                tags=context.tags(f"{name}-reader"),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[target], delete_before_replace=True),
            )
            self.reader_host = reader.endpoint
        self.register_outputs({"host": self.host})

    def statements(self) -> list[Statement]:
        """What a client that logs in with IAM may do; with a password it needs the secret instead."""
        if not self._iam:
            return []
        # A client's permission is for the proxy's id, the last part of its ARN; the proxy's own for the database's.
        known = self._arn.apply(lambda arn: arn.rpartition(":")[2])
        user = pulumi.Output.concat("dbuser:", known, "/", self._args.settings.user)
        return [
            Statement(
                sid="ConnectToDatabase",
                actions=["rds-db:connect"],
                resources=[self._args.context.arn("rds-db", user)],
            )
        ]

    def alarms(self) -> list[AlarmSpec]:
        """Clients that wait for a connection of the pool."""
        return [
            AlarmSpec(
                key="database-proxy",
                title="clients wait for connections to the database",
                namespace="AWS/RDS",
                metric="DatabaseConnectionsBorrowLatency",
                dimensions={"ProxyName": self.identifier},
                statistic="Average",
                # Microseconds, as RDS counts it.
                threshold=_BORROW_SECONDS * 1_000_000,
                periods=5,
                comparison=Comparison.ABOVE,
                severity=Severity.MEDIUM,
            )
        ]

    def graphs(self) -> list[Graph]:
        """Clients on the one side, connections on the other."""
        here = {"ProxyName": self.identifier}
        sides = [
            Metric(namespace="AWS/RDS", metric=metric, dimensions=here, statistic="Sum", label=label)
            for metric, label in (("ClientConnections", "clients"), ("DatabaseConnections", "database"))
        ]
        waiting = Metric(
            namespace="AWS/RDS", metric="DatabaseConnectionsBorrowLatency", dimensions=here, statistic="Average"
        )
        return [
            Graph(title="Connections to and of the proxy", lines=sides),
            Graph(title="Wait for a connection, microseconds", lines=[waiting]),
        ]


def _logging_in(args: DatabaseProxyArgs) -> list[Statement]:
    context = args.context
    if args.settings.proxy is ProxyMode.IAM:
        user = pulumi.Output.concat("dbuser:", args.resource_id, "/", args.settings.user)
        return [Statement(sid="Connect", actions=["rds-db:connect"], resources=[context.arn("rds-db", user)])]
    read = Statement(sid="Password", actions=["secretsmanager:GetSecretValue"], resources=[args.secret_arn])
    if args.key_arn is None:
        return [read]
    through = f"secretsmanager.{context.region}.{context.dns_suffix}"
    decrypt = Statement(
        sid="Decrypt",
        actions=["kms:Decrypt"],
        resources=[args.key_arn],
        conditions={"StringEquals": {"kms:ViaService": through}},
    )
    return [read, decrypt]
