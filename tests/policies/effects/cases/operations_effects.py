"""Operations: alarms, logs, budgets, backups and what runs when."""

from __future__ import annotations

import json

from policies.pack import types
from tests.policies.building import Made, of, ref
from tests.policies.effects.effect import idle, unsure, works

TABLE = of(types.DYNAMODB_TABLE, "orders", name="shop-orders")
ALARM = of(types.CLOUDWATCH_METRIC_ALARM, "errors", name="shop-errors")
MAIL = {"subscriberEmailAddresses": ["ops@example.com"]}


def selecting(*resources: str, **more: object) -> Made:
    return Made(types.BACKUP_SELECTION, "daily", {"resources": list(resources), **more})


def composed(rule: str) -> Made:
    return of(types.CLOUDWATCH_COMPOSITE_ALARM, "all", alarmRule=rule, alarmActions=["topic"])


def budget(notification: dict[str, object], **more: object) -> Made:
    given = {"budgetType": "COST", "limitAmount": "100", "notifications": [{**MAIL, **notification}], **more}
    return Made(types.BUDGETS_BUDGET, "it", given)


def share(threshold: float, kind: str = "ACTUAL", type_: str = "PERCENTAGE") -> dict[str, object]:
    return {"notificationType": kind, "threshold": threshold, "thresholdType": type_}


def saving(*schedules: str) -> Made:
    return of(types.BACKUP_PLAN, rules=[{"schedule": s, "lifecycle": {"deleteAfter": 90}} for s in schedules])


def database(namespace: str) -> tuple[Made, ...]:
    metrics = ("CPUUtilization", "FreeStorageSpace", "DatabaseConnections")
    return (
        of(types.RDS_INSTANCE, "db"),
        *(
            of(types.CLOUDWATCH_METRIC_ALARM, metric, metricName=metric, namespace=namespace, dimensions=ref("db"))
            for metric in metrics
        ),
    )


CANARY = of(types.SYNTHETICS_CANARY, "probe", startCanary=True, schedule={"expression": "rate(5 minutes)"})
CANARY_ONCE = of(types.SYNTHETICS_CANARY, "probe", startCanary=True, schedule={"expression": "rate(0 minute)"})
CANARY_ALARM = of(types.CLOUDWATCH_METRIC_ALARM, "down", namespace="CloudWatchSynthetics")
SITE = of(types.LB_LOAD_BALANCER, "site")

