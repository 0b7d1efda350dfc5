"""Cases of the queries about observability, cost and experiments."""

from __future__ import annotations

import json

from tests.policies.building import Made, U, inside, ref
from tests.readiness.query_cases.case import ask, exists, of

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
BOARD = "aws:cloudwatch/dashboard:Dashboard"
RULE = "aws:cloudwatch/eventRule:EventRule"
CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource"
SLO = "AWS::ApplicationSignals::ServiceLevelObjective"

_WIDGETS = (
    "p50 p95 p99 HTTPCode_4XX HTTPCode_5XX RequestCount DatabaseConnections CPUUtilization Memory FreeStorageSpace"
)
_BUSINESS = {
    "metricName": "TransactionCount",
    "statistic": "Sum",
    "comparisonOperator": "LessThanThreshold",
    "threshold": 10,
    "period": 300,
    "evaluationPeriods": 2,
    "alarmActions": [U],
}
_SLOW = {"metricName": "TargetResponseTime", "extendedStatistic": "p95", "threshold": 0.2, "alarmActions": [U]}
_FAILED = '{"detail":{"eventName":["SERVICE_DEPLOYMENT_FAILED"]}}'
_TARGET = of("aws:cloudwatch/eventTarget:EventTarget", "target", arn=U, rule=ref("it"))


def _component(kind: str) -> tuple[Made, Made]:
    return of(f"shop:web:{kind}", kind), inside(kind, of("aws:s3/bucket:Bucket", f"{kind}-bucket"))


POLICY = "aws:iam/rolePolicy:RolePolicy"


def _document(action: str, effect: str = "Allow") -> str:
    statement = {"Effect": effect, "Action": [action], "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


_SPENDING = of(POLICY, policy=_document("ce:GetCostAndUsage"))
_WEEKLY = of(RULE, "weekly", scheduleExpression="cron(0 7 ? * MON *)")

CASES = [
    *exists("central-logs", "aws:cloudwatch/logGroup:LogGroup"),
    *ask(
        "custom-metrics",
        [(of("aws:cloudwatch/logMetricFilter:LogMetricFilter"),), (of(ALARM, namespace="shop"),)],
        [(), (of(ALARM, namespace="AWS/ECS"),)],
        (of(ALARM, namespace=U),),
    ),
    *ask(
        "dashboard-widgets",
        (of(BOARD, dashboardBody=_WIDGETS),),
        [(), (of(BOARD, dashboardBody="p50 p95"),)],
        (of(BOARD, dashboardBody=U),),
    ),
    *ask(
        "business-alarm",
        (of(ALARM, **_BUSINESS),),
        [
            (),
            (of(ALARM, **{**_BUSINESS, "threshold": 100}),),
            (of(ALARM, **{**_BUSINESS, "evaluationPeriods": 1}),),
            (of(ALARM, **{**_BUSINESS, "alarmActions": []}),),
        ],
        (of(ALARM, **{**_BUSINESS, "threshold": U}),),
    ),
    *ask(
        "latency-alarm",
        (of(ALARM, **_SLOW),),
        [
            (),
            (of(ALARM, **{**_SLOW, "threshold": 1.0}),),
            (of(ALARM, **{**_SLOW, "metricName": "RequestCount"}),),
            (of(ALARM, **{**_SLOW, "actionsEnabled": False}),),
        ],
        (of(ALARM, **{**_SLOW, "threshold": U}),),
    ),
    *ask(
        "saved-queries",
        (of("aws:cloudwatch/queryDefinition:QueryDefinition", queryString="fields @message"),),
        [(), (of("aws:cloudwatch/queryDefinition:QueryDefinition"),)],
    ),
    *exists("prometheus", "aws:amp/workspace:Workspace", "aws:grafana/workspace:Workspace"),
    *ask(
        "prometheus-alerts",
        (
            of("aws:amp/workspace:Workspace", "a"),
            of("aws:amp/alertManagerDefinition:AlertManagerDefinition", "b"),
            of("aws:grafana/workspace:Workspace", "c"),
        ),
        [(of("aws:amp/workspace:Workspace"),), (of("aws:grafana/workspace:Workspace"),)],
    ),
    *exists(
        "log-search",
        "aws:opensearch/domain:Domain",
        "aws:opensearch/serverlessCollection:ServerlessCollection",
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    ),
    *ask(
        "log-forwarding",
        (of("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", destinationArn=U),),
        [(), (of("aws:opensearch/domain:Domain"),)],
    ),
    *exists("vendor-monitoring", "datadog:index/monitor:Monitor", "aws:cloudwatch/metricStream:MetricStream"),
    *exists("log-masking", "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"),
    *ask(
        "chat-notification",
        (of("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", snsTopicArns=[U]),),
        [(), (of("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"),)],
    ),
    *ask(
        "slo",
        (of(CLOUD_CONTROL, typeName=SLO, desiredState='{"Goal":{"AttainmentGoal":99.9}}'),),
        [
            (),
            (of(CLOUD_CONTROL, typeName=SLO, desiredState='{"Goal":{"AttainmentGoal":95}}'),),
            (of(CLOUD_CONTROL, typeName=SLO, desiredState='{"Description":"99.9 one day","Goal":{}}'),),
            (of(CLOUD_CONTROL, typeName="AWS::Logs::LogGroup", desiredState="99.9"),),
        ],
        (of(CLOUD_CONTROL, typeName=SLO, desiredState=U),),
    ),
    *ask(
        "pipeline-alert",
        (of(RULE, eventPattern=_FAILED), _TARGET),
        [
            (),
            (of(RULE, eventPattern=_FAILED),),
            (of(RULE, eventPattern='{"source":["aws.s3"]}'), _TARGET),
            (of(RULE, eventPattern=_FAILED, state="DISABLED"), _TARGET),
            (of(RULE, eventPattern=_FAILED), of("aws:cloudwatch/eventTarget:EventTarget", "target", arn=U, rule="x")),
        ],
        (of(RULE, eventPattern=U), _TARGET),
    ),
    *ask(
        "experiments",
        (of("aws:fis/experimentTemplate:ExperimentTemplate", actions=[{"name": "stop"}]),),
        [(), (of("aws:fis/experimentTemplate:ExperimentTemplate"),)],
    ),
    *ask(
        "cost-tags",
        (of("aws:costexplorer/costAllocationTag:CostAllocationTag", status="Active"),),
        [(), (of("aws:costexplorer/costAllocationTag:CostAllocationTag", status="Inactive"),)],
    ),
    *ask(
        "compute-optimizer",
        (of("aws:computeoptimizer/enrollmentStatus:EnrollmentStatus", status="Active"),),
        [(), (of("aws:computeoptimizer/enrollmentStatus:EnrollmentStatus", status="Inactive"),)],
    ),
    *ask(
        "components",
        tuple(made for kind in "abc" for made in _component(kind)),
        [(), tuple(of(f"shop:web:{kind}", kind) for kind in "abc"), (*_component("a"), *_component("b"))],
    ),
    *exists("cost-action", "aws:budgets/budgetAction:BudgetAction", "aws:autoscaling/schedule:Schedule"),
    *ask(
        "cost-action",
        (_SPENDING, _WEEKLY),
        [
            (_SPENDING,),
            (_WEEKLY,),
            (_SPENDING, of(RULE, eventPattern=_FAILED)),
            (of(POLICY, policy=_document("s3:GetObject")), _WEEKLY),
            (of(POLICY, policy=_document("ce:GetCostAndUsage", effect="Deny")), _WEEKLY),
        ],
        (of(POLICY, policy=U), _WEEKLY),
    ),
]
