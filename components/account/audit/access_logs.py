"""Who reads and writes the audit records."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs


@dataclass(frozen=True, kw_only=True)
class AccessLogsArgs:
    """How the logs are kept.

    Args:
        context: names and tags.
        retention_days: how long.
        keep: keep the bucket when the stack is destroyed.
    """

    context: Context
    retention_days: int
    keep: bool = False


class AccessLogs(pulumi.ComponentResource):
    """A private bucket that S3 writes access logs of the account's buckets to. Free but for what it holds.

    Attributes:
        bucket: the bucket's name.
        arn: the bucket's ARN.
    """

    bucket: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: AccessLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:AccessLogs", name, None, opts)
        store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=args.context,
                expire_after_days=args.retention_days,
                statements=lambda arn: [_writer(args.context, arn)],
                keep=args.keep,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.arn = store.arn
        # S3 refuses a target that its log service may not write to.
        self.bucket = store.admitting
        self.register_outputs({"bucket": self.bucket, "arn": self.arn})


def _writer(context: Context, bucket_arn: pulumi.Output[str]) -> Statement:
    """S3's log service, for buckets of this account; those buckets need this one first and can't be named here."""
    return Statement(
        sid="AccessLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/*")],
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
    )
