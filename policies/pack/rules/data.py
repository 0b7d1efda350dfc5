"""Data: RDS and DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import at_least, is_false, is_true
from ..facts import UNKNOWN, Unknown
from ..keys import own_key
from ..levels import ALWAYS, Level, mandatory_from
from ..parameters import whole
from ..rule import Layer, Severity, sets
from ..values import UNSET, as_bool, at, is_set, items, text
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts
    from ..parameters import Values

layer = Layer("data")

INSTANCE: Final = "aws:rds/instance:Instance"
CLUSTER: Final = "aws:rds/cluster:Cluster"
CLUSTER_INSTANCE: Final = "aws:rds/clusterInstance:ClusterInstance"
PARAMETERS: Final = "aws:rds/parameterGroup:ParameterGroup"
CLUSTER_PARAMETERS: Final = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
TABLE: Final = "aws:dynamodb/table:Table"

BACKUP_DAYS: Final = whole("days", "Shortest retention of automated backups in days", 7, minimum=1, maximum=35)

MIN_CLUSTER_MEMBERS: Final = 2
"""Instances that an Aurora cluster needs for one to take over from the other."""

_FORCED_BY_DEFAULT: Final = {"postgres": 15, "aurora-postgresql": 17}
"""Major version from which AWS's default parameters force TLS."""


def is_replica(database: ResourceFacts) -> bool:
    """Whether it follows another database, from which it has its data, users and encryption."""
    if any(is_set(at(database, key)) for key in ("replicateSourceDb", "replicationSourceIdentifier")):
        return True
    # Of a global database's clusters, only the first one is given a user.
    return is_set(at(database, "globalClusterIdentifier")) and not is_set(at(database, "masterUsername"))


def is_restored(database: ResourceFacts) -> bool:
    """Whether it starts as a copy of a snapshot or of an earlier moment, users included."""
    return any(is_set(at(database, key)) for key in ("snapshotIdentifier", "restoreToPointInTime"))


@layer.resource(
    "rds-storage-encrypted",
    "Databases are encrypted at rest",
    on=(INSTANCE, CLUSTER),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A copied snapshot is readable by whoever has it, and encryption can only be chosen when the database is made.",
    fix="Set storageEncrypted to true, with kmsKeyId for a key of your own.",
    anchors=(
        "FSBP RDS.3",
        "FSBP RDS.27",
        "checkov CKV_AWS_16",
        "checkov CKV_AWS_96",
        "cdk-nag AwsSolutions-RDS2",
        "trivy AWS-0080",
        "trivy AWS-0079",
    ),
    items=(78, 79),
)
def rds_storage_encrypted(database: ResourceFacts) -> Outcome | None:
    """`storageEncrypted`; a replica inherits it, and so does what is restored from a snapshot."""
    if is_set(at(database, "replicateSourceDb")):
        return None
    if at(database, "storageEncrypted") is UNSET and is_restored(database):
        return unverified("storageEncrypted is that of the snapshot", "true")
    return is_true(database, "storageEncrypted")


@layer.resource(
    "rds-not-public",
    "Databases have no public address",
    on=(INSTANCE, CLUSTER_INSTANCE),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="A database that the internet reaches is one leaked or guessed password away from being everybody's.",
    fix="Set publiclyAccessible to false and use private subnets.",
    anchors=("FSBP RDS.2", "checkov CKV_AWS_17", "trivy AWS-0180"),
    items=(1, 8),
    remedy=sets({"publiclyAccessible": False}),
)
def rds_not_public(database: ResourceFacts) -> Outcome:
    """`publiclyAccessible`."""
    return is_false(database, "publiclyAccessible")


