"""Cases of the rules in policies/pack/rules/secretsmanager.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref, secret

SECRET = of(types.SECRETSMANAGER_SECRET, "secret", name="shop/key")


def rotation(**rules: object) -> Made:
    return of(types.SECRETSMANAGER_SECRET_ROTATION, "rotation", secretId=ref("secret"), rotationRules=rules)


RARE = [
    (SECRET, rotation(scheduleExpression=rare))
    for rare in ("rate(120 days)", "cron(0 8 1 1/6 ? *)", "cron(0 8 1 1 ? *)", "cron(0 8 1 * ? 2030)")
]


def controlled(state: object, type_name: str = "AWS::SecretsManager::Secret") -> Made:
    return of(types.CLOUDCONTROL_RESOURCE, typeName=type_name, desiredState=state)


CASES = [
    *cases(
        "secret-cmk",
        passing=[
            of(types.SECRETSMANAGER_SECRET, kmsKeyId="alias/app"),
            controlled(json.dumps({"KmsKeyId": "alias/app"})),
        ],
        failing=[
            SECRET,
            of(types.SECRETSMANAGER_SECRET, kmsKeyId=""),
            of(types.SECRETSMANAGER_SECRET, kmsKeyId="alias/aws/secretsmanager"),
            controlled("{}"),
        ],
        unknown=[
            of(types.SECRETSMANAGER_SECRET, kmsKeyId=U),
            of(types.SECRETSMANAGER_SECRET, kmsKeyId=secret(U)),
        ],
        unknown_is=Status.PASS,
        skipped=[controlled("{}", "AWS::S3::Bucket")],
    ),
    *cases("secret-cmk", passing=[], failing=[], unknown=[controlled(U)], unknown_is=Status.UNKNOWN),
    *cases(
        "secret-rotation",
        passing=[
            (SECRET, rotation(automaticallyAfterDays=90)),
            (SECRET, rotation(scheduleExpression="rate(30 days)")),
            (SECRET, rotation(scheduleExpression="rate(12 hours)")),
            (SECRET, rotation(scheduleExpression="cron(0 8 1 * ? *)")),
            (SECRET, rotation(scheduleExpression="cron(0 4 ? 1/2 SUN#1 *)")),
        ],
        failing=[SECRET, (SECRET, rotation(automaticallyAfterDays=365)), (SECRET, rotation()), controlled(U), *RARE],
        unknown=[(SECRET, rotation(automaticallyAfterDays=U))],
        skipped=[controlled("{}", "AWS::S3::Bucket")],
    ),
]
