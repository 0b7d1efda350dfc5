"""Cases of the rules in policies/pack/rules/stack.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import PROVIDER, U, cases, of

REGIONAL_PROVIDER = of(PROVIDER, "a", region="eu-central-1")

TABLE = of(types.DYNAMODB_TABLE, "table", tags={"Backup": "yes"})


CASES = [
    *cases(
        "stateful-protected",
        passing=[of(types.RDS_INSTANCE, protect=True), of(types.S3_BUCKET, protect=True, forceDestroy=False)],
        failing=[of(types.KMS_KEY), of(types.S3_BUCKET)],
        unknown=[of(types.S3_BUCKET, forceDestroy=U)],
        skipped=[of(types.S3_BUCKET, forceDestroy=True)],
    ),
    *cases(
        "second-region",
        passing=[
            (of(TABLE.type, region="eu-west-1"), of(TABLE.type, "other", region="eu-central-1")),
            (
                of(types.ECS_SERVICE, provider="a"),
                of(types.ECS_SERVICE, "other", region="us-west-2"),
                REGIONAL_PROVIDER,
            ),
            of(TABLE.type, replicas=[{"regionName": "eu-west-1"}]),
            of(types.RDS_GLOBAL_CLUSTER),
        ],
        failing=[
            TABLE,
            (of(TABLE.type, provider="a"), of(types.ECS_SERVICE, region="eu-central-1"), REGIONAL_PROVIDER),
        ],
        unknown=[(TABLE, of(types.ECS_SERVICE, region=U))],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.BACKUP_VAULT)],
    ),
]
