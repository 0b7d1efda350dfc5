"""Cases of the rules about RDS and DynamoDB."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref, secret

DB = "aws:rds/instance:Instance"
CLUSTER = "aws:rds/cluster:Cluster"
MEMBER = "aws:rds/clusterInstance:ClusterInstance"
TABLE = "aws:dynamodb/table:Table"
REPLICA = of(DB, replicateSourceDb=U)


def grouped(*parameters: object, **props: object) -> tuple[Made, Made]:
    """A PostgreSQL 14 instance, which does not force TLS by itself, and its parameter group."""
    return (
        Made(DB, "it", {"engine": "postgres", "engineVersion": "14.9", "parameterGroupName": ref("group"), **props}),
        of("aws:rds/parameterGroup:ParameterGroup", "group", parameters=list(parameters)),
    )


def member(name: str, cluster: str = "aurora", **props: object) -> Made:
    return Made(MEMBER, name, {"clusterIdentifier": ref(cluster), **props})


CASES = [
    *cases(
        "rds-storage-encrypted",
        passing=[of(DB, storageEncrypted=True, kmsKeyId=U), of(CLUSTER, storageEncrypted="true")],
        failing=[of(DB), of(CLUSTER, storageEncrypted=False)],
        unknown=[of(DB, storageEncrypted=U), of(DB, storageEncrypted=U, snapshotIdentifier="snap")],
        skipped=[REPLICA],
    ),
    *cases(
        "rds-storage-encrypted",
        passing=[],
        failing=[],
        unknown=[of(DB, snapshotIdentifier="snap"), of(CLUSTER, restoreToPointInTime={"sourceClusterIdentifier": U})],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "rds-not-public",
        passing=[of(DB), of(MEMBER, publiclyAccessible=False)],
        failing=[of(DB, publiclyAccessible=True), of(MEMBER, publiclyAccessible="true")],
        unknown=[of(DB, publiclyAccessible=U)],
    ),
    *cases(
        "rds-multi-az",
        passing=[
            of(DB, multiAz=True),
            (of(CLUSTER, "aurora"), member("one"), member("two")),
            (
                of(CLUSTER, "aurora", clusterIdentifier="shop"),
                of(MEMBER, "one", clusterIdentifier="shop"),
                of(MEMBER, "two", clusterIdentifier="shop"),
            ),
            of(CLUSTER, dbClusterInstanceClass="db.m6gd.large"),
            of(CLUSTER, engineMode="serverless"),
        ],
        failing=[
            of(DB),
            of(DB, multiAz=False),
            of(CLUSTER),
            (of(CLUSTER, "aurora"), member("one")),
            (of(CLUSTER, "aurora"), member("one"), of(CLUSTER, "other"), member("two", "other")),
            (of(CLUSTER, "aurora", globalClusterIdentifier=U, masterUsername="app"), member("one")),
        ],
        unknown=[of(DB, multiAz=U), (of(CLUSTER, "aurora"), of(MEMBER, clusterIdentifier=U))],
        skipped=[REPLICA, of(CLUSTER, globalClusterIdentifier=U), of(CLUSTER, replicationSourceIdentifier=U)],
    ),
    *cases(
        "rds-backup-retention",
        passing=[of(DB, backupRetentionPeriod=7), of(CLUSTER, backupRetentionPeriod=35.0)],
        failing=[
            of(DB),
            of(CLUSTER),
            of(DB, backupRetentionPeriod=1),
            of(DB, backupRetentionPeriod="many"),
            of(CLUSTER, globalClusterIdentifier=U, masterUsername="app"),
        ],
        unknown=[of(DB, backupRetentionPeriod=U)],
        skipped=[REPLICA],
    ),
    *cases(
        "rds-deletion-protection",
        passing=[of(DB, deletionProtection=True)],
        failing=[of(DB), of(CLUSTER, deletionProtection=False)],
        unknown=[of(DB, deletionProtection=U)],
    ),
    *cases(
        "rds-managed-password",
        passing=[
            of(DB, manageMasterUserPassword=True),
            of(DB, passwordWo=secret(U)),
            of(CLUSTER, masterPasswordWo=secret("x")),
        ],
        failing=[
            of(DB),
            of(DB, password=secret("hunter2")),
            of(CLUSTER, masterPassword="x", manageMasterUserPassword=True),
        ],
        unknown=[of(DB, password=U), of(DB, manageMasterUserPassword=U)],
        skipped=[REPLICA, of(DB, snapshotIdentifier="snap"), of(CLUSTER, globalClusterIdentifier=U)],
    ),
    *cases(
        "rds-force-tls",
        passing=[
            grouped({"name": "rds.force_ssl", "value": "1"}),
            grouped({"name": "other", "value": "1"}, {"name": "rds.force_ssl", "value": 1}),
            grouped({"name": "require_secure_transport", "value": "ON"}, engine="mysql"),
            of(DB, engine="postgres", engineVersion="17.6"),
            of(DB, engine="postgres", engineVersion=16, parameterGroupName="default.postgres16"),
            of(CLUSTER, engine="aurora-postgresql", engineVersion="17.4"),
        ],
        failing=[
            grouped(),
            grouped({"name": "rds.force_ssl", "value": "0"}),
            grouped({"name": "rds.force_ssl", "value": "0"}, engineVersion="17.6"),
            of(DB, engine="postgres"),
            of(DB, engine="mysql", engineVersion="8.4"),
            of(CLUSTER, engine="aurora-postgresql", engineVersion="16.4"),
            grouped({"name": "rds.force_ssl", "value": U}),
        ],
        unknown=[
            of(DB, engine="postgres", parameterGroupName=U),
            of(DB, engine="postgres", parameterGroupName="shared"),
            (grouped()[0], of("aws:rds/parameterGroup:ParameterGroup", "group", parameters=U)),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[of(DB, engine="oracle-se2"), of(DB)],
    ),
    *cases(
        "dynamodb-pitr",
        passing=[of(TABLE, pointInTimeRecovery={"enabled": True})],
        failing=[of(TABLE), of(TABLE, pointInTimeRecovery={"enabled": False})],
        unknown=[of(TABLE, pointInTimeRecovery={"enabled": U}), of(TABLE, pointInTimeRecovery=U)],
    ),
    *cases(
        "dynamodb-deletion-protection",
        passing=[of(TABLE, deletionProtectionEnabled=True)],
        failing=[of(TABLE)],
        unknown=[of(TABLE, deletionProtectionEnabled=U)],
    ),
    *cases(
        "dynamodb-cmk",
        passing=[of(TABLE, serverSideEncryption={"enabled": True, "kmsKeyArn": "arn"})],
        failing=[
            of(TABLE),
            of(TABLE, serverSideEncryption={"enabled": True}),
            of(TABLE, serverSideEncryption={"enabled": False, "kmsKeyArn": "arn"}),
        ],
        unknown=[of(TABLE, serverSideEncryption={"enabled": True, "kmsKeyArn": U})],
        unknown_is=Status.PASS,
    ),
]
