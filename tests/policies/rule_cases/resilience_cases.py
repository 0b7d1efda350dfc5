"""Cases of the resilience rules."""

from policies.checklist.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

PLAN = "aws:backup/plan:Plan"
VAULT = "aws:backup/vault:Vault"
SELECTION = "aws:backup/selection:Selection"
BUCKET = "aws:s3/bucket:Bucket"
TABLE = of("aws:dynamodb/table:Table", "table", tags={"Backup": "yes"})
DAILY, WEEKLY = "cron(0 2 * * ? *)", "cron(0 3 ? * SUN *)"


def plan(*rules: tuple[str, object]) -> Made:
    """A backup plan of schedules and the days that their backups are kept."""
    return of(PLAN, rules=[{"schedule": s, "lifecycle": {"deleteAfter": days}} for s, days in rules])


CASES = [
    *cases(
        "backup-daily-weekly",
        passing=[
            plan((DAILY, 30), (WEEKLY, 90)),
            plan(("rate(1 day)", 14), ("cron(0 2 ? * 1 *)", "30")),
            of(PLAN, rules=[{"schedule": DAILY}, {"schedule": WEEKLY}]),
        ],
        failing=[
            of(PLAN),
            plan((DAILY, 30)),
            plan((DAILY, 7), (WEEKLY, 90)),
            plan((WEEKLY, 90), ("cron(0 2 1 * ? *)", 365)),
            plan((DAILY, 30), ("every week", 90)),
        ],
        unknown=[of(PLAN, rules=U), plan((U, 30), (WEEKLY, 90)), plan((DAILY, U), (WEEKLY, 90))],
    ),
    *cases(
        "backup-cross-region-copy",
        passing=[of(PLAN, rules=[{}, {"copyActions": [{"destinationVaultArn": "arn"}]}])],
        failing=[of(PLAN), of(PLAN, rules=[{"copyActions": []}])],
        unknown=[of(PLAN, rules=[{"copyActions": [{"destinationVaultArn": U}]}])],
        unknown_is=Status.PASS,
    ),
    *cases(
        "backup-vault-kms",
        passing=[of(VAULT, kmsKeyArn="arn")],
        failing=[of(VAULT)],
        unknown=[of(VAULT, kmsKeyArn=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "backup-covers-data",
        passing=[
            (TABLE, of(SELECTION, resources=ref("table"))),
            (TABLE, of(SELECTION, resources=["arn:aws:dynamodb:*:*:table/*"])),
            (TABLE, of(SELECTION, resources=["*"])),
            (TABLE, of(SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}])),
        ],
        failing=[
            TABLE,
            (TABLE, of(SELECTION, resources=["arn:aws:rds:*:*:db:*"])),
            (TABLE, of(SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "no"}])),
        ],
        unknown=[(TABLE, of(SELECTION, resources=U)), (TABLE, of(SELECTION, resources=[U]))],
        skipped=[of("aws:rds/instance:Instance", replicateSourceDb=U)],
    ),
    *cases(
        "stateful-protected",
        passing=[of("aws:rds/instance:Instance", protect=True), of(BUCKET, protect=True, forceDestroy=False)],
        failing=[of("aws:kms/key:Key"), of(BUCKET)],
        unknown=[of(BUCKET, forceDestroy=U)],
        skipped=[of(BUCKET, forceDestroy=True)],
    ),
]
