"""Copies of the applications' logs somewhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, on_the_first
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import LogTarget, Severity
from settings.sections.watch.logs import LogForwardingSettings, LogSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUFFER_SECONDS: Final = 60
_LATE_SECONDS: Final = 900
_FAILED_DAYS: Final = 14

_ENDPOINTS: Final = {
    LogTarget.DATADOG: (
        "https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input",
        "https://aws-kinesis-http-intake.logs.datadoghq.eu/v1/input",
    ),
    LogTarget.NEW_RELIC: (
        "https://aws-api.newrelic.com/firehose/v1",
        "https://aws-api.eu.newrelic.com/firehose/v1",
    ),
}
"""Vendor → its American and its European intake for Firehose."""


@dataclass(frozen=True, kw_only=True)
class LogDeliveryArgs:
    """Whose logs go where.

    Args:
        context: names and tags.
        settings: an own stream, a vendor or a search engine.
        log_groups: service → name of its log group.
        logs: how Firehose's own log is kept, and the KMS key of lines that did not get through.
        access_log_bucket: name of the bucket that hears who read those.
    """

    context: Context
    settings: LogSettings
    log_groups: Mapping[str, pulumi.Input[str]]
    logs: LogPolicy
    access_log_bucket: pulumi.Input[str]


class LogDelivery(pulumi.ComponentResource):
    """Subscriptions of log groups, and the Firehose stream that they fill where one is asked for.

    $0.029 per GB through Firehose. CloudWatch takes two subscriptions per group.
    """

    def __init__(self, name: str, args: LogDeliveryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:LogDelivery", name, None, opts)
        self._stream: pulumi.Output[str] | None = None
        self._filters: list[tuple[str, pulumi.Input[str], str]] = []
        settings = args.settings
        if settings.stream_arn:
            self._subscribe(f"{name}-own", args, settings.stream_arn, settings.stream_arn)
        if settings.forwarding.to is not LogTarget.NONE:
            stream = self._firehose(name, args)
            self._subscribe(f"{name}-copy", args, stream, ":firehose:")
        self._to = settings.forwarding.to
        self.register_outputs({})

    def _subscribe(self, name: str, args: LogDeliveryArgs, arn: pulumi.Input[str], kind: str) -> None:
        """Lead every log group to a stream; `kind` is text that tells what the stream is."""
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        role_arn, service = None, "Lambda"
        if ":lambda:" not in kind:
            service = "Kinesis" if ":kinesis:" in kind else "Firehose"
            actions = ["PutRecord", "PutRecords"] if service == "Kinesis" else ["PutRecord", "PutRecordBatch"]
            role = ServiceRoleArgs(
                context=context,
                description="CloudWatch Logs, to copy lines to a stream",
                services=["logs.amazonaws.com"],
                statements=[
                    Statement(
                        sid="Write", actions=[f"{service.lower()}:{action}" for action in actions], resources=[arn]
                    )
                ],
                conditions={"ArnLike": {"aws:SourceArn": context.arn("logs", "*")}},
            )
            role_arn = ServiceRole(f"{name}-logs", role, opts=child).arn
        for key, group in args.log_groups.items():
            made = aws.cloudwatch.LogSubscriptionFilter(
                f"{name}-{key}",
                name=context.physical_name(name.rpartition("-")[2], limit=512),
                log_group=group,
                destination_arn=arn,
                filter_pattern="",
                role_arn=role_arn,
                opts=child,
            )
            self._filters.append((key, made.name, service))
        self._groups = args.log_groups

    def _firehose(self, name: str, args: LogDeliveryArgs) -> pulumi.Output[str]:
        context, forwarding, child = args.context, args.settings.forwarding, pulumi.ResourceOptions(parent=self)
        failed = PrivateBucket(
            f"{name}-failed",
            PrivateBucketArgs(
                context=context,
                expire_after_days=_FAILED_DAYS,
                statements=lambda _: [],
                key_arn=args.logs.key_arn,
                access_log_bucket=args.access_log_bucket,
            ),
            opts=child,
        )
        physical_name = context.physical_name("logs", forwarding.to.value, limit=64)
        log = log_group(
            f"{name}-log", context, args.logs, parent=self, physical_name=f"/aws/kinesisfirehose/{physical_name}"
        )
        stream_log = aws.cloudwatch.LogStream(f"{name}-errors", name="errors", log_group_name=log.name, opts=child)
        role = ServiceRoleArgs(
            context=context,
            description=f"Firehose, to pass logs on to {forwarding.to.value}",
            services=["firehose.amazonaws.com"],
            statements=_passing_on(forwarding, failed.arn, log.arn, args.logs.key_arn),
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
        )
        role_arn = ServiceRole(f"{name}-firehose", role, opts=child).arn
        kept = {"role_arn": role_arn, "bucket_arn": failed.arn, "compression_format": "GZIP"}
        told = {"enabled": True, "log_group_name": log.name, "log_stream_name": stream_log.name}
        destination = _to_search if forwarding.to is LogTarget.OPENSEARCH else _to_vendor
        stream = aws.kinesis.FirehoseDeliveryStream(
            f"{name}-stream",
            name=physical_name,
            server_side_encryption=aws.kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs(
                enabled=True, key_type="AWS_OWNED_CMK"
            ),
            tags=context.tags(f"{name}-stream"),
            opts=child,
            **destination(forwarding, role_arn, kept, told),
        )
        self._stream = stream.name
        return stream.arn

    def alarms(self) -> list[AlarmSpec]:
        """Lines that did not get through, and lines that wait too long."""
        undelivered = [
            on_the_first(
                key="log-copy-failed",
                subject=f"{service}-{kind.lower()}",
                title=f"lines of {service} did not get to {kind}",
                namespace="AWS/Logs",
                metric="DeliveryErrors",
                dimensions={"LogGroupName": self._groups[service], "DestinationType": kind, "FilterName": name},
                severity=Severity.LOW,
            )
            for service, name, kind in self._filters
        ]
        if self._stream is None:
            return undelivered
        search = self._to is LogTarget.OPENSEARCH
        late = AlarmSpec(
            key="log-copy-late",
            title="copies of the logs wait for the other side to take them",
            namespace="AWS/Firehose",
            metric=f"DeliveryTo{'AmazonOpenSearchService' if search else 'HttpEndpoint'}.DataFreshness",
            dimensions={"DeliveryStreamName": self._stream},
            statistic="Maximum",
            threshold=_LATE_SECONDS,
            periods=3,
            period_seconds=300,
            severity=Severity.LOW,
        )
        return [*undelivered, late]


def _passing_on(
    forwarding: LogForwardingSettings,
    bucket_arn: pulumi.Output[str],
    log_arn: pulumi.Output[str],
    key_arn: pulumi.Input[str] | None,
) -> list[Statement]:
    statements = [
        Statement(
            sid="KeepWhatFailed",
            actions=["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:PutObject"],
            resources=[bucket_arn, pulumi.Output.concat(bucket_arn, "/*")],
        ),
        Statement(sid="SayWhy", actions=["logs:PutLogEvents"], resources=[pulumi.Output.concat(log_arn, ":*")]),
    ]
    if key_arn is not None:
        statements.append(Statement(sid="Encrypt", actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[key_arn]))
    if forwarding.secret_arn:
        secret = forwarding.secret_arn
        statements.append(Statement(sid="ReadKey", actions=["secretsmanager:GetSecretValue"], resources=[secret]))
    if forwarding.secret_key_arn:
        statements.append(Statement(sid="DecryptKey", actions=["kms:Decrypt"], resources=[forwarding.secret_key_arn]))
    if forwarding.domain_arn:
        statements.append(
            Statement(
                sid="Index",
                actions=[
                    "es:DescribeDomain",
                    "es:DescribeDomainConfig",
                    "es:ESHttpGet",
                    "es:ESHttpPost",
                    "es:ESHttpPut",
                ],
                resources=[forwarding.domain_arn, f"{forwarding.domain_arn}/*"],
            )
        )
    return statements


def _to_vendor(
    forwarding: LogForwardingSettings, role_arn: pulumi.Output[str], kept: dict[str, Any], told: dict[str, Any]
) -> dict[str, Any]:
    return {
        "destination": "http_endpoint",
        "http_endpoint_configuration": aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationArgs(
            name=forwarding.to.value,
            url=_ENDPOINTS[forwarding.to][forwarding.europe],
            role_arn=role_arn,
            buffering_interval=_BUFFER_SECONDS,
            buffering_size=4,
            retry_duration=_BUFFER_SECONDS,
            s3_backup_mode="FailedDataOnly",
            secrets_manager_configuration=(
                aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationSecretsManagerConfigurationArgs(
                    enabled=True, secret_arn=forwarding.secret_arn, role_arn=role_arn
                )
            ),
            request_configuration=aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationRequestConfigurationArgs(
                content_encoding="GZIP"
            ),
            s3_configuration=aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationS3ConfigurationArgs(**kept),
            cloudwatch_logging_options=(
                aws.kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationCloudwatchLoggingOptionsArgs(**told)
            ),
        ),
    }


def _to_search(
    forwarding: LogForwardingSettings, role_arn: pulumi.Output[str], kept: dict[str, Any], told: dict[str, Any]
) -> dict[str, Any]:
    # CloudWatch sends lines packed by the dozen; OpenSearch wants them one by one.
    steps = (
        ("Decompression", "CompressionFormat", "GZIP"),
        ("CloudWatchLogProcessing", "DataMessageExtraction", "true"),
    )
    return {
        "destination": "opensearch",
        "opensearch_configuration": aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationArgs(
            domain_arn=forwarding.domain_arn,
            role_arn=role_arn,
            index_name="logs",
            index_rotation_period="OneDay",
            buffering_interval=_BUFFER_SECONDS,
            buffering_size=4,
            s3_backup_mode="FailedDocumentsOnly",
            s3_configuration=aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationS3ConfigurationArgs(**kept),
            cloudwatch_logging_options=(
                aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationCloudwatchLoggingOptionsArgs(**told)
            ),
            processing_configuration=aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationProcessingConfigurationArgs(
                enabled=True,
                processors=[
                    aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationProcessingConfigurationProcessorArgs(
                        type=kind,
                        parameters=[
                            aws.kinesis.FirehoseDeliveryStreamOpensearchConfigurationProcessingConfigurationProcessorParameterArgs(
                                parameter_name=key, parameter_value=value
                            )
                        ],
                    )
                    for kind, key, value in steps
                ],
            ),
        ),
    }