EFFECTS = [
    works("backup-covers-data", "a pattern for its name", TABLE, selecting("arn:aws:dynamodb:*:*:table/shop-*")),
    idle("backup-covers-data", "a pattern for another service", TABLE, selecting("arn:aws:rds:*:*:db:*")),
    idle("backup-covers-data", "everything but this table", TABLE, selecting("*", notResources=ref("orders"))),
    works(
        "backup-covers-data", "everything but databases", TABLE, selecting("*", notResources=["arn:aws:rds:*:*:db:*"])
    ),
    works("backup-daily-weekly", "every day and every week by rate", saving("rate(1 day)", "rate(7 days)")),
    idle(
        "backup-daily-weekly",
        "the first Sunday of a month is no week",
        saving("cron(0 2 * * ? *)", "cron(0 3 ? * SUN#1 *)"),
    ),
    idle(
        "backup-daily-weekly",
        "the last Friday of a month is no week",
        saving("cron(0 2 * * ? *)", "cron(0 3 ? * 6L *)"),
    ),
    idle("backup-daily-weekly", "a year that passes", saving("cron(0 2 * * ? 2024)", "cron(0 3 ? * SUN 2024)")),
    works("backup-daily-weekly", "twice a day is daily", saving("rate(12 hours)", "cron(0 3 ? * SUN *)")),
    idle(
        "backup-vault-kms",
        "AWS's own key by its alias",
        of(types.BACKUP_VAULT, kmsKeyArn="arn:aws:kms:eu-west-1:1:alias/aws/backup"),
    ),
    unsure(
        "backup-cross-region-copy",
        "a plan of which nobody knows the region",
        of(
            types.BACKUP_PLAN,
            rules=[{"copyActions": [{"destinationVaultArn": "arn:aws:backup:eu-west-1:1:backup-vault:b"}]}],
        ),
    ),
    idle(
        "restore-tested",
        "the selection belongs to another plan",
        of(types.BACKUP_PLAN, "plan"),
        of(types.BACKUP_RESTORE_TESTING_PLAN, "test", name="monthly", scheduleExpression="cron(0 5 1 * ? *)"),
        of(types.BACKUP_RESTORE_TESTING_SELECTION, "kind", restoreTestingPlanName="quarterly"),
    ),
    works(
        "restore-tested",
        "a plan with what it restores",
        of(types.BACKUP_PLAN, "plan"),
        of(types.BACKUP_RESTORE_TESTING_PLAN, "test", name="monthly", scheduleExpression="cron(0 5 1 * ? *)"),
        of(types.BACKUP_RESTORE_TESTING_SELECTION, "kind", restoreTestingPlanName="monthly"),
    ),
    idle(
        "backup-vault-locked",
        "a lock that keeps nothing",
        of(types.BACKUP_VAULT, "vault", name="vault"),
        of(types.BACKUP_VAULT_LOCK_CONFIGURATION, "lock", backupVaultName=ref("vault"), maxRetentionDays=365),
    ),
    works("alarm-actions", "a composite alarm tells for it", ALARM, composed('ALARM("shop-errors") OR ALARM("x")')),
    idle(
        "alarm-actions",
        "a composite alarm that goes off while it is quiet",
        ALARM,
        composed('NOT ALARM("shop-errors")'),
    ),
    idle(
        "alarm-actions",
        "actions that are switched off",
        of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=["topic"], actionsEnabled=False),
    ),
    works(
        "alarm-topic-subscribed",
        "a chat channel subscribes by itself",
        of(types.SNS_TOPIC, "topic"),
        of(types.CLOUDWATCH_METRIC_ALARM, "errors", alarmActions=ref("topic")),
        of(types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, "chat", snsTopicArns=ref("topic")),
    ),
    idle(
        "alarm-topic-subscribed",
        "a composite alarm speaks to nobody",
        of(types.SNS_TOPIC, "topic"),
        of(types.CLOUDWATCH_COMPOSITE_ALARM, "all", alarmActions=ref("topic")),
    ),
    works("alarm-coverage", "alarms of RDS's metrics", *database("AWS/RDS")),
    idle("alarm-coverage", "metrics of the same name elsewhere", *database("AWS/EC2")),
    idle(
        "dashboard-present",
        "a page without anything on it",
        of(types.CLOUDWATCH_DASHBOARD, dashboardBody=json.dumps({"widgets": []})),
        SITE,
    ),
    idle("log-group-kms", "AWS's own key by its alias", of(types.CLOUDWATCH_LOG_GROUP, kmsKeyId="alias/aws/logs")),
    idle("log-retention", "nought is for ever", of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=0)),
    works("budget-notifies", "a forecast comes in time", budget(share(100, "FORECASTED"))),
    works("budget-notifies", "at four fifths", budget(share(80))),
    idle("budget-notifies", "when all is spent it is too late", budget(share(100))),
    idle("budget-notifies", "more dollars than the limit has", budget(share(150, type_="ABSOLUTE_VALUE"))),
    idle("budget-notifies", "hours are no money", budget(share(80), budgetType="USAGE")),
    works("synthetics-canary", "it asks every five minutes", CANARY, CANARY_ALARM, SITE),
    idle("synthetics-canary", "it asks only once", CANARY_ONCE, CANARY_ALARM, SITE),
    idle(
        "second-region",
        "a global database of one cluster",
        of(types.RDS_GLOBAL_CLUSTER, "world"),
        of(types.RDS_CLUSTER, "home", globalClusterIdentifier=ref("world")),
    ),
    works(
        "second-region",
        "a global database of two",
        of(types.RDS_GLOBAL_CLUSTER, "world"),
        of(types.RDS_CLUSTER, "home", globalClusterIdentifier=ref("world")),
        of(types.RDS_CLUSTER, "away", globalClusterIdentifier=ref("world")),
    ),
    idle(
        "experiment-stops",
        "a condition that is none",
        of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": "none"}]),
    ),
]
