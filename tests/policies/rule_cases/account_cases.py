"""Cases of the rules in policies/pack/rules/account.py."""

from __future__ import annotations

from typing import Any

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

TOPIC = of(types.SNS_TOPIC, "topic")

NOT_AWS = of("random:index/randomId:RandomId")

FLAGS: Any = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}

PASSWORDS: Any = {
    "minimumPasswordLength": 14,
    "passwordReusePrevention": 24,
    "requireLowercaseCharacters": True,
    "requireUppercaseCharacters": True,
    "requireNumbers": True,
    "requireSymbols": True,
}


def blocked(**changes: Any) -> Made:  # noqa: ANN401
    return of(types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK, **{**FLAGS, **changes})


def passwords(**changes: Any) -> Made:  # noqa: ANN401
    return of(types.IAM_ACCOUNT_PASSWORD_POLICY, **{**PASSWORDS, **changes})


def analyzer(**props: Any) -> Made:  # noqa: ANN401
    return of(types.ACCESSANALYZER_ANALYZER, **props)


CASES = [
    *cases(
        "access-analyzer-enabled",
        passing=[analyzer(), analyzer(type="ACCOUNT"), analyzer(type="ORGANIZATION")],
        failing=[TOPIC, analyzer(type="ACCOUNT_UNUSED_ACCESS")],
        unknown=[analyzer(type=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[NOT_AWS],
    ),
    *cases(
        "account-buckets-private",
        passing=[blocked()],
        failing=[
            TOPIC,
            of(types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK),
            blocked(ignorePublicAcls=False),
        ],
        unknown=[blocked(blockPublicAcls=U)],
        skipped=[NOT_AWS],
    ),
    *cases(
        "account-disks-encrypted",
        passing=[of(types.EBS_ENCRYPTION_BY_DEFAULT), of(types.EBS_ENCRYPTION_BY_DEFAULT, enabled=True)],
        failing=[TOPIC, of(types.EBS_ENCRYPTION_BY_DEFAULT, enabled=False)],
        unknown=[of(types.EBS_ENCRYPTION_BY_DEFAULT, enabled=U)],
        skipped=[NOT_AWS],
    ),
    *cases(
        "account-metadata-v2",
        passing=[of(types.EC2_INSTANCE_METADATA_DEFAULTS, httpTokens="required")],
        failing=[
            TOPIC,
            of(types.EC2_INSTANCE_METADATA_DEFAULTS),
            of(types.EC2_INSTANCE_METADATA_DEFAULTS, httpTokens="optional"),
        ],
        unknown=[of(types.EC2_INSTANCE_METADATA_DEFAULTS, httpTokens=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[NOT_AWS],
    ),
    *cases(
        "account-password-policy",
        passing=[passwords(), passwords(minimumPasswordLength=20, requireSymbols="true")],
        failing=[
            of(types.IAM_ACCOUNT_PASSWORD_POLICY),
            passwords(minimumPasswordLength=8),
            passwords(passwordReusePrevention=5),
            passwords(requireNumbers=False),
        ],
        unknown=[passwords(minimumPasswordLength=U), passwords(requireSymbols=U)],
        skipped=[TOPIC],
    ),
]
