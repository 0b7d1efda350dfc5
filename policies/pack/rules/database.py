"""Data, continued: how RDS databases are watched, maintained and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import includes, is_false, is_true, present
from ..levels import Level, mandatory_from
from ..rule import Layer, Severity, sets
from ..values import as_bool, as_number, at, is_set, show, text
from ..verdict import Outcome, failed, passed
from .data import CLUSTER, CLUSTER_INSTANCE, INSTANCE

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("data")

LOG_EXPORTS: Final = {
    "postgres": ("postgresql",),
    "aurora-postgresql": ("postgresql",),
    "mysql": ("error", "slowquery"),
    "mariadb": ("error", "slowquery"),
    "aurora-mysql": ("error", "slowquery"),
    "aurora": ("error", "slowquery"),
    "oracle": ("alert", "audit"),
    "sqlserver": ("error",),
    "db2": ("diag.log",),
}
"""Engine, without its edition → logs that must leave the database. Engines that export none are not in here."""

_IAM_ENGINES: Final = ("postgres", "aurora-postgresql", "mysql", "mariadb", "aurora-mysql", "aurora")

_NO_INSIGHTS: Final = ("db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small")
"""Instance classes on which MySQL and MariaDB have no Performance Insights."""


def _engine(database: ResourceFacts) -> str:
    """Engine without its edition (`oracle-ee` is `oracle`); empty where it is not written out."""
    engine = text(database, "engine")
    return engine.split("-")[0] if engine.startswith(("oracle-", "sqlserver-", "db2-")) else engine


def _with_cluster(database: ResourceFacts, stack: StackFacts) -> list[ResourceFacts]:
    """A database, and the cluster that it is a member of: settings of the one or the other apply."""
    return [database, *stack.referred(database, "clusterIdentifier", CLUSTER)]


@layer.joined(
    "rds-performance-insights",
    "Databases show what they are busy with",
    on=(INSTANCE, CLUSTER_INSTANCE),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="A slow database is found by its queries and waits; CPU and memory alone do not name them. 7 days are free.",
    fix="Set performanceInsightsEnabled to true (and databaseInsightsMode).",
    anchors=("checkov CKV_AWS_353", "trivy AWS-0133"),
    items=(80,),
)
def rds_performance_insights(database: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`performanceInsightsEnabled` or advanced Database Insights; the standard mode alone switches nothing on."""
    if _engine(database) in ("mysql", "mariadb") and text(database, "instanceClass") in _NO_INSIGHTS:
        return None
    for source in _with_cluster(database, stack):
        if as_bool(at(source, "performanceInsightsEnabled")) is True:
            return passed("performanceInsightsEnabled is true")
        if at(source, "databaseInsightsMode") == "advanced":
            return passed("databaseInsightsMode is 'advanced'")
    return failed(show(database, "performanceInsightsEnabled"), "true")


@layer.joined(
    "rds-enhanced-monitoring",
    "Databases report on their operating system",
    on=(INSTANCE, CLUSTER_INSTANCE),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="What uses up memory or swap, and which process, is visible from inside the host only.",
    fix="Set monitoringInterval to 60 and monitoringRoleArn to a role with AmazonRDSEnhancedMonitoringRole.",
    anchors=("FSBP RDS.6", "checkov CKV_AWS_118"),
    items=(81,),
)
def rds_enhanced_monitoring(database: ResourceFacts, stack: StackFacts) -> Outcome:
    """`monitoringInterval`, which is 0 by default, and the role that publishing needs."""
    for source in _with_cluster(database, stack):
        seconds = as_number(at(source, "monitoringInterval"))
        if isinstance(seconds, float) and seconds > 0:
            return present(source, "monitoringRoleArn", "a role")
    return failed(show(database, "monitoringInterval"), "60 seconds or less, and not 0")


