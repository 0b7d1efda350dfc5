"""RDS: instances, clusters and proxies, and the other databases that are set up alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, includes, is_false, is_true, lacking, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.databases import family, is_replica, is_restored, known_text, major, origins
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, as_bool, as_number, at, is_set, items, known, text
from policies.pack.verdict import Outcome, Status, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts
    from policies.pack.parameters import Values

_MOST_DAYS: Final = 35

BACKUP_DAYS: Final = whole("days", "Shortest retention of automated backups in days", 7, minimum=1, maximum=_MOST_DAYS)

_DATABASES: Final = (types.RDS_INSTANCE, types.RDS_CLUSTER, types.DOCDB_CLUSTER, types.NEPTUNE_CLUSTER)
"""Databases whose properties bear the same names."""

MIN_CLUSTER_MEMBERS: Final = 2
"""Instances that an Aurora cluster needs for one to take over from the other."""

_FORCED_BY_DEFAULT: Final = {"postgres": 15, "aurora-postgresql": 17}
"""Major version from which AWS's default parameters force TLS."""

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

_FROM_SOURCE: Final = "the engine is that of what the database is made from"

_IAM_ENGINES: Final = ("postgres", "aurora-postgresql", "mysql", "mariadb", "aurora-mysql", "aurora")

_NO_INSIGHTS: Final = ("db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small")
"""Instance classes on which MySQL and MariaDB have no Performance Insights."""


@DATA.resource(
    "rds-storage-encrypted",
    "Databases are encrypted at rest",
    on=(*_DATABASES, types.REDSHIFT_CLUSTER),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A copied snapshot is readable by whoever has it, and encryption can only be chosen when the database is made.",
    fix="Set storageEncrypted to true, with kmsKeyId for a key of your own.",
    anchors=(
        "FSBP RDS.3",
        "FSBP RDS.27",
        "FSBP DocumentDB.1",
        "FSBP Neptune.1",
        "FSBP Redshift.10",
        "checkov CKV_AWS_16",
        "checkov CKV_AWS_96",
        "cdk-nag AwsSolutions-RDS2",
        "trivy AWS-0080",
        "trivy AWS-0079",
    ),
)
def rds_storage_encrypted(database: ResourceFacts) -> Outcome | None:
    """`storageEncrypted`; a replica inherits it, and so does what is restored from a snapshot.

    Redshift says `encrypted`, and encrypts unless told otherwise.
    """
    if database.type == types.REDSHIFT_CLUSTER:
        return is_true(database, "encrypted", default=True)
    if is_set(at(database, "replicateSourceDb")):
        return None
    if at(database, "storageEncrypted") is UNSET and is_restored(database):
        found = as_bool(known(database, "storageEncrypted"))
        if not isinstance(found, bool):
            return unverified("storageEncrypted is that of the snapshot", "true")
        return passed("the snapshot is encrypted") if found else failed("the snapshot is not encrypted", "true")
    if at(database, "engineMode") == "serverless":
        return passed("Aurora Serverless v1 is always encrypted")
    return is_true(database, "storageEncrypted")


@DATA.resource(
    "rds-not-public",
    "Databases have no public address",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER_INSTANCE, types.NEPTUNE_CLUSTER_INSTANCE, types.REDSHIFT_CLUSTER),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="A database that the internet reaches is one leaked or guessed password away from being everybody's.",
    fix="Set publiclyAccessible to false and use private subnets.",
    anchors=("FSBP RDS.2", "FSBP Redshift.1", "checkov CKV_AWS_17", "trivy AWS-0180"),
    remedy=sets({"publiclyAccessible": False}),
)
def rds_not_public(database: ResourceFacts) -> Outcome:
    """`publiclyAccessible`."""
    return is_false(database, "publiclyAccessible")


