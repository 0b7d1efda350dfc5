"""All findings, kept in a bucket or sent to a SIEM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.account.findings.webhook import undelivered
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import FindingsExport as Destination
from settings.sections.account import FindingsSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_BUFFER_SECONDS: Final = 300
_BUFFER_MB: Final = 5


@dataclass(frozen=True, kw_only=True)
class FindingsExportArgs:
    """Where findings go.

    Args:
        context: names and tags.
        settings: bucket or SIEM.
        sources: what EventBridge calls the services that find something.
        retention_days: how long findings are kept in S3.
        key_arn: KMS key of the bucket and the stream; None for AWS's own.
        access_log_bucket: name of the bucket that hears who reads and writes the files.
        keep: keep the bucket when the stack is destroyed.
    """

    context: Context
    settings: FindingsSettings
    sources: Sequence[str]
    retention_days: int
    access_log_bucket: pulumi.Input[str]
    key_arn: pulumi.Input[str] | None = None
    keep: bool = False


class FindingsExport(pulumi.ComponentResource):
    """A Firehose stream that every finding goes through, to a private bucket or to an HTTP endpoint. $0.029 per GB.

    Attributes:
        bucket_arn: ARN of the bucket of findings, or of those that the SIEM did not take.
    """

    bucket_arn: pulumi.Output[str]

    def __init__(self, name: str, args: FindingsExportArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:FindingsExport", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=context,
                expire_after_days=args.retention_days,
                statements=lambda _: [],
                key_arn=args.key_arn,
                keep=args.keep,
                access_log_bucket=args.access_log_bucket,
            ),
            opts=child,
        )
        deliverer = ServiceRole(
            f"{name}-deliverer",
            ServiceRoleArgs(
                context=context,
                description="Firehose, to keep findings and to send them on",
                services=["firehose.amazonaws.com"],
                statements=_delivery(args, store.arn),
            ),
            opts=child,
        )
        stream = aws.kinesis.FirehoseDeliveryStream(
            f"{name}-stream",
            **_destination(args, store.arn, deliverer.arn),
            server_side_encryption=aws.kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs(
                enabled=True,
                key_type="AWS_OWNED_CMK" if args.key_arn is None else "CUSTOMER_MANAGED_CMK",
                key_arn=args.key_arn,
            ),
            tags=context.tags(f"{name}-stream"),
            opts=child,
        )
        sender = ServiceRole(
            f"{name}-sender",
            ServiceRoleArgs(
                context=context,
                description="EventBridge, to pass findings on to Firehose",
                services=["events.amazonaws.com"],
                statements=[
                    Statement(
                        sid="Put", actions=["firehose:PutRecord", "firehose:PutRecordBatch"], resources=[stream.arn]
                    )
                ],
            ),
            opts=child,
        )
        rule = aws.cloudwatch.EventRule(
            f"{name}-rule",
            description="Every finding, to where all are kept",
            event_pattern=pulumi.Output.json_dumps({"source": list(args.sources)}),
            tags=context.tags(f"{name}-rule"),
            opts=child,
        )
        aws.cloudwatch.EventTarget(f"{name}-target", rule=rule.name, arn=stream.arn, role_arn=sender.arn, opts=child)
        self.bucket_arn = store.arn
        self._rule, self._stream, self._settings = rule.name, stream.name, args.settings
        self.register_outputs({"bucket_arn": self.bucket_arn})

    def alarms(self) -> list[AlarmSpec]:
        """Findings that do not reach the stream, and those that wait in it."""
        to = "S3" if self._settings.export is Destination.BUCKET else "HttpEndpoint"
        return [
            undelivered("export", self._rule),
            AlarmSpec(
                key="findings-undelivered",
                subject="stream",
                title="findings wait to be delivered",
                namespace="AWS/Firehose",
                metric=f"DeliveryTo{to}.DataFreshness",
                dimensions={"DeliveryStreamName": self._stream},
                statistic="Maximum",
                threshold=3 * _BUFFER_SECONDS,
                periods=1,
                period_seconds=300,
            ),
        ]


def _delivery(args: FindingsExportArgs, bucket_arn: pulumi.Output[str]) -> list[Statement]:
    """What Firehose may do: write to the bucket, with its key, and read the SIEM's key."""
    statements = [
        Statement(
            sid="Bucket",
            actions=["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            resources=[bucket_arn],
        ),
        Statement(
            sid="Objects",
            actions=["s3:AbortMultipartUpload", "s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/*")],
        ),
    ]
    if args.key_arn is not None:
        statements.append(
            Statement(sid="Key", actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[args.key_arn])
        )
    if args.settings.export is Destination.HTTP and args.settings.siem_secret_arn is not None:
        statements.append(
            Statement(
                sid="Secret", actions=["secretsmanager:GetSecretValue"], resources=[args.settings.siem_secret_arn]
            )
        )
    return statements


def _destination(
    args: FindingsExportArgs, bucket_arn: pulumi.Output[str], role_arn: pulumi.Output[str]
) -> dict[str, Any]:
    """The stream's destination as the SDK takes it."""
    kept: dict[str, Any] = {
        "role_arn": role_arn,
        "bucket_arn": bucket_arn,
        "prefix": "findings/!{timestamp:yyyy/MM/dd}/",
        "error_output_prefix": "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        "buffering_interval": _BUFFER_SECONDS,
        "buffering_size": _BUFFER_MB,
        "compression_format": "GZIP",
        "kms_key_arn": args.key_arn,
    }
    if args.settings.export is Destination.BUCKET:
        return {
            "destination": "extended_s3",
            "extended_s3_configuration": aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs(**kept),
        }
    http = aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationArgs(
        url=args.settings.siem_url or "",
        name="siem",
        role_arn=role_arn,
        s3_backup_mode="FailedDataOnly",
        s3_configuration=aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationS3ConfigurationArgs(**kept),
        secrets_manager_configuration=(
            aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationSecretsManagerConfigurationArgs(
                enabled=True, secret_arn=args.settings.siem_secret_arn, role_arn=role_arn
            )
        ),
    )
    return {"destination": "http_endpoint", "http_endpoint_configuration": http}
