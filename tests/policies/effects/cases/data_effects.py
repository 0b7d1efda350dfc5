"""Data: databases, caches, queues, tables and buckets."""

from __future__ import annotations

import json
from typing import Any

from policies.pack import types
from tests.policies.building import Made, of, ref
from tests.policies.effects.effect import idle, unsure, works

BUCKET = of(types.S3_BUCKET, "bucket", bucket="shop-data")
SERVERS = (types.RDS_INSTANCE, "db")


def denying(effect: str = "Deny", **more: object) -> str:
    statement = {
        "Effect": effect,
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::shop-data", "arn:aws:s3:::shop-data/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        **more,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def ruled(policy: str) -> Made:
    return of(types.S3_BUCKET_POLICY, "policy", bucket=ref("bucket"), policy=policy)


def keeping(**rule: object) -> Made:
    abort = {"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}
    return of(types.S3_BUCKET_LIFECYCLE_CONFIGURATION, "rules", bucket=ref("bucket"), rules=[{**abort, **rule}])


def parameters(family: str, **values: str) -> Made:
    found = [{"name": name.replace("__", "."), "value": value} for name, value in values.items()]
    return of(types.RDS_PARAMETER_GROUP, "group", family=family, parameters=found)


def redriven(**policy: object) -> Made:
    return of(types.SQS_QUEUE, "orders", redrivePolicy=json.dumps(policy))


CACHE = types.ELASTICACHE_REPLICATION_GROUP
STANDBY: dict[str, Any] = {"automaticFailoverEnabled": True, "multiAzEnabled": True}

EFFECTS = [
    works("s3-tls-only", "bucket and objects are denied", BUCKET, ruled(denying())),
    idle("s3-tls-only", "an allowance denies nothing", BUCKET, ruled(denying("Allow"))),
    idle("s3-tls-only", "only the objects are denied", BUCKET, ruled(denying(Resource="arn:aws:s3:::shop-data/*"))),
    idle("s3-tls-only", "another bucket is denied", BUCKET, ruled(denying(Resource="arn:aws:s3:::other*"))),
    idle("s3-tls-only", "one principal is denied", BUCKET, ruled(denying(Principal={"AWS": "arn:aws:iam::1:root"}))),
    unsure("s3-tls-only", "a text that is no policy", BUCKET, ruled("{not json")),
    works("s3-lifecycle", "a filter of nothing is the whole bucket", BUCKET, keeping(filter={"prefix": ""})),
    idle("s3-lifecycle", "a rule that is switched off", BUCKET, keeping(status="Disabled")),
    idle("s3-lifecycle", "a rule for one tag", BUCKET, keeping(filter={"tag": {"key": "a", "value": "b"}})),
    idle(
        "s3-versioning",
        "suspended keeps no new versions",
        BUCKET,
        of(types.S3_BUCKET_VERSIONING, "v", bucket=ref("bucket"), versioningConfiguration={"status": "Suspended"}),
    ),
    idle(
        "s3-public-access-block",
        "the block of another bucket",
        BUCKET,
        of(types.S3_BUCKET, "other"),
        of(
            types.S3_BUCKET_PUBLIC_ACCESS_BLOCK,
            "block",
            bucket=ref("other"),
            blockPublicAcls=True,
            blockPublicPolicy=True,
            ignorePublicAcls=True,
            restrictPublicBuckets=True,
        ),
    ),
    works(
        "s3-sse-kms",
        "access logs cannot be written where KMS encrypts",
        BUCKET,
        of(types.S3_BUCKET_ACL, "acl", bucket=ref("bucket"), acl="log-delivery-write"),
        of(
            types.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION,
            "sse",
            bucket=ref("bucket"),
            rules=[{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        ),
    ),
    works(
        "s3-access-logs",
        "a policy lets S3's own logs in: its log would log itself",
        BUCKET,
        ruled(denying("Allow", Principal={"Service": "logging.s3.amazonaws.com"}, Action="s3:PutObject")),
    ),
    idle(
        "s3-acl-disabled",
        "the writer keeps what it writes",
        BUCKET,
        of(types.S3_BUCKET_OWNERSHIP_CONTROLS, "own", bucket=ref("bucket"), rule={"objectOwnership": "ObjectWriter"}),
    ),
    idle("sqs-encrypted-dlq", "no number of tries", redriven(deadLetterTargetArn="arn:aws:sqs:eu-west-1:1:dead")),
    idle("sqs-encrypted-dlq", "an empty policy", redriven()),
    idle(
        "sqs-encrypted-dlq",
        "what fails comes back to the queue itself",
        of(types.SQS_QUEUE, "orders"),
        of(types.SQS_REDRIVE_POLICY, "again", queueUrl=ref("orders"), redrivePolicy=ref("orders")),
    ),
    works(
        "sqs-encrypted-dlq",
        "after five tries to another queue",
        redriven(deadLetterTargetArn="arn:aws:sqs:eu-west-1:1:dead", maxReceiveCount="5"),
    ),
    idle(
        "sqs-encrypted-dlq",
        "a queue that takes nobody's dead letters",
        of(types.SQS_QUEUE, "orders", redriveAllowPolicy=json.dumps({"redrivePermission": "denyAll"})),
    ),
    idle(
        "dynamodb-pitr",
        "recovery that reaches back a day",
        of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True, "recoveryPeriodInDays": 1}),
    ),
    works(
        "dynamodb-pitr",
        "two weeks",
        of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True, "recoveryPeriodInDays": 14}),
    ),
    idle("dynamodb-cmk", "encryption with AWS's key", of(types.DYNAMODB_TABLE, serverSideEncryption={"enabled": True})),
    works("elasticache-failover", "a replica in another zone", of(CACHE, **STANDBY, numCacheClusters=2)),
    idle(
        "elasticache-failover", "nobody to fail over to", of(CACHE, **STANDBY, numNodeGroups=3, replicasPerNodeGroup=0)
    ),
    idle(
        "elasticache-auth",
        "a user group without TLS",
        of(CACHE, userGroupIds=["users"], transitEncryptionEnabled=False),
    ),
    idle(
        "elasticache-auth",
        "a user that needs no password",
        of(CACHE, "cache", userGroupIds=ref("users"), transitEncryptionEnabled=True),
        of(types.ELASTICACHE_USER_GROUP, "users", userIds=ref("anybody")),
        of(types.ELASTICACHE_USER, "anybody", noPasswordRequired=True, accessString="on ~* +@all"),
    ),
    works(
        "elasticache-auth",
        "the default user is switched off",
        of(CACHE, "cache", userGroupIds=ref("users"), transitEncryptionEnabled=True),
        of(types.ELASTICACHE_USER_GROUP, "users", userIds=ref("nobody")),
        of(types.ELASTICACHE_USER, "nobody", noPasswordRequired=True, accessString="off ~keys* -@all"),
    ),
    idle(
        "elasticache-in-transit",
        "preferred still takes plain connections",
        of(CACHE, transitEncryptionEnabled=True, transitEncryptionMode="preferred"),
    ),
    idle(
        "elasticache-snapshots", "a single Redis node without snapshots", of(types.ELASTICACHE_CLUSTER, engine="redis")
    ),
    works("elasticache-snapshots", "Memcached has none", of(types.ELASTICACHE_CLUSTER, engine="memcached")),
    idle(
        "rds-force-tls",
        "the engine is that of the parameters' family",
        of(*SERVERS, parameterGroupName=ref("group")),
        parameters("postgres13", rds__force_ssl="0"),
    ),
    works(
        "rds-force-tls",
        "SQL Server is told to",
        of(*SERVERS, engine="sqlserver-se", parameterGroupName=ref("group")),
        parameters("sqlserver-se-15.0", rds__force_ssl="1"),
    ),
    idle("rds-force-tls", "SQL Server takes plain connections by default", of(*SERVERS, engine="sqlserver-se")),
    works(
        "rds-force-tls",
        "AWS's group for a version that forces it",
        of(*SERVERS, engine="postgres", parameterGroupName="default.postgres16"),
    ),
    idle(
        "rds-force-tls",
        "AWS's group for a version that does not",
        of(*SERVERS, engine="postgres", parameterGroupName="default.postgres14"),
    ),
    idle(
        "rds-force-tls",
        "the right parameter in a group that nobody uses",
        of(*SERVERS, engine="mysql", engineVersion="8.0"),
        parameters("mysql8.0", require_secure_transport="1"),
    ),
    works(
        "rds-storage-encrypted",
        "the first serverless Aurora is always encrypted",
        of(types.RDS_CLUSTER, engineMode="serverless", storageEncrypted=False),
    ),
    unsure("rds-storage-encrypted", "a copy is as its snapshot", of(*SERVERS, snapshotIdentifier="snap")),
    idle("rds-backup-retention", "more days than AWS takes", of(*SERVERS, engine="postgres", backupRetentionPeriod=60)),
    unsure("rds-iam-auth", "a copy has its source's engine", of(*SERVERS, snapshotIdentifier="snap")),
    works(
        "rds-log-exports",
        "an engine that has other logs",
        of(*SERVERS, engine="oracle-ee", enabledCloudwatchLogsExports=["alert", "audit"]),
    ),
    idle(
        "rds-multi-az",
        "both members in one zone",
        of(types.RDS_CLUSTER, "aurora"),
        of(types.RDS_CLUSTER_INSTANCE, "one", clusterIdentifier=ref("aurora"), availabilityZone="eu-west-1a"),
        of(types.RDS_CLUSTER_INSTANCE, "two", clusterIdentifier=ref("aurora"), availabilityZone="eu-west-1a"),
    ),
    idle(
        "rds-managed-password",
        "a managed one beside a plain one",
        of(*SERVERS, manageMasterUserPassword=True, password="hunter2"),
    ),
    idle(
        "msk-private-authenticated",
        "strangers are let in beside IAM",
        of(types.MSK_CLUSTER, clientAuthentication={"sasl": {"iam": True}, "unauthenticated": True}),
    ),
    idle(
        "opensearch-private",
        "HTTPS from TLS 1.0",
        of(
            types.OPENSEARCH_DOMAIN,
            vpcOptions={"subnetIds": ["s"]},
            domainEndpointOptions={"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07"},
        ),
    ),
    idle(
        "efs-backed-up",
        "its own backup is switched off",
        of(types.EFS_FILE_SYSTEM, "files"),
        of(types.EFS_BACKUP_POLICY, "off", fileSystemId=ref("files"), backupPolicy={"status": "DISABLED"}),
    ),
]
