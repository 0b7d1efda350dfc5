"""Cases of the rules in policies/pack/rules/dynamodb.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

CASES = [
    *cases(
        "dynamodb-pitr",
        passing=[of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True})],
        failing=[of(types.DYNAMODB_TABLE), of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": False})],
        unknown=[
            of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": U}),
            of(types.DYNAMODB_TABLE, pointInTimeRecovery=U),
        ],
    ),
    *cases(
        "dynamodb-deletion-protection",
        passing=[of(types.DYNAMODB_TABLE, deletionProtectionEnabled=True)],
        failing=[of(types.DYNAMODB_TABLE)],
        unknown=[of(types.DYNAMODB_TABLE, deletionProtectionEnabled=U)],
    ),
    *cases(
        "dynamodb-cmk",
        passing=[of(types.DYNAMODB_TABLE, serverSideEncryption={"enabled": True, "kmsKeyArn": "arn"})],
        failing=[
            of(types.DYNAMODB_TABLE),
            of(types.DYNAMODB_TABLE, serverSideEncryption={"enabled": True}),
            of(types.DYNAMODB_TABLE, serverSideEncryption={"enabled": False, "kmsKeyArn": "arn"}),
        ],
        unknown=[of(types.DYNAMODB_TABLE, serverSideEncryption={"enabled": True, "kmsKeyArn": U})],
        unknown_is=Status.PASS,
    ),
    *cases(
        "dynamodb-pitr",
        passing=[
            of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True}, replicas=[{"pointInTimeRecovery": True}]),
            of(types.DYNAMODB_TABLE_REPLICA, pointInTimeRecovery=True),
        ],
        failing=[
            of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True}, replicas=[{"regionName": "eu-west-1"}]),
            of(types.DYNAMODB_TABLE_REPLICA),
        ],
        unknown=[],
    ),
    *cases(
        "dynamodb-pitr",
        passing=[],
        failing=[],
        unknown=[of(types.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True}, replicas=U)],
        unknown_is=Status.UNKNOWN,
    ),
]
