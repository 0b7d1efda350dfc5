"""Cases of the rules about S3."""

import json

from policies.checklist.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

BUCKET = of("aws:s3/bucket:Bucket", "bucket")
NAMED = of("aws:s3/bucketV2:BucketV2", "bucket", bucket="shop-files")
FLAGS = dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)
DENIAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def companion(kind: str, **props: object) -> Made:
    """A companion resource of the bucket, e.g. `BucketVersioning`."""
    return Made(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}", "companion", {"bucket": ref("bucket"), **props})


def encrypted(**default: object) -> Made:
    rules = [{"applyServerSideEncryptionByDefault": default}]
    return companion("BucketServerSideEncryptionConfiguration", rules=rules)


def policy(*statements: object) -> Made:
    return companion("BucketPolicy", policy=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


CASES = [
    *cases(
        "s3-public-access-block",
        passing=[
            (BUCKET, companion("BucketPublicAccessBlock", **FLAGS)),
            (NAMED, companion("BucketPublicAccessBlock", **{**FLAGS, "bucket": "shop-files"})),
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
        "s3-encryption",
        passing=[
            (BUCKET, encrypted(sseAlgorithm="AES256")),
            (BUCKET, encrypted(sseAlgorithm="aws:kms", kmsMasterKeyId=U)),
            of(
                "aws:s3/bucket:Bucket",
                serverSideEncryptionConfiguration={
                    "rule": {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}
                },
            ),
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
        "s3-tls-only",
        passing=[
            (BUCKET, policy(DENIAL)),
            (BUCKET, policy({"Effect": "Allow"}, {**DENIAL, "Principal": {"AWS": ["*"]}, "Action": ["s3:*"]})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:securetransport": [False]}}})),
            (BUCKET, companion("BucketPolicy", policy={"Statement": DENIAL})),
            of("aws:s3/bucket:Bucket", policy=json.dumps({"Statement": [DENIAL]})),
        ],
        failing=[
            BUCKET,
            (BUCKET, policy()),
            (BUCKET, companion("BucketPolicy", policy="no JSON")),
            (BUCKET, policy({**DENIAL, "Effect": "Allow"})),
            (BUCKET, policy({**DENIAL, "Principal": {"AWS": "arn:aws:iam::1:root"}})),
            (BUCKET, policy({**DENIAL, "Action": "s3:GetObject"})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:SecureTransport": "true"}}})),
            (BUCKET, policy({**DENIAL, "Condition": {"Bool": {"aws:Other": "false"}}})),
        ],
        unknown=[
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
            of("aws:s3/bucket:Bucket", versioning={"enabled": True}),
        ],
        failing=[
            BUCKET,
            (BUCKET, companion("BucketVersioning", versioningConfiguration={"status": "Suspended"})),
            of("aws:s3/bucket:Bucket", versioning={"enabled": False}),
        ],
        unknown=[(BUCKET, companion("BucketVersioning", versioningConfiguration={"status": U}))],
    ),
    *cases(
        "s3-lifecycle",
        passing=[(BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": "Enabled"}]))],
        failing=[
            BUCKET,
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": "Disabled"}])),
            (BUCKET, companion("BucketLifecycleConfiguration", rules=[{"status": U}])),
        ],
        unknown=[(BUCKET, companion("BucketLifecycleConfiguration", rules=U))],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "s3-acl-disabled",
        passing=[
            BUCKET,
            (BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": "BucketOwnerEnforced"})),
        ],
        failing=[(BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": "ObjectWriter"}))],
        unknown=[(BUCKET, companion("BucketOwnershipControls", rule={"objectOwnership": U}))],
    ),
]
