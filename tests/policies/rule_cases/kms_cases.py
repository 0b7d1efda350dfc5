"""Cases of the rules in policies/pack/rules/kms.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

ADMIN = {"Effect": "Allow", "Action": "*", "Resource": "*"}

READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"]}


ANYONE = {**ADMIN, "Principal": {"AWS": "*"}}

DENIAL = {**ANYONE, "Effect": "Deny", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-abc123"}}}

LIMITING = (
    {"StringEquals": {"AWS:PrincipalOrgId": "o-abc123"}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-abc123/*"]}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/app-*"}},
    {"StringEqualsIfExists": {"kms:CallerAccount": ["123456789012"]}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::shop-files"}, "Bool": {"aws:SecureTransport": "true"}},
)

ADMITTING = (
    {"Bool": {"aws:SecureTransport": "true"}},
    {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}},
    {"StringNotEquals": {"kms:CallerAccount": "123456789012"}},
    {"StringLike": {"kms:CallerAccount": "*"}},
    {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-abc123"}},
    {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-abc123"}},
    {"Null": {"aws:PrincipalOrgID": "false"}},
    {"StringEquals": {"kms:CallerAccount": ["123456789012", "*"]}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"}},
)


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


CASES = [
    *cases(
        "kms-rotation",
        passing=[of(types.KMS_KEY, enableKeyRotation=True)],
        failing=[
            of(types.KMS_KEY),
            of(types.KMS_KEY, enableKeyRotation=False, customerMasterKeySpec="SYMMETRIC_DEFAULT"),
        ],
        unknown=[of(types.KMS_KEY, enableKeyRotation=U)],
        skipped=[
            of(types.KMS_KEY, customerMasterKeySpec="RSA_4096"),
            of(types.KMS_KEY, keyUsage="GENERATE_VERIFY_MAC"),
            of(types.KMS_KEY, customKeyStoreId="cks-1"),
        ],
    ),
    *cases(
        "kms-no-public-policy",
        passing=[
            *(of(types.KMS_KEY, policy=document({**ANYONE, "Condition": c})) for c in LIMITING),
            of(types.KMS_KEY, policy=document(ANYONE, DENIAL)),
            of(types.KMS_KEY),
            of(types.KMS_KEY, policy=document({**ADMIN, "Principal": {"AWS": "arn:aws:iam::1:root"}})),
            of(
                types.KMS_KEY_POLICY,
                policy=document({**ADMIN, "Principal": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "1"}}}),
            ),
        ],
        failing=[
            *(of(types.KMS_KEY, policy=document({**ANYONE, "Condition": c})) for c in ADMITTING),
            of(types.KMS_KEY, policy=document({**ADMIN, "NotPrincipal": {"AWS": "arn:aws:iam::1:user/x"}})),
            of(types.KMS_KEY, policy=document(ANYONE, {**DENIAL, "Condition": ADMITTING[0]})),
            of(types.KMS_KEY, policy=document({**ADMIN, "Principal": "*"})),
            of(types.KMS_REPLICA_KEY, policy=document({**ADMIN, "Principal": "*"})),
            of(
                types.KMS_KEY_POLICY,
                policy=document(READ, {**ADMIN, "Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}}),
            ),
        ],
        unknown=[of(types.KMS_KEY, policy=U)],
        unknown_is=Status.UNKNOWN,
    ),
]
