"""Cases of the rules in policies/pack/rules/rds.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref, secret

REPLICA = of(types.RDS_INSTANCE, replicateSourceDb=U)


def grouped(*parameters: object, **props: object) -> tuple[Made, Made]:
    """A PostgreSQL 14 instance, which does not force TLS by itself, and its parameter group."""
    return (
        Made(
            types.RDS_INSTANCE,
            "it",
            {"engine": "postgres", "engineVersion": "14.9", "parameterGroupName": ref("group"), **props},
        ),
        of(types.RDS_PARAMETER_GROUP, "group", parameters=list(parameters)),
    )


def member(name: str, cluster: str = "aurora", **props: object) -> Made:
    return Made(types.RDS_CLUSTER_INSTANCE, name, {"clusterIdentifier": ref(cluster), **props})


def placed(name: str, zone: str) -> Made:
    return of(types.RDS_CLUSTER_INSTANCE, name, clusterIdentifier=ref("aurora"), availabilityZone=zone)


def replica(source: str) -> Made:
    return of(types.RDS_INSTANCE, replicateSourceDb=ref(source))


CASES = [
    *cases(
        "rds-storage-encrypted",
        passing=[],
        failing=[],
        unknown=[
            of(types.RDS_INSTANCE, snapshotIdentifier="snap"),
            of(types.RDS_CLUSTER, restoreToPointInTime={"sourceClusterIdentifier": U}),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "rds-storage-encrypted",
        passing=[
            of(types.RDS_INSTANCE, storageEncrypted=True, kmsKeyId=U),
            of(types.RDS_CLUSTER, storageEncrypted="true"),
        ],
        failing=[of(types.RDS_INSTANCE), of(types.RDS_CLUSTER, storageEncrypted=False)],
        unknown=[
            of(types.RDS_INSTANCE, storageEncrypted=U),
            of(types.RDS_INSTANCE, storageEncrypted=U, snapshotIdentifier="snap"),
        ],
        skipped=[REPLICA],
    ),
    *cases(
        "rds-not-public",
        passing=[of(types.RDS_INSTANCE), of(types.RDS_CLUSTER_INSTANCE, publiclyAccessible=False)],
        failing=[
            of(types.RDS_INSTANCE, publiclyAccessible=True),
            of(types.RDS_CLUSTER_INSTANCE, publiclyAccessible="true"),
        ],
        unknown=[of(types.RDS_INSTANCE, publiclyAccessible=U)],
    ),
    *cases(
        "rds-multi-az",
        passing=[
            of(types.RDS_INSTANCE, multiAz=True),
            (of(types.RDS_CLUSTER, "aurora"), member("one"), member("two")),
            (
                of(types.RDS_CLUSTER, "aurora", clusterIdentifier="shop"),
                of(types.RDS_CLUSTER_INSTANCE, "one", clusterIdentifier="shop"),
                of(types.RDS_CLUSTER_INSTANCE, "two", clusterIdentifier="shop"),
            ),
            of(types.RDS_CLUSTER, dbClusterInstanceClass="db.m6gd.large"),
            of(types.RDS_CLUSTER, engineMode="serverless"),
        ],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, multiAz=False),
            of(types.RDS_CLUSTER),
            (of(types.RDS_CLUSTER, "aurora"), member("one")),
            (of(types.RDS_CLUSTER, "aurora"), member("one"), of(types.RDS_CLUSTER, "other"), member("two", "other")),
            (of(types.RDS_CLUSTER, "aurora", globalClusterIdentifier=U, masterUsername="app"), member("one")),
        ],
        unknown=[
            of(types.RDS_INSTANCE, multiAz=U),
            (of(types.RDS_CLUSTER, "aurora"), of(types.RDS_CLUSTER_INSTANCE, clusterIdentifier=U)),
        ],
        skipped=[
            REPLICA,
            of(types.RDS_CLUSTER, globalClusterIdentifier=U),
            of(types.RDS_CLUSTER, replicationSourceIdentifier=U),
        ],
    ),
    *cases(
        "rds-backup-retention",
        passing=[of(types.RDS_INSTANCE, backupRetentionPeriod=7), of(types.RDS_CLUSTER, backupRetentionPeriod=35.0)],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_CLUSTER),
            of(types.RDS_INSTANCE, backupRetentionPeriod=1),
            of(types.RDS_INSTANCE, backupRetentionPeriod="many"),
            of(types.RDS_CLUSTER, globalClusterIdentifier=U, masterUsername="app"),
        ],
        unknown=[of(types.RDS_INSTANCE, backupRetentionPeriod=U)],
        skipped=[REPLICA],
    ),
    *cases(
        "rds-deletion-protection",
        passing=[of(types.RDS_INSTANCE, deletionProtection=True)],
        failing=[of(types.RDS_INSTANCE), of(types.RDS_CLUSTER, deletionProtection=False)],
        unknown=[of(types.RDS_INSTANCE, deletionProtection=U)],
    ),
    *cases(
        "rds-managed-password",
        passing=[
            of(types.RDS_INSTANCE, manageMasterUserPassword=True),
            of(types.RDS_INSTANCE, passwordWo=secret(U)),
            of(types.RDS_CLUSTER, masterPasswordWo=secret("x")),
        ],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, password=secret("hunter2")),
            of(types.RDS_CLUSTER, masterPassword="x", manageMasterUserPassword=True),
        ],
        unknown=[of(types.RDS_INSTANCE, password=U), of(types.RDS_INSTANCE, manageMasterUserPassword=U)],
        skipped=[
            REPLICA,
            of(types.RDS_INSTANCE, snapshotIdentifier="snap"),
            of(types.RDS_CLUSTER, globalClusterIdentifier=U),
        ],
    ),
    *cases(
        "rds-force-tls",
        passing=[
            grouped({"name": "rds.force_ssl", "value": "1"}),
            grouped({"name": "other", "value": "1"}, {"name": "rds.force_ssl", "value": 1}),
            grouped({"name": "require_secure_transport", "value": "ON"}, engine="mysql"),
            of(types.RDS_INSTANCE, engine="postgres", engineVersion="17.6"),
            of(types.RDS_INSTANCE, engine="postgres", engineVersion=16, parameterGroupName="default.postgres16"),
            of(types.RDS_CLUSTER, engine="aurora-postgresql", engineVersion="17.4"),
        ],
        failing=[
            grouped(),
            grouped({"name": "rds.force_ssl", "value": "0"}),
            grouped({"name": "rds.force_ssl", "value": "0"}, engineVersion="17.6"),
            of(types.RDS_INSTANCE, engine="postgres"),
            of(types.RDS_INSTANCE, engine="mysql", engineVersion="8.4"),
            of(types.RDS_CLUSTER, engine="aurora-postgresql", engineVersion="16.4"),
            grouped({"name": "rds.force_ssl", "value": U}),
        ],
        unknown=[
            of(types.RDS_INSTANCE, engine="postgres", parameterGroupName=U),
            of(types.RDS_INSTANCE, engine="postgres", parameterGroupName="shared"),
            (grouped()[0], of(types.RDS_PARAMETER_GROUP, "group", parameters=U)),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.RDS_INSTANCE, engine="oracle-se2"), of(types.RDS_INSTANCE)],
    ),
    *cases(
        "rds-proxy-tls",
        passing=[of(types.RDS_PROXY, requireTls=True)],
        failing=[of(types.RDS_PROXY), of(types.RDS_PROXY, requireTls=False)],
        unknown=[of(types.RDS_PROXY, requireTls=U)],
    ),
    *cases(
        "rds-performance-insights",
        passing=[
            of(types.RDS_INSTANCE, performanceInsightsEnabled=True),
            of(types.RDS_CLUSTER_INSTANCE, performanceInsightsEnabled="true"),
            of(types.RDS_INSTANCE, databaseInsightsMode="advanced"),
            (member("one"), of(types.RDS_CLUSTER, "aurora", databaseInsightsMode="advanced")),
            (member("one"), of(types.RDS_CLUSTER, "aurora", performanceInsightsEnabled=True)),
        ],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, performanceInsightsEnabled=False, databaseInsightsMode="standard"),
            of(types.RDS_INSTANCE, engine="postgres", instanceClass="db.t4g.micro"),
            (member("one"), of(types.RDS_CLUSTER, "aurora")),
            (member("one"), of(types.RDS_CLUSTER, "other", performanceInsightsEnabled=True)),
        ],
        unknown=[of(types.RDS_INSTANCE, performanceInsightsEnabled=U), of(types.RDS_INSTANCE, databaseInsightsMode=U)],
        skipped=[of(types.RDS_INSTANCE, engine="mysql", instanceClass="db.t4g.micro")],
    ),
    *cases(
        "rds-enhanced-monitoring",
        passing=[
            of(types.RDS_INSTANCE, monitoringInterval=60, monitoringRoleArn=U),
            of(types.RDS_CLUSTER_INSTANCE, monitoringInterval="5", monitoringRoleArn="arn"),
            (member("one"), of(types.RDS_CLUSTER, "aurora", monitoringInterval=30, monitoringRoleArn=U)),
        ],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, monitoringInterval=0, monitoringRoleArn="arn"),
            of(types.RDS_INSTANCE, monitoringInterval=60),
            (member("one"), of(types.RDS_CLUSTER, "aurora")),
        ],
        unknown=[of(types.RDS_INSTANCE, monitoringInterval=U, monitoringRoleArn="arn")],
    ),
    *cases(
        "rds-log-exports",
        passing=[
            of(types.RDS_INSTANCE, engine="postgres", enabledCloudwatchLogsExports=["postgresql", "upgrade"]),
            of(types.RDS_CLUSTER, engine="aurora-mysql", enabledCloudwatchLogsExports=["slowquery", "error", "audit"]),
            of(types.RDS_INSTANCE, engine="oracle-se2", enabledCloudwatchLogsExports=["alert", "audit"]),
            of(types.RDS_INSTANCE, replicateSourceDb=U, enabledCloudwatchLogsExports=["postgresql"]),
        ],
        failing=[
            of(types.RDS_INSTANCE, engine="postgres"),
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, engine="postgres", enabledCloudwatchLogsExports=["upgrade"]),
            of(types.RDS_INSTANCE, engine="mysql", enabledCloudwatchLogsExports=["error"]),
            of(types.RDS_INSTANCE, engine="sqlserver-ex", enabledCloudwatchLogsExports=[]),
        ],
        unknown=[
            of(types.RDS_INSTANCE, engine="postgres", enabledCloudwatchLogsExports=U),
            of(types.RDS_INSTANCE, engine="mysql", enabledCloudwatchLogsExports=["error", U]),
        ],
        skipped=[of(types.RDS_INSTANCE, engine="custom-oracle-ee")],
    ),
    *cases(
        "rds-iam-auth",
        passing=[
            of(types.RDS_INSTANCE, engine="postgres", iamDatabaseAuthenticationEnabled=True),
            of(types.RDS_CLUSTER, engine="aurora-mysql", iamDatabaseAuthenticationEnabled="true"),
        ],
        failing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_INSTANCE, engine="mysql"),
            of(types.RDS_CLUSTER, iamDatabaseAuthenticationEnabled=False),
        ],
        unknown=[of(types.RDS_INSTANCE, iamDatabaseAuthenticationEnabled=U)],
        skipped=[of(types.RDS_INSTANCE, engine="oracle-ee"), of(types.RDS_INSTANCE, engine="sqlserver-web")],
    ),
    *cases(
        "rds-auto-minor-upgrade",
        passing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_CLUSTER_INSTANCE),
            of(types.RDS_INSTANCE, autoMinorVersionUpgrade=True),
        ],
        failing=[
            of(types.RDS_INSTANCE, autoMinorVersionUpgrade=False),
            of(types.RDS_CLUSTER_INSTANCE, autoMinorVersionUpgrade="false"),
        ],
        unknown=[of(types.RDS_INSTANCE, autoMinorVersionUpgrade=U)],
    ),
    *cases(
        "rds-copy-tags",
        passing=[of(types.RDS_INSTANCE, copyTagsToSnapshot=True), of(types.RDS_CLUSTER, copyTagsToSnapshot=True)],
        failing=[of(types.RDS_INSTANCE), of(types.RDS_CLUSTER, copyTagsToSnapshot=False)],
        unknown=[of(types.RDS_INSTANCE, copyTagsToSnapshot=U)],
    ),
    *cases(
        "rds-final-snapshot",
        passing=[
            of(types.RDS_INSTANCE),
            of(types.RDS_CLUSTER, skipFinalSnapshot=False, finalSnapshotIdentifier="shop-final"),
        ],
        failing=[of(types.RDS_INSTANCE, skipFinalSnapshot=True), of(types.RDS_CLUSTER, skipFinalSnapshot="true")],
        unknown=[of(types.RDS_INSTANCE, skipFinalSnapshot=U)],
        skipped=[REPLICA],
    ),
    *cases(
        "rds-storage-encrypted",
        passing=[
            of(types.DOCDB_CLUSTER, storageEncrypted=True),
            of(types.NEPTUNE_CLUSTER, storageEncrypted=True),
            of(types.REDSHIFT_CLUSTER),
        ],
        failing=[
            of(types.DOCDB_CLUSTER),
            of(types.NEPTUNE_CLUSTER, storageEncrypted=False),
            of(types.REDSHIFT_CLUSTER, encrypted="false"),
        ],
        unknown=[of(types.REDSHIFT_CLUSTER, encrypted=U)],
    ),
    *cases(
        "rds-not-public",
        passing=[of(types.REDSHIFT_CLUSTER), of(types.NEPTUNE_CLUSTER_INSTANCE)],
        failing=[
            of(types.REDSHIFT_CLUSTER, publiclyAccessible=True),
            of(types.NEPTUNE_CLUSTER_INSTANCE, publiclyAccessible=True),
        ],
        unknown=[of(types.REDSHIFT_CLUSTER, publiclyAccessible=U)],
    ),
    *cases(
        "rds-backup-retention",
        passing=[of(types.DOCDB_CLUSTER, backupRetentionPeriod=7)],
        failing=[of(types.DOCDB_CLUSTER), of(types.NEPTUNE_CLUSTER)],
        unknown=[of(types.NEPTUNE_CLUSTER, backupRetentionPeriod=U)],
    ),
    *cases(
        "rds-force-tls",
        passing=[
            # A replica has engine, version and, unless it names one, the parameter group of its source.
            (replica("source"), of(types.RDS_INSTANCE, "source", engine="postgres", engineVersion="16.4")),
            (
                replica("source"),
                of(types.RDS_INSTANCE, "source", engine="mysql", engineVersion="8.4", parameterGroupName=ref("group")),
                of(
                    types.RDS_PARAMETER_GROUP,
                    "group",
                    parameters=[{"name": "require_secure_transport", "value": "1"}],
                ),
            ),
            (
                of(types.RDS_INSTANCE, snapshotIdentifier=ref("snapshot")),
                of(types.RDS_SNAPSHOT, "snapshot", dbInstanceIdentifier=ref("source")),
                of(types.RDS_INSTANCE, "source", engine="postgres", engineVersion="15"),
            ),
            (
                of(types.RDS_CLUSTER, globalClusterIdentifier=ref("global")),
                of(types.RDS_GLOBAL_CLUSTER, "global", engine="aurora-postgresql", engineVersion="17.4"),
            ),
        ],
        failing=[(replica("source"), of(types.RDS_INSTANCE, "source", engine="postgres", engineVersion="14.9"))],
        unknown=[
            of(types.RDS_INSTANCE, snapshotIdentifier="rds:final"),
            of(types.RDS_INSTANCE, replicateSourceDb="arn:aws:rds:eu-west-1:123456789012:db:source"),
            of(types.RDS_INSTANCE, engine=U),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "rds-multi-az",
        passing=[(of(types.RDS_CLUSTER, "aurora"), placed("one", "eu-west-1a"), placed("two", "eu-west-1b"))],
        failing=[(of(types.RDS_CLUSTER, "aurora"), placed("one", "eu-west-1a"), placed("two", "eu-west-1a"))],
        unknown=[],
    ),
    *cases(
        "rds-storage-encrypted",
        passing=[
            of(types.RDS_CLUSTER, engineMode="serverless"),
            of(types.RDS_CLUSTER, engineMode="serverless", storageEncrypted=False),
        ],
        failing=[],
        unknown=[],
    ),
]
