"""Cases of the rules in policies/pack/rules/s3.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

BUCKET = of(types.S3_BUCKET, "bucket")

NAMED = of(types.S3_BUCKET_V2, "bucket", bucket="shop-files")

FLAGS = dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)

DENIAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}

DENIAL_IF = {"Bool": {"aws:SecureTransport": "false"}}

NOT_ACTION = {
    "Effect": "Deny",
    "Principal": "*",
    "NotAction": "s3:ListAllMyBuckets",
    "Resource": "*",
    "Condition": DENIAL_IF,
}

ABORT = {"abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}

INLINE_KMS = {"rules": [{"applyServerSideEncryptionByDefaults": [{"sseAlgorithm": "aws:kms"}]}]}


def companion(kind: str, **props: object) -> Made:
    """A companion resource of the bucket, e.g. `BucketVersioning`."""
    return Made(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}", "companion", {"bucket": ref("bucket"), **props})


def encrypted(**default: object) -> Made:
    rules = [{"applyServerSideEncryptionByDefault": default}]
    return companion("BucketServerSideEncryptionConfiguration", rules=rules)


def policy(*statements: object) -> Made:
    return companion("BucketPolicy", policy=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def versioned(**props: object) -> Made:
    """A bucket with the blocks of older programs."""
    return Made(types.S3_BUCKET_V2, "bucket", props)


def written_by(token: str, **props: object) -> tuple[Made, Made]:
    """The bucket without any settings, and what writes to it."""
    return BUCKET, Made(token, "writer", props)


CASES = [
    *cases(
        "s3-public-access-block",
        passing=[
            (BUCKET, companion("BucketPublicAccessBlock", **FLAGS)),
            (NAMED, companion("BucketPublicAccessBlock", **{**FLAGS, "bucket": "shop-files"})),
            (BUCKET, Made(types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK, "account", {**FLAGS})),
        ],
        failing=[
            BUCKET,
            (BUCKET, companion("BucketPublicAccessBlock", **{**FLAGS, "blockPublicPolicy": False})),
            (BUCKET, companion("BucketPublicAccessBlock", blockPublicAcls=True)),
            (NAMED, companion("BucketPublicAccessBlock", **{**FLAGS, "bucket": "other"})),
        ],
        unknown=[(BUCKET, companion("BucketPublicAccessBlock", **{**FLAGS, "blockPublicAcls": U}))],
    ),
    *cases(
        "s3-public-access-flags",
        passing=[companion("BucketPublicAccessBlock", **FLAGS)],
        failing=[
            companion("BucketPublicAccessBlock"),
            companion("BucketPublicAccessBlock", **{**FLAGS, "ignorePublicAcls": False}),
        ],
        unknown=[companion("BucketPublicAccessBlock", **{**FLAGS, "restrictPublicBuckets": U})],
    ),
    *cases(
        "s3-encryption",
        passing=[
            (BUCKET, encrypted(sseAlgorithm="AES256")),
            (BUCKET, encrypted(sseAlgorithm="aws:kms", kmsMasterKeyId=U)),
            of(
                types.S3_BUCKET,
                serverSideEncryptionConfiguration={
                    "rule": {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}
                },
            ),
            versioned(serverSideEncryptionConfigurations=[INLINE_KMS]),
        ],
        failing=[
            BUCKET,
            (BUCKET, encrypted()),
            (BUCKET, companion("BucketServerSideEncryptionConfiguration", rules=[])),
        ],
        unknown=[
            (BUCKET, encrypted(sseAlgorithm=U)),
            (BUCKET, companion("BucketServerSideEncryptionConfiguration", rules=U)),
        ],
    ),
    *cases(
        "s3-sse-kms",
        passing=[
            (BUCKET, encrypted(sseAlgorithm="aws:kms", kmsMasterKeyId=U)),
            (BUCKET, encrypted(sseAlgorithm="aws:kms:dsse")),
            versioned(serverSideEncryptionConfigurations=[INLINE_KMS]),
        ],
        failing=[
            BUCKET,
            (BUCKET, encrypted(sseAlgorithm="AES256")),
            (NAMED, of(types.LB_LOAD_BALANCER, "writer", accessLogs={"bucket": "other"})),
            written_by(types.EC2_FLOW_LOG, logDestination=ref("bucket")),
        ],
        unknown=[
            (BUCKET, encrypted(sseAlgorithm=U)),
            (BUCKET, companion("BucketServerSideEncryptionConfiguration", rules=U)),
        ],
        skipped=[
            written_by(types.LB_LOAD_BALANCER, accessLogs=ref("bucket")),
            written_by(types.ALB_LOAD_BALANCER, connectionLogs=ref("bucket")),
            written_by(types.S3_BUCKET_LOGGING, targetBucket=ref("bucket")),
            (NAMED, of(types.LB_LOAD_BALANCER, "writer", accessLogs={"bucket": "shop-files"})),
        ],
    ),
    *cases(
        "s3-tls-only",
        passing=[
            (BUCKET, policy(DENIAL)),
            (BUCKET, policy(NOT_ACTION)),
            (BUCKET, policy({**DENIAL, "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}})),
            (NAMED, policy({**DENIAL, "Resource": ["arn:aws:s3:::shop-files", "arn:aws:s3:::shop-files/*"]})),
            (BUCKET, policy({"Effect": "Allow"}, {**DENIAL, "Principal": {"AWS": ["*"]}, "Action": ["s3:*"]})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:securetransport": [False]}}})),
            (BUCKET, companion("BucketPolicy", policy={"Statement": DENIAL})),
            of(types.S3_BUCKET, policy=json.dumps({"Statement": [DENIAL]})),
        ],
        failing=[
            BUCKET,
            (BUCKET, policy({**DENIAL, "Resource": "arn:aws:s3:::shop-files/*"})),
            (NAMED, policy({**DENIAL, "Resource": ["arn:aws:s3:::other", "arn:aws:s3:::other/*"]})),
            (BUCKET, policy({**DENIAL, "Resource": ["arn:aws:s3:::shop-files", "arn:aws:s3:::shop-files/tmp/*"]})),
            (BUCKET, policy({**DENIAL, "Condition": {**DENIAL_IF, "NumericLessThan": {"s3:TlsVersion": "1.2"}}})),
            (BUCKET, policy({**NOT_ACTION, "NotAction": ["s3:GetObject"]})),
            (BUCKET, policy()),
            (BUCKET, policy({**DENIAL, "Effect": "Allow"})),
            (BUCKET, policy({**DENIAL, "Principal": {"AWS": "arn:aws:iam::1:root"}})),
            (BUCKET, policy({**DENIAL, "Action": "s3:GetObject"})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:SecureTransport": "true"}}})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:Other": "false"}}})),
        ],
        unknown=[
            (BUCKET, companion("BucketPolicy", policy="no JSON")),
            (BUCKET, companion("BucketPolicy", policy=U)),
            (BUCKET, companion("BucketPolicy", policy={"Statement": [DENIAL, U]})),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "s3-versioning",
        passing=[
            (BUCKET, companion("BucketVersioning", versioningConfiguration={"status": "Enabled"})),
            (BUCKET, companion("BucketVersioningV2", versioningConfiguration={"status": "Enabled"})),
            of(types.S3_BUCKET, versioning={"enabled": True}),
            versioned(versionings=[{"enabled": True}]),
        ],
        failing=[
            BUCKET,
            (BUCKET, companion("BucketVersioning", versioningConfiguration={"status": "Suspended"})),
            of(types.S3_BUCKET, versioning={"enabled": False}),
            versioned(versionings=[{"enabled": False}]),
        ],
        unknown=[(BUCKET, companion("BucketVersioning", versioningConfiguration={"status": U}))],
    ),
    *cases(
        "s3-lifecycle",
        passing=[
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": "Enabled", **ABORT}])),
            (
                BUCKET,
                companion(
                    "BucketLifecycleConfigurationV2", rules=[{"status": "Enabled"}, {"status": "Enabled", **ABORT}]
                ),
            ),
            versioned(lifecycleRules=[{"enabled": True, "abortIncompleteMultipartUploadDays": 7}]),
        ],
        failing=[
            BUCKET,
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": "Enabled"}])),
            (
                BUCKET,
                companion(
                    "BucketLifecycleConfiguration", rules=[{"status": "Enabled"}, {"status": "Disabled", **ABORT}]
                ),
            ),
            (
                BUCKET,
                companion(
                    "BucketLifecycleConfiguration", rules=[{"status": "Enabled", "filter": {"prefix": "log/"}, **ABORT}]
                ),
            ),
            versioned(lifecycleRules=[{"enabled": False, "abortIncompleteMultipartUploadDays": 7}]),
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": "Disabled"}])),
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": U}])),
        ],
        unknown=[(BUCKET, companion("BucketLifecycleConfiguration", rules=U))],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "s3-access-logs",
        passing=[
            (BUCKET, companion("BucketLogging", targetBucket=ref("logs")), of(types.S3_BUCKET, "logs")),
            (BUCKET, companion("BucketLoggingV2", targetBucket="logs")),
            of(types.S3_BUCKET, logging={"targetBucket": "logs"}),
            versioned(loggings=[{"targetBucket": "logs"}]),
        ],
        failing=[
            BUCKET,
            versioned(loggings=[]),
            (of(types.S3_BUCKET, "other"), BUCKET, companion("BucketLogging", targetBucket="logs")),
            (NAMED, of(types.EC2_FLOW_LOG, "writer", logDestination="arn:aws:s3:::shop-files-2/flow")),
        ],
        unknown=[(BUCKET, companion("BucketLogging", targetBucket=U)), of(types.S3_BUCKET, logging=U)],
        unknown_is=Status.PASS,
        skipped=[
            written_by(types.S3_BUCKET_LOGGING, targetBucket=ref("bucket")),
            written_by(types.S3_BUCKET, logging=ref("bucket")),
            written_by(types.EC2_FLOW_LOG, logDestination=ref("bucket")),
            (NAMED, of(types.EC2_FLOW_LOG, "writer", logDestination="arn:aws:s3:::shop-files/flow")),
            (
                NAMED,
                of(
                    types.CLOUDFRONT_DISTRIBUTION,
                    "writer",
                    loggingConfig={"bucket": "shop-files.s3.amazonaws.com"},
                ),
            ),
            of(types.S3_BUCKET, acl="log-delivery-write"),
        ],
    ),
    *cases(
        "s3-acl-disabled",
        passing=[
            BUCKET,
            (BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": "BucketOwnerEnforced"})),
        ],
        failing=[
            (BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": "ObjectWriter"})),
            (BUCKET, companion("BucketAclV2", acl="private")),
            of(types.S3_BUCKET, acl="public-read"),
            versioned(grants=[{"type": "CanonicalUser"}]),
        ],
        unknown=[(BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": U}))],
        skipped=[written_by(types.CLOUDFRONT_DISTRIBUTION, loggingConfig=ref("bucket"))],
    ),
]
