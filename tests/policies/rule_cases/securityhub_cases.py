"""Cases of the rules in policies/pack/rules/securityhub.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

TOPIC = of(types.SNS_TOPIC, "topic")

NOT_AWS = of("random:index/randomId:RandomId")

FSBP = "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0"

CIS = "arn:aws:securityhub:eu-central-1::standards/cis-aws-foundations-benchmark/v/5.0.0"


def event_rule(pattern: object, state: str = "ENABLED") -> Made:
    return of(types.CLOUDWATCH_EVENT_RULE, "events", eventPattern=pattern, state=state)


TARGET = of(types.CLOUDWATCH_EVENT_TARGET, "target", rule=ref("events"), arn=U)


CASES = [
    *cases(
        "securityhub-enabled",
        passing=[
            of(types.SECURITYHUB_ACCOUNT),
            (
                of(types.SECURITYHUB_ACCOUNT, enableDefaultStandards=False),
                of(types.SECURITYHUB_STANDARDS_SUBSCRIPTION, "fsbp", standardsArn=FSBP),
            ),
        ],
        failing=[
            TOPIC,
            of(types.SECURITYHUB_ACCOUNT, enableDefaultStandards=False),
            (
                of(types.SECURITYHUB_ACCOUNT, enableDefaultStandards=False),
                of(types.SECURITYHUB_STANDARDS_SUBSCRIPTION, "cis", standardsArn=CIS),
            ),
            of(types.SECURITYHUB_ACCOUNT, enableDefaultStandards=U),
        ],
        unknown=[
            (
                of(types.SECURITYHUB_ACCOUNT, enableDefaultStandards=False),
                of(types.SECURITYHUB_STANDARDS_SUBSCRIPTION, "fsbp", standardsArn=U),
            )
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[NOT_AWS],
    ),
    *cases(
        "findings-forwarded",
        passing=[
            (of(types.SECURITYHUB_ACCOUNT), event_rule(json.dumps({"source": ["aws.securityhub"]})), TARGET),
            (of(types.GUARDDUTY_DETECTOR), event_rule('{"source": "aws.guardduty"}'), TARGET),
            (of(types.GUARDDUTY_DETECTOR), of(types.GUARDDUTY_PUBLISHING_DESTINATION, "export")),
        ],
        failing=[
            of(types.SECURITYHUB_ACCOUNT),
            of(types.GUARDDUTY_DETECTOR),
            (of(types.SECURITYHUB_ACCOUNT), event_rule('{"source": ["aws.ecs"]}'), TARGET),
            (of(types.SECURITYHUB_ACCOUNT), event_rule('{"source": ["aws.securityhub"]}')),
            (of(types.SECURITYHUB_ACCOUNT), event_rule('{"source": ["aws.securityhub"]}', state="DISABLED"), TARGET),
        ],
        unknown=[(of(types.SECURITYHUB_ACCOUNT), event_rule(U), TARGET)],
        unknown_is=Status.UNKNOWN,
        skipped=[TOPIC],
    ),
]
