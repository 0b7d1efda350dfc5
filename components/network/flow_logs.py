"""Flow logs: a record of all traffic in the VPC."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs


@dataclass(frozen=True, kw_only=True)
class FlowLogsArgs:
    """Where a VPC's flow logs go.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        retention_days: how long they are kept.
        key_arn: KMS key of the bucket; its policy must admit delivery.logs.amazonaws.com. None for S3's own key.
        keep: keep the bucket when the stack is destroyed.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    retention_days: int
    key_arn: pulumi.Input[str] | None = None
    keep: bool = False


class FlowLogs(pulumi.ComponentResource):
    """All traffic, accepted and rejected, as Parquet in a private bucket. $0.25 per GB delivered.

    Attributes:
        bucket: name of the bucket.
    """

    bucket: pulumi.Output[str]

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:FlowLogs", name, None, opts)
        logs = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=args.context,
                expire_after_days=args.retention_days,
                statements=lambda arn: _delivery(args.context, arn),
                key_arn=args.key_arn,
                keep=args.keep,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.ec2.FlowLog(
            f"{name}-log",
            vpc_id=args.vpc_id,
            traffic_type="ALL",
            log_destination_type="s3",
            log_destination=logs.arn,
            max_aggregation_interval=600,
            destination_options=aws.ec2.FlowLogDestinationOptionsArgs(
                file_format="parquet", hive_compatible_partitions=True, per_hour_partition=True
            ),
            tags=args.context.tags(name),
            # Without the policy AWS would write one of its own onto the bucket. AWS refuses a second log with the same
            # destination, so a replacement comes after the deletion.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[logs.policy], delete_before_replace=True),
        )
        self.bucket = logs.bucket
        self.register_outputs({"bucket": self.bucket})


def _delivery(context: Context, bucket_arn: pulumi.Output[str]) -> list[Statement]:
    """What log delivery needs: to write below AWSLogs and to look at the bucket's ACL."""
    ours = {"aws:SourceAccount": context.account_id}
    source = {"ArnLike": {"aws:SourceArn": context.arn("logs", "*")}}
    principals = {"Service": ["delivery.logs.amazonaws.com"]}
    return [
        Statement(
            sid="FlowLogWrite",
            actions=["s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/*")],
            principals=principals,
            conditions={"StringEquals": {**ours, "s3:x-amz-acl": "bucket-owner-full-control"}, **source},
        ),
        Statement(
            sid="FlowLogAclCheck",
            actions=["s3:GetBucketAcl"],
            resources=[bucket_arn],
            principals=principals,
            conditions={"StringEquals": ours, **source},
        ),
    ]
