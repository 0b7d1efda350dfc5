"""Cases of the rules about EFS."""

from tests.policies.building import Made, U, cases, of, ref

EFS = "aws:efs/fileSystem:FileSystem"
FILES = of(EFS, "files", tags={"Backup": "yes"})


def backup_policy(status: object) -> Made:
    return of("aws:efs/backupPolicy:BackupPolicy", fileSystemId=ref("files"), backupPolicy={"status": status})


def selection(**props: object) -> Made:
    return Made("aws:backup/selection:Selection", "selection", props)


CASES = [
    *cases(
        "efs-encrypted",
        passing=[of(EFS, encrypted=True, kmsKeyId=U)],
        failing=[of(EFS), of(EFS, encrypted=False)],
        unknown=[of(EFS, encrypted=U)],
    ),
    *cases(
        "efs-backed-up",
        passing=[
            (FILES, backup_policy("ENABLED")),
            (FILES, selection(resources=ref("files"))),
            (FILES, selection(selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}])),
            of(EFS, availabilityZoneName="us-east-1a"),
        ],
        failing=[
            FILES,
            (FILES, backup_policy("DISABLED")),
            (FILES, of(EFS, "other"), selection(resources=ref("other"))),
            (of(EFS, "files", availabilityZoneName="us-east-1a"), backup_policy("DISABLED")),
        ],
        unknown=[(FILES, backup_policy(U))],
    ),
]
