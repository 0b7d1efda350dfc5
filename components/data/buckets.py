"""The application's buckets, one for each purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import ObjectLock, PrivateBucket, PrivateBucketArgs
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.store import StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import BucketPurpose, LockMode, Severity
from settings.sections.stores.buckets import BucketsSettings, BucketVariable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.event import EventSpec
    from components.foundation.store import RestoreSpec
    from settings.sections.observability import AlarmSettings

_READ: Final = ("s3:GetObject", "s3:GetObjectVersion")
_WRITE: Final = ("s3:AbortMultipartUpload", "s3:PutObject")
_MAY: Final[Mapping[BucketPurpose, Sequence[str]]] = {
    BucketPurpose.ASSETS: (*_READ, *_WRITE, "s3:DeleteObject"),
    BucketPurpose.UPLOADS: (*_READ, *_WRITE, "s3:DeleteObject"),
    BucketPurpose.BACKUPS: (*_READ, *_WRITE),
    BucketPurpose.LOGS: _WRITE,
}
"""What the application does with objects: it deletes no backups, and cannot read what it recorded."""

_COPIED: Final = (BucketPurpose.UPLOADS, BucketPurpose.BACKUPS)
"""What nobody could make again; assets come with a release, logs are for looking back."""

_DAY_SECONDS: Final = 86_400


class Buckets(pulumi.ComponentResource):
    """Private, versioned, encrypted buckets that differ in their lifecycle and in what the application may do.

    $0.023 a month per GB, half of that once it is seldom read; a copy in another region as much again.

    Attributes:
        names: the buckets' names by purpose.
        arns: their ARNs by purpose.
    """

    names: dict[BucketPurpose, pulumi.Output[str]]
    arns: dict[BucketPurpose, pulumi.Output[str]]

    def __init__(self, name: str, args: StoreArgs[BucketsSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Buckets", name, None, opts)
        self._args = args
        made = {purpose: self._bucket(name, purpose) for purpose in args.settings.purposes}
        self.names = {purpose: bucket.bucket for purpose, bucket in made.items()}
        self.arns = {purpose: bucket.arn for purpose, bucket in made.items()}
        self._copies: dict[BucketPurpose, pulumi.Output[str]] = {}
        copied = {purpose: bucket for purpose, bucket in made.items() if purpose in _COPIED}
        if (region := args.settings.copies_in(args.context.region)) and copied:
            self._replicate(name, region, copied)
        self.register_outputs({"names": {purpose.value: bucket for purpose, bucket in self.names.items()}})

    def _bucket(self, name: str, purpose: BucketPurpose, region: str | None = None, **other: Any) -> PrivateBucket:  # noqa: ANN401
        args, settings = self._args, self._args.settings
        ends = {BucketPurpose.BACKUPS: settings.backup_days, BucketPurpose.LOGS: settings.log_days}
        locked = settings.lock_days is not None and purpose is BucketPurpose.BACKUPS
        bucket: dict[str, Any] = {
            "key_arn": args.key_arn,
            "access_log_bucket": args.access_log_bucket,
            **other,
        }
        return PrivateBucket(
            f"{name}-{purpose.value}" if region is None else f"{name}-{purpose.value}-copy",
            PrivateBucketArgs(
                context=args.context,
                expire_after_days=ends.get(purpose),
                archive_after_days=settings.archive_days if purpose in _COPIED else None,
                old_version_days=settings.old_version_days,
                lock=(
                    ObjectLock(days=settings.lock_days or 0, compliance=settings.lock_mode is LockMode.COMPLIANCE)
                    if locked
                    else None
                ),
                statements=lambda _: [],
                keep=args.protect,
                region=region,
                **bucket,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _replicate(self, name: str, region: str, copied: Mapping[BucketPurpose, PrivateBucket]) -> None:
        args, child = self._args, pulumi.ResourceOptions(parent=self)
        key = EncryptionKey(
            f"{name}-copies",
            EncryptionKeyArgs(
                context=args.context,
                purpose="bucket-copies",
                deletion_window_days=args.key_deletion_days,
                protect=args.protect,
                region=region,
            ),
            opts=child,
        )
        heard = PrivateBucket(
            f"{name}-copies-log",
            PrivateBucketArgs(
                context=args.context,
                expire_after_days=args.settings.log_days,
                statements=lambda arn: [_access_log(args, arn)],
                keep=args.protect,
                region=region,
            ),
            opts=child,
        )
        for purpose, source in copied.items():
            copy = self._bucket(name, purpose, region, key_arn=key.arn, access_log_bucket=heard.bucket)
            self._copies[purpose] = copy.bucket
            role = ServiceRole(
                f"{name}-{purpose.value}-copier",
                ServiceRoleArgs(
                    context=args.context,
                    description=f"S3, to copy {purpose.value} to {region}",
                    services=["s3.amazonaws.com"],
                    statements=_copying(args, region, source.arn, copy.arn, key.arn),
                    conditions={"StringEquals": {"aws:SourceAccount": args.context.account_id}},
                ),
                opts=child,
            )
            aws.s3.BucketReplicationConfig(
                f"{name}-{purpose.value}-replication",
                bucket=source.bucket,
                role=role.arn,
                rules=[_rule(copy.arn, key.arn)],
                # S3 refuses to copy from or to a bucket that keeps no versions.
                opts=pulumi.ResourceOptions(parent=self, depends_on=[source.versioning, copy.versioning]),
            )

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """The buckets' names."""
        return {BucketVariable[purpose.name]: bucket for purpose, bucket in self.names.items()}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The buckets' names, and those of the copies."""
        copies = {f"{purpose.value}Copy": bucket for purpose, bucket in self._copies.items()}
        return {"buckets": {**{purpose.value: bucket for purpose, bucket in self.names.items()}, **copies}}

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """Nothing: old versions are the way back, and copies in another region the one after that."""
        return None

    @property
    def restored(self) -> RestoreSpec | None:
        """Nothing, as nothing is copied."""
        return None

    def statements(self) -> list[Statement]:
        """What the application may do in each bucket, and with their key through S3 alone."""
        args = self._args
        listed = [arn for purpose, arn in self.arns.items() if purpose is not BucketPurpose.LOGS]
        statements = [
            Statement(
                sid=f"Use{purpose.value.title()}",
                actions=list(_MAY[purpose]),
                resources=[pulumi.Output.concat(arn, "/*")],
            )
            for purpose, arn in self.arns.items()
        ]
        if listed:
            statements.append(Statement(sid="ListBuckets", actions=["s3:ListBucket"], resources=listed))
        if args.key_arn is not None:
            statements.append(
                Statement(
                    sid="UseBucketKey",
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=[args.key_arn],
                    conditions=_through(args, args.context.region),
                )
            )
        return statements

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Objects that did not reach the other region."""
        del thresholds
        return [
            AlarmSpec(
                key="bucket-copies",
                subject=purpose.value,
                title=f"objects of the bucket for {purpose.value} are not copied to the other region",
                namespace="AWS/S3",
                metric="OperationsFailedReplication",
                dimensions={
                    "SourceBucket": self.names[purpose],
                    "DestinationBucket": copy,
                    "RuleId": _RULE,
                },
                statistic="Sum",
                threshold=0,
                periods=1,
                period_seconds=300,
                severity=Severity.MEDIUM,
            )
            for purpose, copy in self._copies.items()
        ]

    def events(self) -> list[EventSpec]:
        """None: a bucket has no limits to run into."""
        return []

    def graphs(self) -> list[Graph]:
        """What is stored; S3 counts it once a day."""
        lines = [
            Metric(
                namespace="AWS/S3",
                metric="BucketSizeBytes",
                dimensions={"BucketName": bucket, "StorageType": "StandardStorage"},
                statistic="Average",
                label=purpose.value,
            )
            for purpose, bucket in self.names.items()
        ]
        return [Graph(title="Data in the buckets, bytes", lines=lines, period_seconds=_DAY_SECONDS)]


_RULE: Final = "all"
"""Name of the one rule of a replication."""


def _rule(copy: pulumi.Output[str], key_arn: pulumi.Output[str]) -> aws.s3.BucketReplicationConfigRuleArgs:
    destination = aws.s3.BucketReplicationConfigRuleDestinationArgs(
        bucket=copy,
        storage_class="STANDARD_IA",
        encryption_configuration=aws.s3.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs(
            replica_kms_key_id=key_arn
        ),
        metrics=aws.s3.BucketReplicationConfigRuleDestinationMetricsArgs(
            status="Enabled",
            event_threshold=aws.s3.BucketReplicationConfigRuleDestinationMetricsEventThresholdArgs(minutes=15),
        ),
        replication_time=aws.s3.BucketReplicationConfigRuleDestinationReplicationTimeArgs(
            status="Enabled",
            time=aws.s3.BucketReplicationConfigRuleDestinationReplicationTimeTimeArgs(minutes=15),
        ),
    )
    encrypted = aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs(status="Enabled")
    return aws.s3.BucketReplicationConfigRuleArgs(
        id=_RULE,
        status="Enabled",
        priority=1,
        filter=aws.s3.BucketReplicationConfigRuleFilterArgs(prefix=""),
        # A deletion here must not be one there: the copy is what is left then.
        delete_marker_replication=aws.s3.BucketReplicationConfigRuleDeleteMarkerReplicationArgs(status="Disabled"),
        # Without this S3 skips encrypted objects in silence.
        source_selection_criteria=aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaArgs(
            sse_kms_encrypted_objects=encrypted
        ),
        destination=destination,
    )


def _copying(
    args: StoreArgs[BucketsSettings],
    region: str,
    source: pulumi.Output[str],
    copy: pulumi.Output[str],
    copy_key: pulumi.Output[str],
) -> list[Statement]:
    objects = pulumi.Output.concat(source, "/*")
    decrypt = Statement(
        sid="Decrypt",
        actions=["kms:Decrypt"],
        resources=[args.key_arn or ""],
        conditions=_through(args, args.context.region),
    )
    return [
        Statement(sid="See", actions=["s3:GetReplicationConfiguration", "s3:ListBucket"], resources=[source]),
        Statement(
            sid="Read",
            actions=["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
            resources=[objects],
        ),
        Statement(
            sid="Copy",
            actions=["s3:ReplicateObject", "s3:ReplicateTags"],
            resources=[pulumi.Output.concat(copy, "/*")],
        ),
        *([decrypt] if args.key_arn is not None else []),
        Statement(
            sid="Encrypt",
            actions=["kms:Encrypt", "kms:GenerateDataKey"],
            resources=[copy_key],
            conditions=_through(args, region),
        ),
    ]


def _through(args: StoreArgs[BucketsSettings], region: str) -> dict[str, dict[str, pulumi.Input[str]]]:
    return {"StringEquals": {"kms:ViaService": f"s3.{region}.{args.context.dns_suffix}"}}


def _access_log(args: StoreArgs[BucketsSettings], arn: pulumi.Output[str]) -> Statement:
    own = f"{args.context.prefix}-*"
    return Statement(
        sid="AccessLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(arn, f"/{own}")],
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={
            "StringEquals": {"aws:SourceAccount": args.context.account_id},
            "ArnLike": {"aws:SourceArn": f"arn:{args.context.partition}:s3:::{own}"},
        },
    )
