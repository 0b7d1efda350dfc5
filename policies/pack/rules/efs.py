"""File systems of EFS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import is_true, one_of
from policies.pack.facts.backups import selected
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import at, is_set
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


@DATA.resource(
    "efs-encrypted",
    "File systems are encrypted at rest",
    on=types.EFS_FILE_SYSTEM,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Encryption can only be chosen when the file system is made; later everything has to be copied.",
    fix="Set encrypted to true, with kmsKeyId for a key of your own.",
    anchors=("FSBP EFS.1", "checkov CKV_AWS_42", "cdk-nag AwsSolutions-EFS1", "trivy AWS-0037"),
)
def efs_encrypted(file_system: ResourceFacts) -> Outcome:
    """`encrypted`, off by default outside the console."""
    return is_true(file_system, "encrypted")


@DATA.joined(
    "efs-backed-up",
    "File systems are backed up",
    on=types.EFS_FILE_SYSTEM,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="EFS keeps no old versions: what is overwritten or deleted is gone.",
    fix='Add an aws.efs.BackupPolicy for the file system with status "ENABLED", or name it in an aws.backup.Selection.',
    anchors=("FSBP EFS.2", "checkov CKV2_AWS_18"),
)
def efs_backed_up(file_system: ResourceFacts, stack: StackFacts) -> Outcome:
    """EFS's own backup policy, or a backup selection."""
    if selection := selected(file_system, stack):
        return passed(selection)
    policies = stack.referring(file_system, types.EFS_BACKUP_POLICY, "fileSystemId")
    if policies:
        return one_of(policies[0], "backupPolicy.status", ("ENABLED",))
    if is_set(at(file_system, "availabilityZoneName")):
        return passed("AWS backs up file systems of one zone by default")
    return failed("neither a backup policy nor a backup selection covers it", "one of them")
