"""A file system of EFS that tasks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.mount import Mount
from components.foundation.policy_document import Statement, policy_document
from components.foundation.store import RestoreSpec, StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import FileThroughput, Severity
from settings.sections.stores.files import FilesSettings, FilesVariable

if TYPE_CHECKING:
    from components.foundation.event import EventSpec
    from settings.sections.observability import AlarmSettings

_OWNER: Final = 65534
"""User and group that everything on it belongs to, whoever the container runs as."""

_BUSY_PERCENT: Final = 90
_LEAST_CREDITS: Final = 100 * 1024**3
"""Bytes of burst credits below which a small file system soon becomes slow: an hour at 30 MB a second."""


class Files(pulumi.ComponentResource):
    """An encrypted file system with a mount target in each zone, reached over TLS by roles that may.

    $0.30 a month per GB, $0.025 for what nobody reads.

    Attributes:
        id: the file system's id.
        arn: its ARN.
    """

    id: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: StoreArgs[FilesSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Files", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        self._settings, self._elastic = settings, settings.throughput is FileThroughput.ELASTIC
        system = aws.efs.FileSystem(
            f"{name}-system",
            encrypted=True,
            kms_key_id=args.key_arn,
            throughput_mode=settings.throughput.value,
            lifecycle_policies=_lifecycle(settings.archive_days),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.id, self.arn = system.id, system.arn
        aws.efs.BackupPolicy(
            f"{name}-backup",
            file_system_id=system.id,
            backup_policy=aws.efs.BackupPolicyBackupPolicyArgs(status="ENABLED"),
            opts=child,
        )
        aws.efs.FileSystemPolicy(
            f"{name}-system-policy",
            file_system_id=system.id,
            policy=policy_document(*_rules(context.arn("iam", "root", region=""), system.arn)),
            opts=child,
        )
        targets = [
            aws.efs.MountTarget(
                f"{name}-target-{zone[-1]}",
                file_system_id=system.id,
                subnet_id=subnet,
                security_groups=[args.security_group_id] if args.security_group_id else None,
                opts=child,
            )
            for zone, subnet in zip(args.zones, args.subnet_ids, strict=True)
        ]
        point = aws.efs.AccessPoint(
            f"{name}-point",
            file_system_id=system.id,
            posix_user=aws.efs.AccessPointPosixUserArgs(uid=_OWNER, gid=_OWNER),
            root_directory=aws.efs.AccessPointRootDirectoryArgs(
                path="/application",
                creation_info=aws.efs.AccessPointRootDirectoryCreationInfoArgs(
                    owner_uid=_OWNER, owner_gid=_OWNER, permissions="0750"
                ),
            ),
            tags=context.tags(f"{name}-point"),
            opts=child,
        )
        self._point_arn = point.arn
        # A task that starts before its zone has a target does not start at all.
        ready = pulumi.Output.all(point.id, *(target.id for target in targets)).apply(lambda known: str(known[0]))
        self.mounts = [Mount(name="files", path=settings.mount_path, file_system_id=system.id, access_point_id=ready)]
        self.register_outputs({"id": self.id, "arn": self.arn})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the files are."""
        return {FilesVariable.PATH: self._settings.mount_path}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The file system's id."""
        return {"fileSystemId": self.id}

    @property
    def backed_up(self) -> pulumi.Output[str]:
        """The file system."""
        return self.arn

    @property
    def restored(self) -> RestoreSpec:
        """A file system of its own: AWS Backup never writes over the old one."""
        return RestoreSpec(kind="EFS", arn=self.arn)

    def statements(self) -> list[Statement]:
        """What a task may do: mount it and write, through the one access point."""
        return [
            Statement(
                sid="UseFiles",
                actions=["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                resources=[self.arn],
                conditions={"StringEquals": {"elasticfilesystem:AccessPointArn": self._point_arn}},
            )
        ]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """What makes every file slow: operations at their limit, and credits that run out."""
        del thresholds
        if self._elastic:
            return [self._alarm("", "the file system is at its limit", "PercentIOLimit", _BUSY_PERCENT)]
        title = "the file system soon becomes slow"
        return [self._alarm("credits", title, "BurstCreditBalance", _LEAST_CREDITS, below=True)]

    def _alarm(self, subject: str, title: str, metric: str, threshold: float, *, below: bool = False) -> AlarmSpec:
        return AlarmSpec(
            key="files-slow",
            subject=subject,
            title=title,
            namespace="AWS/EFS",
            metric=metric,
            dimensions={"FileSystemId": self.id},
            statistic="Minimum" if below else "Maximum",
            threshold=threshold,
            periods=15,
            comparison=Comparison.BELOW if below else Comparison.ABOVE,
            severity=Severity.MEDIUM,
        )

    def events(self) -> list[EventSpec]:
        """None: EFS tells EventBridge nothing."""
        return []

    def graphs(self) -> list[Graph]:
        """What is read and written, and by how many."""

        def lines(statistic: str, **metrics: str) -> list[Metric]:
            return [
                Metric(
                    namespace="AWS/EFS",
                    metric=metric,
                    dimensions={"FileSystemId": self.id},
                    statistic=statistic,
                    label=label,
                )
                for label, metric in metrics.items()
            ]

        return [
            Graph(title="Bytes of files", lines=lines("Sum", read="DataReadIOBytes", written="DataWriteIOBytes")),
            Graph(title="Clients of the files", lines=lines("Sum", clients="ClientConnections")),
            Graph(title="Limit of the files in use, %", lines=lines("Maximum", limit="PercentIOLimit")),
        ]


def _lifecycle(days: int | None) -> list[aws.efs.FileSystemLifecyclePolicyArgs] | None:
    """Seldom read files become cheaper, and dearer again with the first read; EFS takes one key per entry."""
    if days is None:
        return None
    after = f"AFTER_{days}_DAY" if days == 1 else f"AFTER_{days}_DAYS"
    return [
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_ia=after),
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_primary_storage_class="AFTER_1_ACCESS"),
    ]


def _rules(account: pulumi.Output[str], arn: pulumi.Output[str]) -> list[Statement]:
    """TLS only, and nobody without IAM: a policy that allows nothing else takes away what anybody in the VPC could."""
    return [
        Statement(
            sid="TlsOnly",
            effect="Deny",
            actions=["*"],
            resources=[arn],
            principals={"AWS": ["*"]},
            conditions={"Bool": {"aws:SecureTransport": "false"}},
            wildcard_reason="a denial for everybody",
        ),
        Statement(
            sid="Account",
            actions=["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            resources=[arn],
            principals={"AWS": [account]},
            conditions={"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
        ),
    ]
