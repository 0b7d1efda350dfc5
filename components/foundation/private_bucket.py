"""A bucket that nobody outside the account can reach, with a lifecycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, kw_only=True)
class PrivateBucketArgs:
    """What a bucket holds and for how long.

    Args:
        context: names and tags.
        expire_after_days: age at which objects go.
        expire_prefix: the only objects that go; empty for all.
        statements: who else may use it, made from the bucket's ARN.
        key_arn: KMS key; None for S3's own key, the only one that load balancers can write with.
        keep: refuse to delete the bucket while it holds objects, and protect it.
        access_log_bucket: name of the bucket that hears who reads and writes this one; None for a bucket of logs.
    """

    context: Context
    expire_after_days: int
    statements: Callable[[pulumi.Output[str]], Sequence[Statement]]
    key_arn: pulumi.Input[str] | None = None
    keep: bool = False
    access_log_bucket: pulumi.Input[str] | None = None
    expire_prefix: str = ""


class PrivateBucket(pulumi.ComponentResource):
    """An encrypted, versioned bucket without ACLs or public access, reached over TLS only. $0.023 a month per GB.

    Attributes:
        bucket: the bucket's name.
        arn: the bucket's ARN.
        policy: the bucket policy; what writes to the bucket depends on it.
        admitting: the bucket's name, once its policy is there, for what refuses a bucket that it may not write to.
    """

    bucket: pulumi.Output[str]
    arn: pulumi.Output[str]
    policy: aws.s3.BucketPolicy
    admitting: pulumi.Output[str]

    def __init__(self, name: str, args: PrivateBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:foundation:PrivateBucket", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        bucket = aws.s3.Bucket(
            f"{name}-bucket",
            force_destroy=not args.keep,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.keep),
        )
        self.bucket, self.arn = bucket.bucket, bucket.arn
        block = aws.s3.BucketPublicAccessBlock(
            f"{name}-public-access",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        aws.s3.BucketOwnershipControls(
            f"{name}-ownership",
            bucket=bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=child,
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encryption",
            bucket=bucket.bucket,
            rules=[_encryption(args.key_arn)],
            opts=child,
        )
        versioning = aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=child,
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle",
            bucket=bucket.bucket,
            rules=_lifecycle(args.expire_after_days, args.expire_prefix),
            # S3 refuses rules for old versions on a bucket that does not keep any.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioning]),
        )
        self.policy = aws.s3.BucketPolicy(
            f"{name}-bucket-policy",
            bucket=bucket.bucket,
            policy=policy_document(_tls_only(bucket.arn), *args.statements(bucket.arn)),
            # Both calls change the bucket's public-access state; S3 answers 409 when they meet.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[block]),
        )
        self.admitting = pulumi.Output.all(bucket.bucket, self.policy.id).apply(lambda known: known[0])
        if args.access_log_bucket is not None:
            aws.s3.BucketLogging(
                f"{name}-access-log",
                bucket=bucket.bucket,
                target_bucket=args.access_log_bucket,
                target_prefix=f"{name}/",
                opts=child,
            )
        self.register_outputs({"bucket": self.bucket, "arn": self.arn, "admitting": self.admitting})


def _encryption(key_arn: pulumi.Input[str] | None) -> aws.s3.BucketServerSideEncryptionConfigurationRuleArgs:
    default: dict[str, Any] = {"sse_algorithm": "AES256"}
    if key_arn is not None:
        default = {"sse_algorithm": "aws:kms", "kms_master_key_id": key_arn}
    return aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
        apply_server_side_encryption_by_default=(
            aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(**default)
        ),
        # One data key per bucket instead of one per object: far fewer KMS requests.
        bucket_key_enabled=key_arn is not None,
    )


def _lifecycle(days: int, prefix: str) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """Objects that go, and in every case old versions and broken uploads."""
    expire = aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days)
    everything = aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire" if not prefix else "tidy",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=expire if not prefix else None,
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=7
        ),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=7
        ),
    )
    if not prefix:
        return [everything]
    some = aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        expiration=expire,
    )
    return [everything, some]


def _tls_only(arn: pulumi.Output[str]) -> Statement:
    return Statement(
        sid="TlsOnly",
        effect="Deny",
        actions=["s3:*"],
        resources=[arn, pulumi.Output.concat(arn, "/*")],
        principals={"AWS": ["*"]},
        conditions={"Bool": {"aws:SecureTransport": "false"}},
        wildcard_reason="a denial for everybody",
    )