@DATA.joined(
    "rds-multi-az",
    "Databases have a standby in another zone",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.HIGH,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Without a standby, a failed host or a maintenance window is an outage of half an hour or more.",
    fix="Set multiAz to true; give an Aurora cluster a second aws.rds.ClusterInstance.",
    anchors=("FSBP RDS.5", "FSBP RDS.15", "checkov CKV_AWS_157", "cdk-nag AwsSolutions-RDS3"),
)
def rds_multi_az(database: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`multiAz` of an instance, members of an Aurora cluster; a read replica may do without."""
    if is_replica(database):
        return None
    if database.type == types.RDS_INSTANCE:
        return is_true(database, "multiAz")
    if is_set(at(database, "dbClusterInstanceClass")):
        return passed("a Multi-AZ cluster has two standbys of its own")
    if at(database, "engineMode") == "serverless":
        return passed("Aurora Serverless v1 moves to another zone by itself")
    members = stack.referring(database, types.RDS_CLUSTER_INSTANCE, "clusterIdentifier", "clusterIdentifier")
    if len(members) >= MIN_CLUSTER_MEMBERS:
        zones = {known_text(m, "availabilityZone") for m in members}
        if len(zones) == 1 and zones != {""}:
            return failed(f"all cluster instances are in {zones.pop()}", "one in another zone")
        return passed(f"{len(members)} cluster instances")
    return failed(f"{len(members)} cluster instance(s)", f"at least {MIN_CLUSTER_MEMBERS}")


@DATA.resource(
    "rds-backup-retention",
    "Databases keep their backups for days",
    on=_DATABASES,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A mistake found after a long weekend cannot be undone from a backup of one day.",
    fix="Set backupRetentionPeriod to 7 or more.",
    anchors=(
        "FSBP RDS.11",
        "FSBP DocumentDB.2",
        "FSBP Neptune.5",
        "checkov CKV_AWS_133",
        "cdk-nag AwsSolutions-RDS13",
        "trivy AWS-0077",
    ),
    parameters=(BACKUP_DAYS,),
    remedy=lambda _, given: {("backupRetentionPeriod",): given[BACKUP_DAYS]},
)
def rds_backup_retention(database: ResourceFacts, given: Values) -> Outcome | None:
    """`backupRetentionPeriod` in days; a replica is covered by its source."""
    if is_replica(database):
        return None
    default = 0 if database.type == types.RDS_INSTANCE else 1
    kept = at_least(database, "backupRetentionPeriod", given[BACKUP_DAYS], unit="days", default=default)
    days = as_number(at(database, "backupRetentionPeriod"))
    if kept.status is Status.PASS and isinstance(days, float) and days > _MOST_DAYS:
        return lacking(database, "backupRetentionPeriod", f"at most {_MOST_DAYS} days, which is all AWS takes")
    return kept


@DATA.resource(
    "rds-deletion-protection",
    "Databases cannot be deleted by accident",
    on=_DATABASES,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A wrong destroy, or a change that replaces the database, takes the data with it.",
    fix="Set deletionProtection to true.",
    anchors=(
        "FSBP RDS.7",
        "FSBP RDS.8",
        "FSBP DocumentDB.5",
        "FSBP Neptune.4",
        "checkov CKV_AWS_139",
        "checkov CKV_AWS_293",
        "cdk-nag AwsSolutions-RDS10",
        "trivy AWS-0177",
    ),
    remedy=sets({"deletionProtection": True}),
)
def rds_deletion_protection(database: ResourceFacts) -> Outcome:
    """`deletionProtection`."""
    return is_true(database, "deletionProtection")


@DATA.resource(
    "rds-managed-password",
    "Database passwords are not in Pulumi's state",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A password in the state is readable by everybody who may run a preview, and stays in every old copy.",
    fix="Set manageMasterUserPassword to true, or passwordWo (write-only), and remove the plain password.",
)
def rds_managed_password(database: ResourceFacts) -> Outcome | None:
    """A managed or a write-only password, or none because the database is a copy."""
    plain, write_only = ("masterPassword", "masterPasswordWo")
    if database.type == types.RDS_INSTANCE:
        plain, write_only = ("password", "passwordWo")
    if is_set(at(database, plain)):
        return failed(f"{plain} is set", "a managed or write-only password")
    if as_bool(at(database, "manageMasterUserPassword")) is True:
        return passed("manageMasterUserPassword is true")
    if is_set(at(database, write_only)):
        return passed(f"{write_only} is set")
    if is_replica(database) or is_restored(database):
        return None
    return failed("no managed password is set", "a managed or write-only password")


@DATA.joined(
    "rds-force-tls",
    "Databases refuse connections without TLS",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A driver that is told nothing may fall back to an unencrypted connection, password included.",
    fix="Set parameter rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) to"
    ' "1" in its parameter group.',
    anchors=("FSBP RDS.38", "FSBP RDS.39", "FSBP RDS.41", "FSBP RDS.44", "checkov CKV2_AWS_69"),
)
def rds_force_tls(database: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The parameter in the database's group, or AWS's default for the engine's version.

    A replica, and what is restored, has engine and version of what it is made from.
    """
    line = list(origins(database, stack))
    engine = next(filter(None, (known_text(o, "engine") for o in line)), "")
    key, token = ("dbClusterParameterGroupName", types.RDS_CLUSTER_PARAMETER_GROUP)
    if database.type == types.RDS_INSTANCE:
        key, token = ("parameterGroupName", types.RDS_PARAMETER_GROUP)
    # A replica that names no group takes its source's.
    owner = next((o for o in line if o.type == database.type and is_set(at(o, key))), database)
    groups = stack.referred(owner, key, token)
    group = at(owner, key)
    # What names no engine is of its parameters' family: postgres17, mysql8.4.
    default = str(group).removeprefix("default.") if str(group).startswith("default.") else ""
    of_family, of_version = family(next((f for g in groups if (f := known_text(g, "family"))), default))
    engine = engine or of_family
    if not engine and (is_replica(database) or is_restored(database) or at(database, "engine") is UNKNOWN):
        return unverified(_FROM_SOURCE, "connections with TLS only")
    if not any(one in engine for one in ("postgres", "mysql", "mariadb", "sqlserver")):
        return None
    by_force = "postgres" in engine or "sqlserver" in engine
    wanted = "rds.force_ssl = 1" if by_force else "require_secure_transport = 1"
    if not groups and is_set(group) and not default:
        return unverified(f"{key} names a group that this stack does not make", wanted)
    parameters = items(groups[0], "parameters") if groups else []
    if isinstance(parameters, Unknown):
        return unverified("the group's parameters are known only after deployment", wanted)
    name = wanted.partition(" ")[0]
    for parameter in parameters:
        if at(parameter, "name") == name:
            value = at(parameter, "value")
            on = value is not UNKNOWN and str(value).lower() in ("1", "on", "true")
            return passed(wanted) if on else failed(f"{name} is not 1", wanted)
    version = next(filter(None, (known_text(o, k) for o in line for k in ("engineVersionActual", "engineVersion"))), "")
    if major(version or of_version) >= _FORCED_BY_DEFAULT.get(engine, 1000):
        return passed(f"{name} is 1 by default in this version")
    return failed(f"{name} is not set", wanted)


@DATA.resource(
    "rds-proxy-tls",
    "Database proxies refuse connections without TLS",
    on=types.RDS_PROXY,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="The proxy has its own switch: a database that forces TLS does not make the proxy's clients use it.",
    fix="Set requireTls to true.",
    anchors=("FSBP RDS.43",),
    remedy=sets({"requireTls": True}),
)
def rds_proxy_tls(proxy: ResourceFacts) -> Outcome:
    """`requireTls`, which AWS leaves off."""
    return is_true(proxy, "requireTls")


def _engine(database: ResourceFacts) -> str:
    """Engine without its edition (`oracle-ee` is `oracle`); empty where neither the program nor the state tells."""
    engine = known_text(database, "engine")
    return engine.split("-")[0] if engine.startswith(("oracle-", "sqlserver-", "db2-")) else engine


def _is_open(database: ResourceFacts) -> bool:
    """Whether the engine is that of what a database is made from, and nothing says which."""
    return not _engine(database) and (is_replica(database) or is_restored(database))


def _with_cluster(database: ResourceFacts, stack: StackFacts) -> list[ResourceFacts]:
    """A database, and the cluster that it is a member of: settings of the one or the other apply."""
    return [database, *stack.referred(database, "clusterIdentifier", types.RDS_CLUSTER)]


@DATA.joined(
    "rds-performance-insights",
    "Databases show what they are busy with",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER_INSTANCE),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="A slow database is found by its queries and waits; CPU and memory alone do not name them. 7 days are free.",
    fix="Set performanceInsightsEnabled to true (and databaseInsightsMode).",
    anchors=("checkov CKV_AWS_353", "trivy AWS-0133"),
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
    return lacking(database, "performanceInsightsEnabled", "true")


@DATA.joined(
    "rds-enhanced-monitoring",
    "Databases report on their operating system",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER_INSTANCE),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="What uses up memory or swap, and which process, is visible from inside the host only.",
    fix="Set monitoringInterval to 60 and monitoringRoleArn to a role with AmazonRDSEnhancedMonitoringRole.",
    anchors=("FSBP RDS.6", "checkov CKV_AWS_118"),
)
def rds_enhanced_monitoring(database: ResourceFacts, stack: StackFacts) -> Outcome:
    """`monitoringInterval`, which is 0 by default, and the role that publishing needs."""
    for source in _with_cluster(database, stack):
        seconds = as_number(at(source, "monitoringInterval"))
        if isinstance(seconds, float) and seconds > 0:
            return present(source, "monitoringRoleArn", "a role")
    return lacking(database, "monitoringInterval", "60 seconds or less, and not 0")


