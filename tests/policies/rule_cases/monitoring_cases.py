"""Cases of the rules about what is watched, from inside and from outside."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
SERVICE = "aws:ecs/service:Service"
DATABASE = "aws:rds/instance:Instance"
CLUSTER = "aws:rds/cluster:Cluster"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
FUNCTION = "aws:lambda/function:Function"
STAGE = "aws:apigateway/stage:Stage"
CANARY = "aws:synthetics/canary:Canary"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
CDN = of("aws:cloudfront/distribution:Distribution", "cdn")
CANARY_ALARM = of(ALARM, "canary-alarm", namespace="CloudWatchSynthetics", metricName="SuccessPercent")
BALANCER_METRICS = ("HTTPCode_ELB_5XX_Count", "TargetResponseTime", "UnHealthyHostCount")
DATABASE_METRICS = ("CPUUtilization", "FreeStorageSpace", "DatabaseConnections")


def alarms(dimensions: object, *metrics: str) -> tuple[Made, ...]:
    return tuple(Made(ALARM, f"alarm-{m}", {"metricName": m, "dimensions": dimensions}) for m in metrics)


def task(**container: object) -> Made:
    return of(TASK, containerDefinitions=json.dumps([{"name": "app", "image": "app"}, container]))


CASES = [
    *cases(
        "alarm-coverage",
        passing=[
            (of(BALANCER), *alarms(ref("it"), *BALANCER_METRICS)),
            (of(SERVICE, name="app"), *alarms({"ServiceName": "app"}, "CPUUtilization", "MemoryUtilization")),
            (of(DATABASE, identifier="db"), *alarms({"DBInstanceIdentifier": "db"}, *DATABASE_METRICS)),
            (
                of(CLUSTER),
                of("aws:rds/clusterInstance:ClusterInstance", "writer", clusterIdentifier=ref("it")),
                *alarms(ref("writer"), "CPUUtilization", "DatabaseConnections"),
            ),
            (
                of(DATABASE),
                of(ALARM, "math", metricQueries=[{"metric": {"metricName": m}} for m in DATABASE_METRICS]),
            ),
        ],
        failing=[
            of(BALANCER),
            (of(BALANCER), *alarms(ref("it"), *BALANCER_METRICS[1:])),
            (of(DATABASE, "db"), of(DATABASE, "other"), *alarms(ref("other"), *DATABASE_METRICS)),
            (of(DATABASE, identifier="db"), *alarms({"DBInstanceIdentifier": "other"}, *DATABASE_METRICS)),
        ],
        unknown=[(of(SERVICE), of(ALARM, "alarm", metricName=U, dimensions=ref("it")))],
        skipped=[of(BALANCER, loadBalancerType="network"), of(ALARM)],
    ),
    *cases(
        "alarm-coverage",
        passing=[],
        failing=[],
        unknown=[(of(DATABASE), *alarms(U, *DATABASE_METRICS))],
        unknown_is=Status.PASS,
    ),
    *cases(
        "tracing-enabled",
        passing=[
            of(STAGE, xrayTracingEnabled=True),
            of(FUNCTION, tracingConfig={"mode": "Active"}),
            task(image="public.ecr.aws/aws-observability/aws-otel-collector:v0.43.0"),
            task(image="public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest"),
            task(image="public.ecr.aws/Datadog/agent:7"),
            task(environment=[{"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "https://xray.example.com"}]),
        ],
        failing=[
            of(STAGE),
            of(FUNCTION),
            of(FUNCTION, tracingConfig={"mode": "PassThrough"}),
            task(image="app", environment=[{"name": "LOG_LEVEL"}]),
            of(STAGE, xrayTracingEnabled=U),
        ],
        unknown=[of(TASK, containerDefinitions=U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "synthetics-canary",
        passing=[(CDN, of(CANARY, startCanary=True), CANARY_ALARM)],
        failing=[
            CDN,
            of(BALANCER),
            (CDN, of(CANARY), CANARY_ALARM),
            (CDN, of(CANARY, startCanary=True)),
        ],
        unknown=[(CDN, of(CANARY, startCanary=U), CANARY_ALARM), of(BALANCER, internal=U)],
        skipped=[of(BALANCER, internal=True), of(SERVICE)],
    ),
    *cases(
        "dashboard-present",
        passing=[(CDN, of(DASHBOARD))],
        failing=[CDN, of(SERVICE), of(FUNCTION)],
        unknown=[(CDN, of(DASHBOARD, dashboardBody=U))],
        unknown_is=Status.PASS,
        skipped=[of("aws:s3/bucket:Bucket"), of("random:index/randomId:RandomId")],
    ),
]
