"""Cases of the rules in policies/pack/rules/backup.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

TABLE = of(types.DYNAMODB_TABLE, "table", tags={"Backup": "yes"})

DAILY, WEEKLY = "cron(0 2 * * ? *)", "cron(0 3 ? * SUN *)"


def tagged(value: str, operator: str = "stringEquals") -> list[object]:
    """A selection's conditions: the tag `Backup` with a value."""
    return [{operator: [{"key": "aws:ResourceTag/Backup", "value": value}]}]


def restoring(schedule: object) -> Made:
    return of(types.BACKUP_RESTORE_TESTING_PLAN, "test", scheduleExpression=schedule)


AT_HOME = of("pulumi:providers:aws", "aws", region="eu-central-1")


def copying(arn: object, *more: Made) -> tuple[Made, ...]:
    """A plan in Frankfurt that copies its backups, with the vaults that the stack makes."""
    rules = ref(*(vault.name for vault in more)) if more else [{"copyActions": [{"destinationVaultArn": arn}]}]
    return (of(types.BACKUP_PLAN, provider="aws", rules=rules), AT_HOME, *more)


def plan(*rules: tuple[str, object]) -> Made:
    """A backup plan of schedules and the days that their backups are kept."""
    return of(types.BACKUP_PLAN, rules=[{"schedule": s, "lifecycle": {"deleteAfter": days}} for s, days in rules])


CASES = [
    *cases(
        "backup-daily-weekly",
        passing=[
            plan((DAILY, 30), (WEEKLY, 90)),
            plan(("rate(1 day)", 14), ("cron(0 2 ? * 1 *)", "30")),
            of(types.BACKUP_PLAN, rules=[{"schedule": DAILY}, {"schedule": WEEKLY}]),
        ],
        failing=[
            of(types.BACKUP_PLAN),
            plan((DAILY, 30)),
            plan((DAILY, 7), (WEEKLY, 90)),
            plan((WEEKLY, 90), ("cron(0 2 1 * ? *)", 365)),
            plan((DAILY, 30), ("every week", 90)),
        ],
        unknown=[of(types.BACKUP_PLAN, rules=U), plan((U, 30), (WEEKLY, 90)), plan((DAILY, U), (WEEKLY, 90))],
    ),
    *cases(
        "backup-cross-region-copy",
        passing=[],
        failing=[
            of(types.BACKUP_PLAN),
            of(types.BACKUP_PLAN, rules=[{"copyActions": []}]),
            copying("arn:aws:backup:eu-central-1:123456789012:backup-vault:other"),
        ],
        unknown=[
            of(types.BACKUP_PLAN, rules=[{"copyActions": [{"destinationVaultArn": U}]}]),
            of(types.BACKUP_PLAN, rules=[{}, {"copyActions": [{"destinationVaultArn": "arn"}]}]),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "backup-cross-region-copy",
        passing=[copying("arn:aws:backup:eu-west-1:123456789012:backup-vault:other")],
        failing=[],
        unknown=[copying(U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "backup-vault-kms",
        passing=[of(types.BACKUP_VAULT, kmsKeyArn="arn")],
        failing=[of(types.BACKUP_VAULT)],
        unknown=[of(types.BACKUP_VAULT, kmsKeyArn=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "backup-covers-data",
        passing=[
            (TABLE, of(types.BACKUP_SELECTION, resources=ref("table"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["arn:aws:dynamodb:*:*:table/*"])),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"])),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("yes"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("y*", "stringLikes"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("no", "stringNotEquals"))),
            (of(types.EBS_VOLUME), of(types.BACKUP_SELECTION, "every", resources=["arn:aws:ec2:*:*:volume/*"])),
            (
                TABLE,
                of(types.BACKUP_SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}]),
            ),
        ],
        failing=[
            TABLE,
            (TABLE, of(types.BACKUP_SELECTION, resources=["arn:aws:rds:*:*:db:*"])),
            (
                TABLE,
                of(types.BACKUP_SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "no"}]),
            ),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("no"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("yes", "stringNotEquals"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("y*", "stringNotLikes"))),
            (TABLE, of(types.BACKUP_SELECTION, resources=["*"], conditions=tagged("n*", "stringLikes"))),
            of(types.EBS_VOLUME),
        ],
        unknown=[(TABLE, of(types.BACKUP_SELECTION, resources=U)), (TABLE, of(types.BACKUP_SELECTION, resources=[U]))],
        skipped=[of(types.RDS_INSTANCE, replicateSourceDb=U)],
    ),
    *cases(
        "backup-vault-locked",
        passing=[
            (
                of(types.BACKUP_VAULT),
                of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName=ref("it"), minRetentionDays=7),
            ),
            (
                of(types.BACKUP_VAULT, name="main"),
                of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName="main", minRetentionDays="30"),
            ),
        ],
        failing=[
            of(types.BACKUP_VAULT),
            (of(types.BACKUP_VAULT), of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName=ref("it"))),
            (
                of(types.BACKUP_VAULT),
                of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName="other", minRetentionDays=7),
            ),
        ],
        unknown=[
            (
                of(types.BACKUP_VAULT),
                of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName=ref("it"), minRetentionDays=U),
            )
        ],
    ),
    *cases(
        "restore-tested",
        passing=[
            (
                of(types.BACKUP_PLAN),
                restoring("cron(0 5 ? * SUN *)"),
                of(types.BACKUP_RESTORE_TESTING_SELECTION, "kind"),
            )
        ],
        failing=[
            of(types.BACKUP_PLAN),
            (of(types.BACKUP_PLAN), of(types.BACKUP_RESTORE_TESTING_PLAN)),
            (of(types.BACKUP_PLAN), restoring("cron(0 5 ? * SUN *)")),
        ],
        unknown=[(of(types.BACKUP_PLAN), restoring(U), of(types.BACKUP_RESTORE_TESTING_SELECTION, "kind"))],
        unknown_is=Status.PASS,
        skipped=[TABLE],
    ),
]
