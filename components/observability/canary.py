"""A robot that visits the product from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity
from settings.sections.watch.service_level import CanarySettings

SCRIPT: Final = "canaries/visit.py"
"""What Synthetics runs, from the project's directory."""

_NAMESPACE: Final = "CloudWatchSynthetics"
_KEPT_DAYS: Final = 31
_CERTIFICATE_DAYS: Final = 14
"""The visit fails later than the alarm on the certificate, which it does not see where somebody else owns it."""


@dataclass(frozen=True, kw_only=True)
class CanaryArgs:
    """What is visited.

    Args:
        context: names and tags.
        settings: how often, which pages, what is too slow.
        url: address of the product.
        health_check_path: path that answers 200.
        logs: how the log of the visits is kept, and the KMS key of what they recorded.
        access_log_bucket: name of the bucket that hears who read what they recorded.
    """

    context: Context
    settings: CanarySettings
    url: pulumi.Input[str]
    health_check_path: str
    logs: LogPolicy
    access_log_bucket: pulumi.Input[str]


class Canary(pulumi.ComponentResource):
    """A canary of CloudWatch Synthetics: $0.0012 a visit, and about a dollar a month for Lambda and S3.

    Attributes:
        name: its name in metrics.
    """

    name: pulumi.Output[str]

    def __init__(self, name: str, args: CanaryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Canary", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        physical_name = context.physical_name("visits", limit=255)
        kept = PrivateBucketArgs(
            context=context,
            expire_after_days=_KEPT_DAYS,
            expire_prefix="visits/",
            statements=lambda _: [],
            key_arn=args.logs.key_arn,
            access_log_bucket=args.access_log_bucket,
        )
        store = PrivateBucket(f"{name}-visits", kept, opts=child)
        script = aws.s3.BucketObjectv2(
            f"{name}-script",
            bucket=store.bucket,
            key="script/visit.zip",
            source=pulumi.AssetArchive({"python/visit.py": pulumi.FileAsset(SCRIPT)}),
            tags=context.tags(name),
            opts=child,
        )
        role = ServiceRoleArgs(
            context=context,
            description="The canary, to record its visits",
            services=["lambda.amazonaws.com"],
            statements=_statements(context, physical_name, store.arn, args.logs.key_arn),
        )
        canary = aws.synthetics.Canary(
            f"{name}-canary",
            name=physical_name,
            runtime_version=settings.runtime,
            handler="visit.handler",
            s3_bucket=store.bucket,
            s3_key=script.key,
            # Under the same key Synthetics would not see that the script is another.
            s3_version=script.version_id,
            artifact_s3_location=pulumi.Output.concat("s3://", store.bucket, "/visits/"),
            artifact_config=aws.synthetics.CanaryArtifactConfigArgs(s3_encryption=_encryption(args.logs.key_arn)),
            execution_role_arn=ServiceRole(f"{name}-run", role, opts=child).arn,
            schedule=aws.synthetics.CanaryScheduleArgs(expression=_rate(settings.minutes)),
            run_config=_run(args),
            success_retention_period=_KEPT_DAYS,
            failure_retention_period=_KEPT_DAYS,
            start_canary=True,
            # Otherwise its function and layers stay when it goes.
            delete_lambda=True,
            tags=context.tags(name),
            opts=child,
        )
        # Its role can't make groups, so that the one that keeps lines for ever never comes to be; this one takes the
        # lines from the moment it is there.
        log_group(f"{name}-log", context, args.logs, parent=self, physical_name=canary.engine_arn.apply(_log_of))
        self.name, self._settings = canary.name, settings
        self.register_outputs({"name": self.name})

    def alarms(self) -> list[AlarmSpec]:
        """Visits that failed or did not happen, and visits that took too long."""
        period = max(self._settings.minutes, 5) * 60
        failed = AlarmSpec(
            key="visit-failed",
            title="a visit from outside failed: health check, a page or the certificate",
            namespace=_NAMESPACE,
            metric="SuccessPercent",
            dimensions={"CanaryName": self.name},
            statistic="Average",
            threshold=90,
            comparison=Comparison.BELOW,
            periods=3,
            enough=2,
            period_seconds=period,
            missing_is_bad=True,
            severity=Severity.CRITICAL,
        )
        slow = AlarmSpec(
            key="visit-slow",
            title="visits from outside take too long",
            namespace=_NAMESPACE,
            metric="Duration",
            dimensions={"CanaryName": self.name},
            statistic="Average",
            threshold=self._settings.slow_seconds * 1000,
            periods=3,
            period_seconds=period,
            severity=Severity.MEDIUM,
        )
        return [failed, slow]

    def graphs(self) -> list[Graph]:
        """How visits went."""
        here = {"CanaryName": self.name}
        lines = [Metric(namespace=_NAMESPACE, metric="SuccessPercent", dimensions=here, statistic="Average")]
        return [Graph(title="Visits from outside that succeeded, %", lines=lines, period_seconds=300)]


def _rate(minutes: int) -> str:
    return f"rate({minutes} minute{'s' if minutes > 1 else ''})"


def _log_of(engine_arn: str) -> str:
    """Where the visitor's function writes: `engine_arn` without what is before its name, and without its version."""
    return f"/aws/lambda/{engine_arn.rpartition(':function:')[2].partition(':')[0]}"


def _encryption(key_arn: pulumi.Input[str] | None) -> aws.synthetics.CanaryArtifactConfigS3EncryptionArgs:
    if key_arn is None:
        return aws.synthetics.CanaryArtifactConfigS3EncryptionArgs(encryption_mode="SSE_S3")
    return aws.synthetics.CanaryArtifactConfigS3EncryptionArgs(encryption_mode="SSE_KMS", kms_key_arn=key_arn)


def _run(args: CanaryArgs) -> aws.synthetics.CanaryRunConfigArgs:
    """What the script visits, and how long it may take for it."""
    variables: dict[str, pulumi.Input[str]] = {
        "VISIT_URL": args.url,
        "VISIT_HEALTH": args.health_check_path,
        "VISIT_PATHS": json.dumps(list(args.settings.paths)),
        "VISIT_CERTIFICATE_DAYS": str(_CERTIFICATE_DAYS),
    }
    return aws.synthetics.CanaryRunConfigArgs(timeout_in_seconds=60, environment_variables=variables)


def _statements(
    context: Context, canary: str, bucket_arn: pulumi.Output[str], key_arn: pulumi.Input[str] | None
) -> list[Statement]:
    group = f"log-group:/aws/lambda/cwsyn-{canary}-*"
    key = []
    if key_arn is not None:
        key = [Statement(sid="Encrypt", actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[key_arn])]
    return [
        *key,
        Statement(
            sid="RecordVisits",
            actions=["s3:GetObject", "s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/visits/*")],
        ),
        Statement(sid="FindBucket", actions=["s3:GetBucketLocation"], resources=[bucket_arn]),
        Statement(
            sid="ListBuckets",
            actions=["s3:ListAllMyBuckets"],
            resources=["*"],
            wildcard_reason="the action takes no resource",
        ),
        Statement(
            sid="WriteLog",
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[context.arn("logs", f"{group}:*")],
        ),
        Statement(
            sid="Measure",
            actions=["cloudwatch:PutMetricData"],
            resources=["*"],
            conditions={"StringEquals": {"cloudwatch:namespace": _NAMESPACE}},
            wildcard_reason="the action takes no resource",
        ),
    ]
