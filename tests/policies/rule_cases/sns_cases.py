"""Cases of the rules in policies/pack/rules/sns.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of, ref

TOPIC = of(types.SNS_TOPIC, "topic")


CASES = [
    *cases(
        "alarm-topic-subscribed",
        passing=[
            (
                TOPIC,
                of(types.CLOUDWATCH_METRIC_ALARM, "alarm", alarmActions=ref("topic")),
                of(types.SNS_TOPIC_SUBSCRIPTION, "sub", topic=ref("topic")),
            )
        ],
        failing=[(TOPIC, of(types.CLOUDWATCH_METRIC_ALARM, "alarm", alarmActions=ref("topic")))],
        unknown=[
            (
                TOPIC,
                of(types.CLOUDWATCH_METRIC_ALARM, "alarm", alarmActions=ref("topic")),
                of(types.SNS_TOPIC_SUBSCRIPTION, "sub", topic=U),
            )
        ],
        skipped=[TOPIC],
    ),
    *cases(
        "sns-subscription-tls",
        passing=[of(types.SNS_TOPIC_SUBSCRIPTION, protocol="https")],
        failing=[of(types.SNS_TOPIC_SUBSCRIPTION, protocol="http")],
        unknown=[of(types.SNS_TOPIC_SUBSCRIPTION, protocol=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.SNS_TOPIC_SUBSCRIPTION, protocol="email"), of(types.SNS_TOPIC_SUBSCRIPTION, protocol="sqs")],
    ),
    *cases(
        "sns-encrypted",
        passing=[of(types.SNS_TOPIC, kmsMasterKeyId="alias/app")],
        failing=[TOPIC],
        unknown=[of(types.SNS_TOPIC, kmsMasterKeyId=U)],
        unknown_is=Status.PASS,
    ),
]
