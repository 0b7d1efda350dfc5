"""Cases of the rules in policies/pack/rules/cloudwatch.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

CDN = of(types.CLOUDFRONT_DISTRIBUTION, "cdn")

BALANCER_METRICS = ("HTTPCode_ELB_5XX_Count", "TargetResponseTime", "UnHealthyHostCount")

DATABASE_METRICS = ("CPUUtilization", "FreeStorageSpace", "DatabaseConnections")


def alarms(dimensions: object, *metrics: str) -> tuple[Made, ...]:
    return tuple(
        Made(types.CLOUDWATCH_METRIC_ALARM, f"alarm-{m}", {"metricName": m, "dimensions": dimensions}) for m in metrics
    )


def composite(rule: object, **props: object) -> Made:
    return Made(types.CLOUDWATCH_COMPOSITE_ALARM, "several", {"alarmRule": rule, **props})


CASES = [
    *cases(
        "log-retention",
        passing=[
            of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=365),
            of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=3653),
        ],
        failing=[
            of(types.CLOUDWATCH_LOG_GROUP),
            of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=0),
            of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=90),
        ],
        unknown=[of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=U)],
    ),
    *cases(
        "log-retention",
        passing=[of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=7)],
        failing=[of(types.CLOUDWATCH_LOG_GROUP), of(types.CLOUDWATCH_LOG_GROUP, retentionInDays=3)],
        unknown=[],
        tier="mvp",
    ),
    *cases(
        "log-group-kms",
        passing=[of(types.CLOUDWATCH_LOG_GROUP, kmsKeyId="arn")],
        failing=[of(types.CLOUDWATCH_LOG_GROUP)],
        unknown=[of(types.CLOUDWATCH_LOG_GROUP, kmsKeyId=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "alarm-actions",
        passing=[of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=["arn"])],
        failing=[
            of(types.CLOUDWATCH_METRIC_ALARM),
            of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=[]),
            of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=["arn"], actionsEnabled=False),
        ],
        unknown=[
            of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=[U]),
            of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=U),
        ],
        unknown_is=Status.PASS,
    ),
    *cases(
        "alarm-coverage",
        passing=[
            (of(types.LB_LOAD_BALANCER), *alarms(ref("it"), *BALANCER_METRICS)),
            (of(types.ECS_SERVICE, name="app"), *alarms({"ServiceName": "app"}, "CPUUtilization", "MemoryUtilization")),
            (of(types.RDS_INSTANCE, identifier="db"), *alarms({"DBInstanceIdentifier": "db"}, *DATABASE_METRICS)),
            (
                of(types.RDS_CLUSTER),
                of(types.RDS_CLUSTER_INSTANCE, "writer", clusterIdentifier=ref("it")),
                *alarms(ref("writer"), "CPUUtilization", "DatabaseConnections"),
            ),
            (
                of(types.RDS_INSTANCE),
                of(
                    types.CLOUDWATCH_METRIC_ALARM,
                    "math",
                    metricQueries=[{"metric": {"metricName": m}} for m in DATABASE_METRICS],
                ),
            ),
        ],
        failing=[
            of(types.LB_LOAD_BALANCER),
            (of(types.LB_LOAD_BALANCER), *alarms(ref("it"), *BALANCER_METRICS[1:])),
            (of(types.RDS_INSTANCE, "db"), of(types.RDS_INSTANCE, "other"), *alarms(ref("other"), *DATABASE_METRICS)),
            (of(types.RDS_INSTANCE, identifier="db"), *alarms({"DBInstanceIdentifier": "other"}, *DATABASE_METRICS)),
        ],
        unknown=[
            (of(types.ECS_SERVICE), of(types.CLOUDWATCH_METRIC_ALARM, "alarm", metricName=U, dimensions=ref("it")))
        ],
        skipped=[of(types.LB_LOAD_BALANCER, loadBalancerType="network"), of(types.CLOUDWATCH_METRIC_ALARM)],
    ),
    *cases(
        "alarm-coverage",
        passing=[],
        failing=[],
        unknown=[(of(types.RDS_INSTANCE), *alarms(U, *DATABASE_METRICS))],
        unknown_is=Status.PASS,
    ),
    *cases(
        "dashboard-present",
        passing=[(CDN, of(types.CLOUDWATCH_DASHBOARD))],
        failing=[CDN, of(types.ECS_SERVICE), of(types.LAMBDA_FUNCTION)],
        unknown=[(CDN, of(types.CLOUDWATCH_DASHBOARD, dashboardBody=U))],
        unknown_is=Status.PASS,
        skipped=[of(types.S3_BUCKET), of("random:index/randomId:RandomId")],
    ),
    *cases(
        "alarm-actions",
        passing=[
            (of(types.CLOUDWATCH_METRIC_ALARM), composite(ref("it"), alarmActions=["arn"])),
            (
                of(types.CLOUDWATCH_METRIC_ALARM, name="cpu"),
                composite('OK(x) OR ALARM(cpu) OR ALARM("disk")', alarmActions=["arn"]),
            ),
        ],
        failing=[
            (of(types.CLOUDWATCH_METRIC_ALARM), composite(ref("it"))),
            (of(types.CLOUDWATCH_METRIC_ALARM), composite(ref("it"), alarmActions=["arn"], actionsEnabled=False)),
            (of(types.CLOUDWATCH_METRIC_ALARM, name="cp"), composite("ALARM(cpu)", alarmActions=["arn"])),
        ],
        unknown=[(of(types.CLOUDWATCH_METRIC_ALARM, actionsEnabled=U, alarmActions=["arn"]))],
    ),
]
