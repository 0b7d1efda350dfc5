"""Cases of the observability rules."""

import json

from policies.pack.rules.observability import REQUIRED_TAGS
from policies.pack.verdict import Status
from tests.policies.building import PROVIDER, U, cases, of, ref, secret

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = of("aws:sns/topic:Topic", "topic")
BUDGET = "aws:budgets/budget:Budget"
MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
ANOMALIES = "aws:costexplorer/anomalySubscription:AnomalySubscription"
VPC = "aws:ec2/vpc:Vpc"
GROUP = "aws:autoscaling/group:Group"
TAGS = dict.fromkeys(REQUIRED_TAGS, "x")
FEWER = {k: v for k, v in TAGS.items() if k != "Owner"}

CASES = [
    *cases(
        "log-retention",
        passing=[of(LOG_GROUP, retentionInDays=365), of(LOG_GROUP, retentionInDays=3653)],
        failing=[of(LOG_GROUP), of(LOG_GROUP, retentionInDays=0), of(LOG_GROUP, retentionInDays=90)],
        unknown=[of(LOG_GROUP, retentionInDays=U)],
    ),
    *cases(
        "log-retention",
        passing=[of(LOG_GROUP, retentionInDays=7)],
        failing=[of(LOG_GROUP), of(LOG_GROUP, retentionInDays=3)],
        unknown=[],
        tier="mvp",
    ),
    *cases(
        "log-group-kms",
        passing=[of(LOG_GROUP, kmsKeyId="arn")],
        failing=[of(LOG_GROUP)],
        unknown=[of(LOG_GROUP, kmsKeyId=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "alarm-actions",
        passing=[of(ALARM, alarmActions=["arn"])],
        failing=[of(ALARM), of(ALARM, alarmActions=[]), of(ALARM, alarmActions=["arn"], actionsEnabled=False)],
        unknown=[of(ALARM, alarmActions=[U]), of(ALARM, alarmActions=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "alarm-topic-subscribed",
        passing=[
            (
                TOPIC,
                of(ALARM, "alarm", alarmActions=ref("topic")),
                of("aws:sns/topicSubscription:TopicSubscription", "sub", topic=ref("topic")),
            )
        ],
        failing=[(TOPIC, of(ALARM, "alarm", alarmActions=ref("topic")))],
        unknown=[
            (
                TOPIC,
                of(ALARM, "alarm", alarmActions=ref("topic")),
                of("aws:sns/topicSubscription:TopicSubscription", "sub", topic=U),
            )
        ],
        skipped=[TOPIC],
    ),
    *cases(
        "sns-encrypted",
        passing=[of("aws:sns/topic:Topic", kmsMasterKeyId="alias/app")],
        failing=[TOPIC],
        unknown=[of("aws:sns/topic:Topic", kmsMasterKeyId=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "required-tags",
        passing=[
            of(VPC, tags=TAGS),
            of(VPC, tags={**TAGS, "Owner": U}),
            of(VPC, tags={}, tagsAll=TAGS),
            (of(VPC, provider="main"), of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS}))),
            (
                of(VPC, tags={"Owner": "x"}, provider="main"),
                of(PROVIDER, "main", defaultTags=secret({"tags": FEWER})),
            ),
            of(GROUP, tags=[{"key": k, "value": v, "propagateAtLaunch": True} for k, v in TAGS.items()]),
        ],
        failing=[
            of(VPC),
            of(VPC, tags=FEWER),
            of(VPC, tags={**TAGS, "Owner": ""}),
            (of(VPC, provider="main"), of(PROVIDER, "main", defaultTags=json.dumps({"tags": FEWER}))),
            (of(VPC), of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS}))),
            (of(GROUP, provider="main"), of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS}))),
        ],
        unknown=[of(VPC, tags=U), (of(VPC, provider="main"), of(PROVIDER, "main", defaultTags=U)), of(GROUP, tags=U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "budget-notifies",
        passing=[
            of(BUDGET, notifications=[{"subscriberEmailAddresses": ["a@example.com"]}]),
            of(BUDGET, notifications=[{"threshold": 50}, {"subscriberSnsTopicArns": [U]}]),
        ],
        failing=[TOPIC, of(BUDGET), of(BUDGET, notifications=[{"threshold": 80}])],
        unknown=[of(BUDGET, notifications=U)],
        skipped=[of("random:index/randomId:RandomId")],
    ),
    *cases(
        "cost-anomaly",
        passing=[
            (of(MONITOR, "monitor"), of(ANOMALIES, monitorArnLists=ref("monitor"), subscribers=[{"address": "a@b.c"}])),
            of(ANOMALIES, monitorArnLists=["arn"], subscribers=[{"type": "SNS", "address": U}]),
        ],
        failing=[
            TOPIC,
            of(MONITOR),
            of(ANOMALIES, monitorArnLists=["arn"]),
            of(ANOMALIES, monitorArnLists=[], subscribers=[{"address": "a@b.c"}]),
        ],
        unknown=[of(ANOMALIES, monitorArnLists=U, subscribers=U)],
        unknown_is=Status.PASS,
        skipped=[of("random:index/randomId:RandomId")],
    ),
]
