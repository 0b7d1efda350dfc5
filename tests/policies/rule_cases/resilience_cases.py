"""Cases of the resilience rules."""

from policies.pack.verdict import Status
from tests.policies.building import PROVIDER, Made, U, cases, of, ref

PLAN = "aws:backup/plan:Plan"
VAULT = "aws:backup/vault:Vault"
SELECTION = "aws:backup/selection:Selection"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
RESTORE_TEST = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
EXPERIMENT = "aws:fis/experimentTemplate:ExperimentTemplate"
SERVICE = "aws:ecs/service:Service"
REGIONAL_PROVIDER = of(PROVIDER, "a", region="eu-central-1")
BUCKET = "aws:s3/bucket:Bucket"
TABLE = of("aws:dynamodb/table:Table", "table", tags={"Backup": "yes"})
DAILY, WEEKLY = "cron(0 2 * * ? *)", "cron(0 3 ? * SUN *)"


def tagged(value: str) -> list[object]:
    """A selection's conditions: the tag `Backup` with a value."""
    return [{"stringEquals": [{"key": "aws:ResourceTag/Backup", "value": value}]}]


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
            (TABLE, of(SELECTION, resources=["*"], conditions=tagged("yes"))),
            (of("aws:ebs/volume:Volume"), of(SELECTION, "every", resources=["arn:aws:ec2:*:*:volume/*"])),
            (TABLE, of(SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}])),
        ],
        failing=[
            TABLE,
            (TABLE, of(SELECTION, resources=["arn:aws:rds:*:*:db:*"])),
            (TABLE, of(SELECTION, selectionTags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "no"}])),
            (TABLE, of(SELECTION, resources=["*"], conditions=tagged("no"))),
            of("aws:ebs/volume:Volume"),
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
    *cases(
        "backup-vault-locked",
        passing=[
            (of(VAULT), of(LOCK, "lock", backupVaultName=ref("it"), minRetentionDays=7)),
            (of(VAULT, name="main"), of(LOCK, "lock", backupVaultName="main", minRetentionDays="30")),
        ],
        failing=[
            of(VAULT),
            (of(VAULT), of(LOCK, "lock", backupVaultName=ref("it"))),
            (of(VAULT), of(LOCK, "lock", backupVaultName="other", minRetentionDays=7)),
        ],
        unknown=[(of(VAULT), of(LOCK, "lock", backupVaultName=ref("it"), minRetentionDays=U))],
    ),
    *cases(
        "restore-tested",
        passing=[(of(PLAN), of(RESTORE_TEST, scheduleExpression="cron(0 5 ? * SUN *)"))],
        failing=[of(PLAN), (of(PLAN), of(RESTORE_TEST))],
        unknown=[(of(PLAN), of(RESTORE_TEST, scheduleExpression=U))],
        unknown_is=Status.PASS,
        skipped=[TABLE],
    ),
    *cases(
        "experiment-stops",
        passing=[of(EXPERIMENT, stopConditions=[{"source": "aws:cloudwatch:alarm", "value": U}])],
        failing=[
            of(EXPERIMENT),
            of(EXPERIMENT, stopConditions=[{"source": "none"}]),
            of(EXPERIMENT, stopConditions=[{"source": "aws:cloudwatch:alarm"}]),
        ],
        unknown=[of(EXPERIMENT, stopConditions=U), of(EXPERIMENT, stopConditions=[{"source": U, "value": "arn"}])],
    ),
    *cases(
        "second-region",
        passing=[
            (of(TABLE.type, region="eu-west-1"), of(TABLE.type, "other", region="eu-central-1")),
            (of(SERVICE, provider="a"), of(SERVICE, "other", region="us-west-2"), REGIONAL_PROVIDER),
            of(TABLE.type, replicas=[{"regionName": "eu-west-1"}]),
            of("aws:rds/globalCluster:GlobalCluster"),
        ],
        failing=[TABLE, (of(TABLE.type, provider="a"), of(SERVICE, region="eu-central-1"), REGIONAL_PROVIDER)],
        unknown=[(TABLE, of(SERVICE, region=U))],
        unknown_is=Status.UNKNOWN,
        skipped=[of(VAULT)],
    ),
]
