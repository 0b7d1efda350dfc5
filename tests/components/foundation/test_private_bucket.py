"""A private bucket: closed, encrypted, versioned, with a lifecycle and a policy.

Not proven: that S3 takes the calls in this order, and that a public policy is in fact refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build


def bucket(**args: Any) -> PrivateBucket:  # noqa: ANN401
    given: dict[str, Any] = {"statements": lambda arn: [], "expire_after_days": 90, **args}
    return PrivateBucket("shop-logs", PrivateBucketArgs(context=CONTEXT, **given))


def test_children(build: Build) -> None:
    made = build(bucket)
    assert made.children == {
        "shop-logs-bucket": "aws:s3/bucket:Bucket",
        "shop-logs-public-access": "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "shop-logs-ownership": "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "shop-logs-encryption": (
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
        ),
        "shop-logs-versioning": "aws:s3/bucketVersioning:BucketVersioning",
        "shop-logs-lifecycle": "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "shop-logs-bucket-policy": "aws:s3/bucketPolicy:BucketPolicy",
    }
    own = made["shop-logs-bucket"].outputs
    parts = [name for name in made.children if name != "shop-logs-bucket"]
    assert {made.inputs(name)["bucket"] for name in parts} == {own["bucket"]}
    assert {made.preview.inputs(name)["bucket"] for name in parts} == {UNKNOWN}
    name = own["bucket"]
    assert made.attributes == made.outputs == {"bucket": name, "arn": own["arn"], "admitting": name}
    assert made.preview.attributes == made.preview.outputs == dict.fromkeys(made.outputs, UNKNOWN)


def test_nothing_is_public(build: Build) -> None:
    made = build(bucket)
    block = {key: value for key, value in made.inputs("shop-logs-public-access").items() if key != "bucket"}
    assert block == {
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    }
    assert made.inputs("shop-logs-ownership")["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


def test_old_versions_go_after_a_week_and_objects_after_their_time(build: Build) -> None:
    made = build(lambda: bucket(expire_after_days=30))
    assert made.inputs("shop-logs-versioning")["versioningConfiguration"] == {"status": "Enabled"}
    (rule,) = made.inputs("shop-logs-lifecycle")["rules"]
    assert rule["status"] == "Enabled"
    assert rule["filter"] == {"prefix": ""}
    assert rule["expiration"] == {"days": 30}
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 7}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


def test_encryption_with_s3s_own_key(build: Build) -> None:
    (rule,) = build(bucket).inputs("shop-logs-encryption")["rules"]
    assert rule == {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": False}


def test_encryption_with_a_given_key(build: Build) -> None:
    (rule,) = build(lambda: bucket(key_arn=KEY)).inputs("shop-logs-encryption")["rules"]
    assert rule == {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
        "bucketKeyEnabled": True,
    }


def test_policy_refuses_plain_http_and_admits_whoever_is_named(build: Build) -> None:
    write = Statement(sid="Write", actions=["s3:PutObject"], resources=["arn:aws:s3:::x/*"])
    made = build(lambda: bucket(statements=lambda arn: [write]))
    found = statements(made.inputs("shop-logs-bucket-policy")["policy"])
    arn = made["shop-logs-bucket"].outputs["arn"]
    assert list(found) == ["TlsOnly", "Write"]
    assert found["TlsOnly"] == {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": {"AWS": ["*"]},
        "Action": ["s3:*"],
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    assert made.preview.inputs("shop-logs-bucket-policy")["policy"] is UNKNOWN


def test_calls_that_meet_wait_for_each_other(build: Build) -> None:
    made = build(bucket)
    assert "shop-logs-public-access" in made["shop-logs-bucket-policy"].options.depends_on
    assert "shop-logs-versioning" in made["shop-logs-lifecycle"].options.depends_on


@pytest.mark.parametrize("keep", [True, False])
def test_a_bucket_to_keep_is_protected_and_never_emptied(build: Build, keep: bool) -> None:
    made = build(lambda: bucket(keep=keep))
    assert made["shop-logs-bucket"].options.protect is keep
    assert made.inputs("shop-logs-bucket")["forceDestroy"] is not keep
