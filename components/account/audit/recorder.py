"""AWS Config: the record of what everything looked like."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.account.audit.service_use import config_bucket_use
from components.foundation.context import Context
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from settings.enums import Mode
from settings.sections.account import RecorderSettings


@dataclass(frozen=True, kw_only=True)
class RecorderArgs:
    """How the record is kept.

    Args:
        context: names and tags.
        settings: how often changes are recorded, and whose role does it.
        retention_days: how long the record is kept in S3.
        key_arn: KMS key that admits AWS Config; None for S3's own.
        access_log_bucket: name of the bucket that hears who reads and writes the files.
        keep: keep the bucket when the stack is destroyed.
    """

    context: Context
    settings: RecorderSettings
    retention_days: int
    access_log_bucket: pulumi.Input[str]
    key_arn: pulumi.Input[str] | None = None
    keep: bool = False


class Recorder(pulumi.ComponentResource):
    """A recorder of every kind of resource, and where it delivers. $0.003 per change.

    Attributes:
        bucket_arn: ARN of the bucket that it delivers to.
        started: there once it records; rules and Security Hub depend on it.
    """

    bucket_arn: pulumi.Output[str]
    started: aws.cfg.RecorderStatus

    def __init__(self, name: str, args: RecorderArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Recorder", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=context,
                expire_after_days=args.retention_days,
                statements=lambda arn: config_bucket_use(context, arn),
                key_arn=args.key_arn,
                keep=args.keep,
                access_log_bucket=args.access_log_bucket,
            ),
            opts=child,
        )
        recorder = aws.cfg.Recorder(
            f"{name}-recorder",
            role_arn=self._role(name, args),
            recording_group=aws.cfg.RecorderRecordingGroupArgs(
                all_supported=True,
                # Users, roles and policies, which are the same in every region: record them in one.
                include_global_resource_types=True,
            ),
            recording_mode=aws.cfg.RecorderRecordingModeArgs(recording_frequency=args.settings.recording.upper()),
            opts=child,
        )
        channel = aws.cfg.DeliveryChannel(
            f"{name}-channel",
            s3_bucket_name=store.bucket,
            s3_kms_key_arn=args.key_arn,
            snapshot_delivery_properties=aws.cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs(
                delivery_frequency="TwentyFour_Hours"
            ),
            # AWS Config tries to write when the channel is made, and takes no channel without a recorder.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[recorder, store.policy]),
        )
        self.started = aws.cfg.RecorderStatus(
            f"{name}-status",
            name=recorder.name,
            is_enabled=True,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[channel]),
        )
        self.bucket_arn = store.arn
        self.register_outputs({"bucket_arn": self.bucket_arn})

    def _role(self, name: str, args: RecorderArgs) -> pulumi.Output[str]:
        """AWS's own role: Security Hub calls a recorder with any other a critical finding."""
        service = "config.amazonaws.com"
        if args.settings.service_role is Mode.EXISTING:
            return args.context.arn("iam", f"role/aws-service-role/{service}/AWSServiceRoleForConfig", region="")
        return aws.iam.ServiceLinkedRole(
            f"{name}-role",
            aws_service_name=service,
            tags=args.context.tags(f"{name}-role"),
            opts=pulumi.ResourceOptions(parent=self),
        ).arn
