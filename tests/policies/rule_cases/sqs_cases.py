"""Cases of the rules in policies/pack/rules/sqs.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of, ref

DEAD = of(types.SQS_QUEUE, "failed")

REDRIVE = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:1:failed", "maxReceiveCount": 5})


CASES = [
    *cases(
        "sqs-encrypted-dlq",
        passing=[
            of(types.SQS_QUEUE, redrivePolicy=REDRIVE),
            (of(types.SQS_QUEUE, redrivePolicy=ref("failed"), kmsMasterKeyId=U, sqsManagedSseEnabled=False), DEAD),
            (
                of(types.SQS_QUEUE, "queue"),
                of(types.SQS_REDRIVE_POLICY, queueUrl=ref("queue"), redrivePolicy=ref("failed")),
                DEAD,
            ),
            (DEAD, of(types.SQS_QUEUE, "queue", redrivePolicy=ref("failed"))),
            (DEAD, of(types.SQS_REDRIVE_POLICY, queueUrl=U, redrivePolicy=ref("failed"))),
            (DEAD, of(types.LAMBDA_FUNCTION, deadLetterConfig=ref("failed"))),
            (DEAD, of(types.SQS_REDRIVE_ALLOW_POLICY, queueUrl=ref("failed"))),
            of(types.SQS_QUEUE, redriveAllowPolicy="{}"),
            of(types.SQS_QUEUE, name="orders-dlq"),
        ],
        failing=[
            of(types.SQS_QUEUE),
            DEAD,
            of(types.SQS_QUEUE, redrivePolicy=REDRIVE, sqsManagedSseEnabled=False),
            (DEAD, of(types.SQS_QUEUE, "other"), of(types.SQS_QUEUE, "queue", redrivePolicy=ref("other"))),
        ],
        unknown=[of(types.SQS_QUEUE, redrivePolicy=REDRIVE, sqsManagedSseEnabled=U)],
    ),
    *cases(
        "sqs-encrypted-dlq",
        passing=[],
        failing=[],
        unknown=[of(types.SQS_QUEUE, redrivePolicy=U)],
        unknown_is=Status.PASS,
    ),
]
