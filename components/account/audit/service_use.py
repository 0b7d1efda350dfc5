"""What the audit services may do with the stack's key and with the buckets that they write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi

from components.foundation.encryption_key import service_use
from components.foundation.policy_document import Statement

if TYPE_CHECKING:
    from components.foundation.context import Context

TRAIL: Final = "trail"
"""Last part of the trail's name, which the policies of its key and bucket need before it exists."""


def trail_name(context: Context) -> str:
    """The trail's physical name."""
    return context.physical_name(TRAIL, limit=128)


def trail_arn(context: Context) -> pulumi.Output[str]:
    """The trail's ARN, known before it exists."""
    return context.arn("cloudtrail", f"trail/{trail_name(context)}")


def trail_key_use(context: Context) -> list[Statement]:
    """CloudTrail encrypts its files, as our trail and for our account only."""
    source = {"StringEquals": {"aws:SourceArn": trail_arn(context)}}
    encrypted = context.arn("cloudtrail", "trail/*", region="*")
    reason = "a key policy's resource is the key itself"
    principals = {"Service": ["cloudtrail.amazonaws.com"]}
    return [
        Statement(
            sid="TrailEncrypt",
            actions=["kms:GenerateDataKey*"],
            resources=["*"],
            principals=principals,
            conditions={**source, "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": encrypted}},
            wildcard_reason=reason,
        ),
        Statement(
            sid="TrailDescribe",
            actions=["kms:DescribeKey"],
            resources=["*"],
            principals=principals,
            conditions=source,
            wildcard_reason=reason,
        ),
    ]


def config_key_use(context: Context) -> list[Statement]:
    """AWS Config writes its record, for our account only."""
    return [service_use("Config", "config.amazonaws.com", _ours(context))]


def trail_bucket_use(context: Context, bucket_arn: pulumi.Output[str]) -> list[Statement]:
    """CloudTrail looks at the bucket's ACL and writes below the account's prefix, as our trail only."""
    return _writer("Trail", "cloudtrail.amazonaws.com", context, bucket_arn, {"aws:SourceArn": trail_arn(context)})


def config_bucket_use(context: Context, bucket_arn: pulumi.Output[str]) -> list[Statement]:
    """AWS Config looks at the bucket and writes below the account's prefix, for our account only."""
    ours = _ours(context)["StringEquals"]
    look = Statement(
        sid="ConfigList",
        actions=["s3:ListBucket"],
        resources=[bucket_arn],
        principals={"Service": ["config.amazonaws.com"]},
        conditions={"StringEquals": ours},
    )
    return [look, *_writer("Config", "config.amazonaws.com", context, bucket_arn, ours)]


def _writer(
    sid: str,
    service: str,
    context: Context,
    bucket_arn: pulumi.Output[str],
    source: dict[str, pulumi.Input[str]],
) -> list[Statement]:
    principals = {"Service": [service]}
    return [
        Statement(
            sid=f"{sid}AclCheck",
            actions=["s3:GetBucketAcl"],
            resources=[bucket_arn],
            principals=principals,
            conditions={"StringEquals": source},
        ),
        Statement(
            sid=f"{sid}Write",
            actions=["s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/", context.account_id, "/*")],
            principals=principals,
            conditions={"StringEquals": {**source, "s3:x-amz-acl": "bucket-owner-full-control"}},
        ),
    ]


def _ours(context: Context) -> dict[str, dict[str, pulumi.Input[str]]]:
    return {"StringEquals": {"aws:SourceAccount": context.account_id}}