@layer.resource(
    "rds-log-exports",
    "Databases send their logs to CloudWatch",
    on=(INSTANCE, CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Inside the database logs are gone after days, and no alarm or query reaches them.",
    fix='Set enabledCloudwatchLogsExports: ["postgresql"], for MySQL and MariaDB ["error", "slowquery"].',
    anchors=("FSBP RDS.9", "FSBP RDS.36", "FSBP RDS.37", "checkov CKV_AWS_129", "checkov CKV_AWS_324"),
    items=(82, 129),
)
def rds_log_exports(database: ResourceFacts) -> Outcome | None:
    """`enabledCloudwatchLogsExports`, with what the engine calls its logs."""
    engine = _engine(database)
    if not engine:
        return present(database, "enabledCloudwatchLogsExports", "the engine's logs")
    wanted = LOG_EXPORTS.get(engine)
    return includes(database, "enabledCloudwatchLogsExports", wanted) if wanted else None


@layer.resource(
    "rds-iam-auth",
    "Databases take IAM identities instead of passwords",
    on=(INSTANCE, CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A token that lives for 15 minutes and is bound to a role need not be stored, shared or rotated.",
    fix="Set iamDatabaseAuthenticationEnabled to true.",
    anchors=(
        "FSBP RDS.10",
        "FSBP RDS.12",
        "checkov CKV_AWS_161",
        "checkov CKV_AWS_162",
        "cdk-nag AwsSolutions-RDS6",
        "trivy AWS-0176",
    ),
    items=(8, 103),
    remedy=sets({"iamDatabaseAuthenticationEnabled": True}),
)
def rds_iam_auth(database: ResourceFacts) -> Outcome | None:
    """`iamDatabaseAuthenticationEnabled`, for the engines that have it."""
    engine = _engine(database)
    if engine and engine not in _IAM_ENGINES:
        return None
    return is_true(database, "iamDatabaseAuthenticationEnabled")


@layer.resource(
    "rds-auto-minor-upgrade",
    "Databases get security fixes by themselves",
    on=(INSTANCE, CLUSTER_INSTANCE),
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Known holes of an old minor version stay open until somebody thinks of it.",
    fix="Remove autoMinorVersionUpgrade (AWS's default is true), or set it to true.",
    anchors=("FSBP RDS.13", "FSBP RDS.35", "checkov CKV_AWS_226"),
    items=(68,),
    remedy=sets({"autoMinorVersionUpgrade": True}),
)
def rds_auto_minor_upgrade(database: ResourceFacts) -> Outcome:
    """`autoMinorVersionUpgrade`, on by default."""
    return is_true(database, "autoMinorVersionUpgrade", default=True)


@layer.resource(
    "rds-copy-tags",
    "Snapshots have their database's tags",
    on=(INSTANCE, CLUSTER),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Snapshots outlive their database; without tags nobody knows whose they are, and tag-based access fails.",
    fix="Set copyTagsToSnapshot to true.",
    anchors=("FSBP RDS.16", "FSBP RDS.17", "checkov CKV_AWS_313", "checkov CKV2_AWS_60"),
    items=(118,),
    remedy=sets({"copyTagsToSnapshot": True}),
)
def rds_copy_tags(database: ResourceFacts) -> Outcome:
    """`copyTagsToSnapshot`, off by default."""
    return is_true(database, "copyTagsToSnapshot")


@layer.resource(
    "rds-final-snapshot",
    "A deleted database leaves a snapshot",
    on=(INSTANCE, CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Automated backups go with the database: without the snapshot a deletion is final.",
    fix="Remove skipFinalSnapshot, or set it to false, and set finalSnapshotIdentifier. "
    "In Ascent: ascent:data.postgres.finalSnapshot.",
    items=(151,),
)
def rds_final_snapshot(database: ResourceFacts) -> Outcome | None:
    """`skipFinalSnapshot`; AWS takes no final snapshot of a replica of an instance."""
    return None if is_set(at(database, "replicateSourceDb")) else is_false(database, "skipFinalSnapshot")
