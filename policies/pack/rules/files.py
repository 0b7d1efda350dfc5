"""Data, continued: EFS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of
from ..levels import ALWAYS, mandatory_from
from ..rule import Layer, Severity
from ..values import at, is_set
from ..verdict import Outcome, Status, failed, passed
from . import resilience

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("data")

FILE_SYSTEM: Final = "aws:efs/fileSystem:FileSystem"
BACKUP_POLICY: Final = "aws:efs/backupPolicy:BackupPolicy"


@layer.resource(
    "efs-encrypted",
    "File systems are encrypted at rest",
    on=FILE_SYSTEM,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Encryption can only be chosen when the file system is made; later everything has to be copied.",
    fix="Set encrypted to true, with kmsKeyId for a key of your own.",
    anchors=("FSBP EFS.1", "checkov CKV_AWS_42", "cdk-nag AwsSolutions-EFS1", "trivy AWS-0037"),
    items=(78, 85),
)
def efs_encrypted(file_system: ResourceFacts) -> Outcome:
    """`encrypted`, off by default outside the console."""
    return is_true(file_system, "encrypted")


@layer.joined(
    "efs-backed-up",
    "File systems are backed up",
    on=FILE_SYSTEM,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="EFS keeps no old versions: what is overwritten or deleted is gone.",
    fix='Add an aws.efs.BackupPolicy for the file system with status "ENABLED", or name it in an aws.backup.Selection.',
    anchors=("FSBP EFS.2", "checkov CKV2_AWS_18"),
    items=(85, 151),
)
def efs_backed_up(file_system: ResourceFacts, stack: StackFacts) -> Outcome:
    """EFS's own backup policy, or a backup selection."""
    planned = resilience.backup_covers_data.check(file_system, stack)
    if planned is not None and planned.status is Status.PASS:
        return planned
    policies = stack.referring(file_system, BACKUP_POLICY, "fileSystemId")
    if policies:
        return one_of(policies[0], "backupPolicy.status", ("ENABLED",))
    if is_set(at(file_system, "availabilityZoneName")):
        return passed("AWS backs up file systems of one zone by default")
    return failed("neither a backup policy nor a backup selection covers it", "one of them")