@DATA.resource(
    "rds-log-exports",
    "Databases send their logs to CloudWatch",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Inside the database logs are gone after days, and no alarm or query reaches them.",
    fix='Set enabledCloudwatchLogsExports: ["postgresql"], for MySQL and MariaDB ["error", "slowquery"].',
    anchors=("FSBP RDS.9", "FSBP RDS.36", "FSBP RDS.37", "checkov CKV_AWS_129", "checkov CKV_AWS_324"),
)
def rds_log_exports(database: ResourceFacts) -> Outcome | None:
    """`enabledCloudwatchLogsExports`, with what the engine calls its logs."""
    engine = _engine(database)
    if not engine:
        some = present(database, "enabledCloudwatchLogsExports", "the engine's logs")
        return unverified(_FROM_SOURCE, some.wanted) if some.wanted and _is_open(database) else some
    wanted = LOG_EXPORTS.get(engine)
    return includes(database, "enabledCloudwatchLogsExports", wanted) if wanted else None


@DATA.resource(
    "rds-iam-auth",
    "Databases take IAM identities instead of passwords",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
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
    remedy=sets({"iamDatabaseAuthenticationEnabled": True}),
)
def rds_iam_auth(database: ResourceFacts) -> Outcome | None:
    """`iamDatabaseAuthenticationEnabled`, for the engines that have it."""
    engine = _engine(database)
    if engine and engine not in _IAM_ENGINES:
        return None
    on = is_true(database, "iamDatabaseAuthenticationEnabled")
    return unverified(_FROM_SOURCE, on.wanted) if on.wanted and _is_open(database) else on


