"""Cases of the rules in policies/pack/rules/resource_policies.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

ANYONE = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
FROM_TOPIC = {**ANYONE, "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:orders"}}}


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


CASES = [
    *cases(
        "policy-not-public",
        passing=[
            of(types.SQS_QUEUE_POLICY, policy=document(FROM_TOPIC)),
            of(types.SNS_TOPIC, policy=document({**ANYONE, "Principal": {"Service": "s3.amazonaws.com"}})),
            of(types.SECRETSMANAGER_SECRET_POLICY, policy=document({**ANYONE, "Effect": "Deny"})),
            of(types.IAM_ROLE, assumeRolePolicy=document({**ANYONE, "Principal": {"AWS": "123456789012"}})),
            of(types.LAMBDA_FUNCTION_URL, authorizationType="AWS_IAM"),
            of(types.LAMBDA_PERMISSION, principal="*", principalOrgId="o-abc123"),
        ],
        failing=[
            of(types.SQS_QUEUE, policy=document(ANYONE)),
            of(types.SQS_QUEUE_POLICY, policy=document(FROM_TOPIC, ANYONE)),
            of(types.SNS_TOPIC_POLICY, policy=document({**ANYONE, "Principal": {"AWS": ["123456789012", "*"]}})),
            of(types.SECRETSMANAGER_SECRET, policy=document(ANYONE)),
            of(types.ECR_REPOSITORY_POLICY, policy=document(ANYONE)),
            of(types.IAM_ROLE, assumeRolePolicy=document({**ANYONE, "Principal": {"AWS": "*"}})),
            of(types.LAMBDA_FUNCTION_URL, authorizationType="NONE"),
            of(types.LAMBDA_PERMISSION, principal="*"),
        ],
        unknown=[of(types.SQS_QUEUE_POLICY, policy=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.SQS_QUEUE)],
    ),
]
