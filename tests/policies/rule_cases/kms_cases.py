"""Cases of the rules in policies/pack/rules/kms.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

ADMIN = {"Effect": "Allow", "Action": "*", "Resource": "*"}

READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"]}


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
            of(types.KMS_KEY),
            of(types.KMS_KEY, policy=document({**ADMIN, "Principal": {"AWS": "arn:aws:iam::1:root"}})),
            of(
                types.KMS_KEY_POLICY,
                policy=document({**ADMIN, "Principal": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "1"}}}),
            ),
        ],
        failing=[
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
