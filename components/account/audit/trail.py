"""CloudTrail: the record of who did what, in every region, and its copy that alarms watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.account.audit.service_use import TRAIL, trail_bucket_use, trail_name
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from components.foundation.role import ServiceRole, ServiceRoleArgs

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class TrailArgs:
    """How the trail is kept.

    Args:
        context: names and tags.
        retention_days: how long its files are kept in S3.
        data_events: also record who read and wrote objects in S3.
        unrecorded: buckets whose objects are not recorded besides the trail's own: those that audit services write to.
        logs: retention and key of the copy that alarms watch.
        key_arn: KMS key that admits CloudTrail; None for S3's own.
        access_log_bucket: name of the bucket that hears who reads and writes the files.
        keep: keep the bucket when the stack is destroyed.
    """

    context: Context
    retention_days: int
    data_events: bool
    logs: LogPolicy
    unrecorded: Sequence[pulumi.Input[str]] = ()
    access_log_bucket: pulumi.Input[str]
    key_arn: pulumi.Input[str] | None = None
    keep: bool = False


class Trail(pulumi.ComponentResource):
    """A trail of all regions with digests of its files, in a private bucket and in a log group.

    The first copy of management events is free; data events are $0.10 per 100,000, and logs $0.50 per GB.

    Attributes:
        log_group: name of the log group that it writes to.
    """

    log_group: pulumi.Output[str]

    def __init__(self, name: str, args: TrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Trail", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=context,
                expire_after_days=args.retention_days,
                statements=lambda arn: trail_bucket_use(context, arn),
                key_arn=args.key_arn,
                keep=args.keep,
                access_log_bucket=args.access_log_bucket,
            ),
            opts=child,
        )
        group = log_group(
            f"{name}-log",
            context,
            args.logs,
            parent=self,
            physical_name=f"/{context.application}/{context.environment}/{TRAIL}",
        )
        streams = pulumi.Output.concat(
            group.arn, ":log-stream:", context.account_id, "_CloudTrail_", context.region, "*"
        )
        writer = ServiceRole(
            f"{name}-writer",
            ServiceRoleArgs(
                context=context,
                description="CloudTrail, to copy the trail to CloudWatch Logs",
                services=["cloudtrail.amazonaws.com"],
                statements=[
                    Statement(sid="Write", actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[streams])
                ],
            ),
            opts=child,
        )
        selectors = [_management()]
        if args.data_events:
            selectors.append(_objects([store.arn, *args.unrecorded]))
        aws.cloudtrail.Trail(
            f"{name}-trail",
            name=trail_name(context),
            s3_bucket_name=store.bucket,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_logging=True,
            enable_log_file_validation=True,
            kms_key_id=args.key_arn,
            cloud_watch_logs_group_arn=pulumi.Output.concat(group.arn, ":*"),
            cloud_watch_logs_role_arn=writer.arn,
            advanced_event_selectors=selectors,
            tags=context.tags(name),
            # CloudTrail tries to write when it is made.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[store.policy], delete_before_replace=True),
        )
        self.log_group = group.name
        self.register_outputs({"log_group": self.log_group})

    def alarms(self) -> list[AlarmSpec]:
        """What should wake somebody up of the trail itself."""
        return [
            AlarmSpec(
                key="trail-silent",
                title="the trail has written nothing for an hour",
                namespace="AWS/Logs",
                metric="IncomingLogEvents",
                dimensions={"LogGroupName": self.log_group},
                statistic="Sum",
                threshold=1,
                comparison=Comparison.BELOW,
                periods=1,
                period_seconds=_HOUR,
                missing_is_bad=True,
            )
        ]


def _management() -> aws.cloudtrail.TrailAdvancedEventSelectorArgs:
    """Management events, which selectors of our own would leave out."""
    field = aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs
    return aws.cloudtrail.TrailAdvancedEventSelectorArgs(
        name="management", field_selectors=[field(field="eventCategory", equals=["Management"])]
    )


def _objects(but: Sequence[pulumi.Input[str]]) -> aws.cloudtrail.TrailAdvancedEventSelectorArgs:
    """Reads and writes of objects in all buckets `but` some: a trail that records its own files feeds itself."""
    field = aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs
    return aws.cloudtrail.TrailAdvancedEventSelectorArgs(
        name="objects",
        field_selectors=[
            field(field="eventCategory", equals=["Data"]),
            field(field="resources.type", equals=["AWS::S3::Object"]),
            field(field="resources.ARN", not_starts_withs=[pulumi.Output.concat(arn, "/") for arn in but]),
        ],
    )