@layer.joined(
    "rds-multi-az",
    "Databases have a standby in another zone",
    on=(INSTANCE, CLUSTER),
    severity=Severity.HIGH,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Without a standby, a failed host or a maintenance window is an outage of half an hour or more.",
    fix="Set multiAz to true; give an Aurora cluster a second aws.rds.ClusterInstance.",
    anchors=("FSBP RDS.5", "FSBP RDS.15", "checkov CKV_AWS_157", "cdk-nag AwsSolutions-RDS3"),
    items=(71, 73),
)
def rds_multi_az(database: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`multiAz` of an instance, members of an Aurora cluster; a read replica may do without."""
    if is_replica(database):
        return None
    if database.type == INSTANCE:
        return is_true(database, "multiAz")
    if is_set(at(database, "dbClusterInstanceClass")):
        return passed("a Multi-AZ cluster has two standbys of its own")
    if at(database, "engineMode") == "serverless":
        return passed("Aurora Serverless v1 moves to another zone by itself")
    members = stack.referring(database, CLUSTER_INSTANCE, "clusterIdentifier", "clusterIdentifier")
    if len(members) >= MIN_CLUSTER_MEMBERS:
        return passed(f"{len(members)} cluster instances")
    return failed(f"{len(members)} cluster instance(s)", f"at least {MIN_CLUSTER_MEMBERS}")


@layer.resource(
    "rds-backup-retention",
    "Databases keep their backups for days",
    on=(INSTANCE, CLUSTER),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A mistake found after a long weekend cannot be undone from a backup of one day.",
    fix="Set backupRetentionPeriod to 7 or more.",
    anchors=("FSBP RDS.11", "checkov CKV_AWS_133", "cdk-nag AwsSolutions-RDS13", "trivy AWS-0077"),
    items=(151, 152),
    parameters=(BACKUP_DAYS,),
    remedy=lambda _, given: {("backupRetentionPeriod",): given[BACKUP_DAYS]},
)
def rds_backup_retention(database: ResourceFacts, given: Values) -> Outcome | None:
    """`backupRetentionPeriod` in days; a replica is covered by its source."""
    if is_replica(database):
        return None
    default = 1 if database.type == CLUSTER else 0
    return at_least(database, "backupRetentionPeriod", given[BACKUP_DAYS], unit="days", default=default)


@layer.resource(
    "rds-deletion-protection",
    "Databases cannot be deleted by accident",
    on=(INSTANCE, CLUSTER),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A wrong destroy, or a change that replaces the database, takes the data with it.",
    fix="Set deletionProtection to true.",
    anchors=(
        "FSBP RDS.7",
        "FSBP RDS.8",
        "checkov CKV_AWS_139",
        "checkov CKV_AWS_293",
        "cdk-nag AwsSolutions-RDS10",
        "trivy AWS-0177",
    ),
    items=(86,),
    remedy=sets({"deletionProtection": True}),
)
def rds_deletion_protection(database: ResourceFacts) -> Outcome:
    """`deletionProtection`."""
    return is_true(database, "deletionProtection")


@layer.resource(
    "rds-managed-password",
    "Database passwords are not in Pulumi's state",
    on=(INSTANCE, CLUSTER),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A password in the state is readable by everybody who may run a preview, and stays in every old copy.",
    fix="Set manageMasterUserPassword to true, or passwordWo (write-only), and remove the plain password.",
    items=(77, 93, 100),
)
def rds_managed_password(database: ResourceFacts) -> Outcome | None:
    """A managed or a write-only password, or none because the database is a copy."""
    plain, write_only = ("masterPassword", "masterPasswordWo")
    if database.type == INSTANCE:
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


@layer.joined(
    "rds-force-tls",
    "Databases refuse connections without TLS",
    on=(INSTANCE, CLUSTER),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A driver that is told nothing may fall back to an unencrypted connection, password included.",
    fix='Set parameter rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL) to "1" in its parameter group.',
    anchors=("FSBP RDS.38", "FSBP RDS.39", "checkov CKV2_AWS_69"),
    items=(18, 76),
)
def rds_force_tls(database: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The parameter in the database's group, or AWS's default for the engine's version."""
    engine = text(database, "engine")
    if not any(family in engine for family in ("postgres", "mysql", "mariadb")):
        return None
    wanted = "rds.force_ssl = 1" if "postgres" in engine else "require_secure_transport = 1"
    key, token = ("dbClusterParameterGroupName", CLUSTER_PARAMETERS)
    if database.type == INSTANCE:
        key, token = ("parameterGroupName", PARAMETERS)
    groups = stack.referred(database, key, token)
    group = at(database, key)
    if not groups and is_set(group) and not str(group).startswith("default."):
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
    if _major(database) >= _FORCED_BY_DEFAULT.get(engine, 1000):
        return passed(f"{name} is 1 by default in this version")
    return failed(f"{name} is not set", wanted)


def _major(database: ResourceFacts) -> int:
    """Major version of the engine; 0 where it is not written out."""
    first = str(at(database, "engineVersion")).split(".")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 4 else 0


@layer.resource(
    "dynamodb-pitr",
    "Tables can be restored to any second of the last weeks",
    on=TABLE,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="DynamoDB keeps no other backup by itself: a bad write is final. Recovery costs $0.20 per GB and month.",
    fix="Set pointInTimeRecovery with enabled true.",
    anchors=("FSBP DynamoDB.2", "checkov CKV_AWS_28", "cdk-nag AwsSolutions-DDB3", "trivy AWS-0024"),
    items=(67, 152),
    remedy=sets({"pointInTimeRecovery.enabled": True}),
)
def dynamodb_pitr(table: ResourceFacts) -> Outcome:
    """`pointInTimeRecovery.enabled`."""
    return is_true(table, "pointInTimeRecovery.enabled")


@layer.resource(
    "dynamodb-deletion-protection",
    "Tables cannot be deleted by accident",
    on=TABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A wrong destroy, or a change of keys that replaces the table, takes the data with it.",
    fix="Set deletionProtectionEnabled to true.",
    anchors=("FSBP DynamoDB.6",),
    items=(67,),
    remedy=sets({"deletionProtectionEnabled": True}),
)
def dynamodb_deletion_protection(table: ResourceFacts) -> Outcome:
    """`deletionProtectionEnabled`."""
    return is_true(table, "deletionProtectionEnabled")


@layer.resource(
    "dynamodb-cmk",
    "Tables are encrypted with a key of our own",
    on=TABLE,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away.",
    fix="Set serverSideEncryption with enabled true and kmsKeyArn.",
    anchors=("checkov CKV_AWS_119", "trivy AWS-0025"),
    items=(78,),
)
def dynamodb_cmk(table: ResourceFacts) -> Outcome:
    """`serverSideEncryption.kmsKeyArn`, switched on."""
    on = is_true(table, "serverSideEncryption.enabled")
    return own_key(table, "serverSideEncryption.kmsKeyArn") if not on.wanted else on
