"""What every kind of PostgreSQL has in common: where it listens, its parameters, its logs, who watches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.event import EventSpec
from components.foundation.log_group import log_group
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.store import StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import InsightsMode, Severity
from settings.sections.data import PostgresSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

USER: Final = "ascent"
"""The database's first user, who may do all that AWS lets anybody do."""

NOW, DAY, WEEK = Severity.HIGH, Severity.MEDIUM, Severity.LOW

INSIGHTS_DAYS: Final = {InsightsMode.STANDARD: 7, InsightsMode.ADVANCED: 465}
"""Retention of Performance Insights: seven days are free, the advanced mode demands 465."""

_STATIC: Final = ("rds.logical_replication", "shared_preload_libraries")
"""Parameters that wait for a restart; RDS refuses to apply them at once."""

_FAILURES: Final = ["failure", "failover"]
"""Categories of RDS's events."""


def final_snapshot(identifier: str, *, keep: bool) -> dict[str, Any]:
    """The arguments that decide what is left of a database when it is deleted.

    Args:
        identifier: name of the database; the snapshot is called after it.
        keep: keep a snapshot; False makes the stack disposable.
    """
    if keep:
        return {"skip_final_snapshot": False, "final_snapshot_identifier": f"{identifier}-final"}
    return {"skip_final_snapshot": True, "delete_automated_backups": True}


def parameters(settings: PostgresSettings) -> dict[str, str]:
    """The engine's parameters: TLS for every connection, a record of who connects and what is slow, housekeeping.

    Args:
        settings: what is slow, what is idle, and how much of a table may change before it is cleaned up.
    """
    values = {
        "rds.force_ssl": "1",
        "log_connections": "1",
        "log_disconnections": "1",
        "log_min_duration_statement": str(settings.slow_statement_ms),
    }
    if settings.vacuum_percent is not None:
        values["autovacuum_vacuum_scale_factor"] = f"{settings.vacuum_percent / 100:g}"
        # Statistics are cheaper than cleaning up, and a plan made of old ones is not.
        values["autovacuum_analyze_scale_factor"] = f"{settings.vacuum_percent / 200:g}"
        values["log_autovacuum_min_duration"] = "10000"
        # Statements inside functions count as well.
        values["pg_stat_statements.track"] = "ALL"
    if settings.idle_transaction_seconds is not None:
        values["idle_in_transaction_session_timeout"] = str(settings.idle_transaction_seconds * 1000)
    return values


def apply_method(parameter: str) -> str:
    """When RDS applies a parameter.

    Args:
        parameter: its name.
    """
    return "pending-reboot" if parameter in _STATIC else "immediate"


def log_groups(
    name: str, args: StoreArgs[PostgresSettings], parent: pulumi.Resource, path: str, logs: Sequence[str]
) -> list[aws.cloudwatch.LogGroup]:
    """The groups that RDS writes to. They must exist before the database: those that RDS makes keep logs forever.

    Args:
        name: start of their names.
        args: retention and encryption.
        parent: the component that they belong to.
        path: the database as RDS names its logs' groups, such as `instance/shop-dev-postgres`.
        logs: what RDS exports.
    """
    return [
        log_group(f"{name}-{log}-log", args.context, args.logs, parent=parent, physical_name=f"/aws/rds/{path}/{log}")
        for log in logs
    ]


def monitoring(name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions) -> dict[str, Any]:
    """Enhanced monitoring with the role it needs, or nothing.

    Args:
        name: start of the role's name.
        args: how often.
        child: options that make the role a child of the database.
    """
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


def insights(args: StoreArgs[PostgresSettings]) -> dict[str, Any]:
    """Database Insights, in the mode that the settings say.

    Args:
        args: mode and key.
    """
    return {
        "database_insights_mode": args.settings.insights_mode.value,
        "performance_insights_enabled": True,
        "performance_insights_kms_key_id": args.key_arn,
        "performance_insights_retention_period": INSIGHTS_DAYS[args.settings.insights_mode],
    }


def subnet_group(name: str, args: StoreArgs[PostgresSettings], child: pulumi.ResourceOptions) -> aws.rds.SubnetGroup:
    """The data subnets, as RDS wants to be told of them.

    Args:
        name: the database's.
        args: the subnets.
        child: options that make it a child of the database.
    """
    context = args.context
    return aws.rds.SubnetGroup(
        f"{name}-subnets",
        description=f"Data subnets of {context.application} {context.environment}",
        subnet_ids=list(args.subnet_ids),
        tags=context.tags(name),
        opts=child,
    )


Row = tuple[str, str, str, float, Comparison, Severity]
"""Key, title, metric, threshold, side and severity of an alarm."""


def alarms_of(rows: Sequence[Row], dimensions: Mapping[str, str], *, subject: str = "") -> list[AlarmSpec]:
    """Alarms on metrics of a database, each after ten minutes.

    Args:
        rows: what is watched.
        dimensions: the database, as RDS's metrics name it.
        subject: which part of it, where there are several.
    """
    return [
        AlarmSpec(
            key=f"database-{key}",
            title=title,
            namespace="AWS/RDS",
            metric=metric,
            dimensions=dimensions,
            subject=subject,
            statistic="Average",
            threshold=threshold,
            periods=10,
            comparison=comparison,
            severity=severity,
        )
        for key, title, metric, threshold, comparison, severity in rows
    ]


def graph(
    title: str, dimensions: Mapping[str, str], *metrics: str, lines_at: Mapping[str, float] | None = None
) -> Graph:
    """A graph of metrics of a database.

    Args:
        title: what it shows.
        dimensions: the database, as RDS's metrics name it.
        metrics: what is drawn.
        lines_at: label → value of a horizontal line.
    """
    lines = [Metric(namespace="AWS/RDS", metric=one, dimensions=dimensions, statistic="Average") for one in metrics]
    return Graph(title=title, lines=lines, lines_at=lines_at or {})


def failures(detail_type: str, source: str) -> EventSpec:
    """What only RDS knows: a failure, or a change of sides.

    Args:
        detail_type: what RDS calls its events of this kind of database.
        source: the database's identifier.
    """
    return event(
        "database-failed",
        "the database failed, or moved to its standby",
        detail_type,
        {"SourceIdentifier": [source], "EventCategories": _FAILURES},
    )


def event(key: str, title: str, detail_type: str, detail: Mapping[str, Any]) -> EventSpec:
    """An event of RDS that somebody should hear of at once.

    Args:
        key: name of its runbook.
        title: what has happened.
        detail_type: what RDS calls its events of this kind of database.
        detail: which of them.
    """
    return EventSpec(
        key=key,
        title=title,
        pattern={"source": ["aws.rds"], "detail-type": [detail_type], "detail": dict(detail)},
        severity=Severity.HIGH,
    )
