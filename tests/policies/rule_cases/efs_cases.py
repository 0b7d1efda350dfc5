"""Cases of the rules in policies/pack/rules/efs.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of, ref

FILES = of(types.EFS_FILE_SYSTEM, "files", tags={"Backup": "yes"})


def backup_policy(status: object) -> Made:
    return of(types.EFS_BACKUP_POLICY, fileSystemId=ref("files"), backupPolicy={"status": status})


def selection(**props: object) -> Made:
    return Made(types.BACKUP_SELECTION, "selection", props)


CASES = [
    *cases(
        "efs-encrypted",
        passing=[of(types.EFS_FILE_SYSTEM, encrypted=True, kmsKeyId=U)],
        failing=[of(types.EFS_FILE_SYSTEM), of(types.EFS_FILE_SYSTEM, encrypted=False)],
        unknown=[of(types.EFS_FILE_SYSTEM, encrypted=U)],
    ),
    *cases(
        "efs-backed-up",
        passing=[
            (FILES, backup_policy("ENABLED")),
            (FILES, selection(resources=ref("files"))),
            (FILES, selection(selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}])),
            of(types.EFS_FILE_SYSTEM, availabilityZoneName="us-east-1a"),
        ],
        failing=[
            FILES,
            (FILES, backup_policy("DISABLED")),
            (FILES, of(types.EFS_FILE_SYSTEM, "other"), selection(resources=ref("other"))),
            (of(types.EFS_FILE_SYSTEM, "files", availabilityZoneName="us-east-1a"), backup_policy("DISABLED")),
        ],
        unknown=[(FILES, backup_policy(U))],
    ),
]