@DATA.resource(
    "rds-auto-minor-upgrade",
    "Databases get security fixes by themselves",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER_INSTANCE),
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Known holes of an old minor version stay open until somebody thinks of it.",
    fix="Remove autoMinorVersionUpgrade (AWS's default is true), or set it to true.",
    anchors=("FSBP RDS.13", "FSBP RDS.35", "checkov CKV_AWS_226"),
    remedy=sets({"autoMinorVersionUpgrade": True}),
)
def rds_auto_minor_upgrade(database: ResourceFacts) -> Outcome:
    """`autoMinorVersionUpgrade`, on by default."""
    return is_true(database, "autoMinorVersionUpgrade", default=True)


@DATA.resource(
    "rds-copy-tags",
    "Snapshots have their database's tags",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Snapshots outlive their database; without tags nobody knows whose they are, and tag-based access fails.",
    fix="Set copyTagsToSnapshot to true.",
    anchors=("FSBP RDS.16", "FSBP RDS.17", "checkov CKV_AWS_313", "checkov CKV2_AWS_60"),
    remedy=sets({"copyTagsToSnapshot": True}),
)
def rds_copy_tags(database: ResourceFacts) -> Outcome:
    """`copyTagsToSnapshot`, off by default."""
    return is_true(database, "copyTagsToSnapshot")


@DATA.resource(
    "rds-final-snapshot",
    "A deleted database leaves a snapshot",
    on=(types.RDS_INSTANCE, types.RDS_CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Automated backups go with the database: without the snapshot a deletion is final.",
    fix="Remove skipFinalSnapshot, or set it to false, and set finalSnapshotIdentifier. "
    "In Ascent: ascent:data.postgres.finalSnapshot.",
)
def rds_final_snapshot(database: ResourceFacts) -> Outcome | None:
    """`skipFinalSnapshot`; AWS takes no final snapshot of a replica of an instance."""
    return None if is_set(at(database, "replicateSourceDb")) else is_false(database, "skipFinalSnapshot")
