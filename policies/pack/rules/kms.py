"""Keys of KMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true
from policies.pack.facts import Unknown
from policies.pack.facts.access import admits_strangers
from policies.pack.facts.documents import open_text, statements
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, Unset, at, is_set
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

OTHER_KEYS: Final = (
    types.KMS_REPLICA_KEY,
    types.KMS_EXTERNAL_KEY,
    types.KMS_REPLICA_EXTERNAL_KEY,
)


@SECURITY.resource(
    "kms-rotation",
    "KMS keys are rotated",
    on=types.KMS_KEY,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="The longer one key is used, the more is readable with it if it ever leaks.",
    fix="Set enableKeyRotation to true.",
    anchors=("FSBP KMS.4", "checkov CKV_AWS_7", "cdk-nag AwsSolutions-KMS5", "trivy AWS-0065"),
    remedy=sets({"enableKeyRotation": True}),
)
def kms_rotation(key: ResourceFacts) -> Outcome | None:
    """`enableKeyRotation` of symmetric encryption keys in AWS's own store, the only ones that AWS can rotate."""
    symmetric = at(key, "customerMasterKeySpec") in (UNSET, "SYMMETRIC_DEFAULT")
    encrypts = at(key, "keyUsage") in (UNSET, "ENCRYPT_DECRYPT")
    rotatable = symmetric and encrypts and not is_set(at(key, "customKeyStoreId"))
    return is_true(key, "enableKeyRotation") if rotatable else None


@SECURITY.resource(
    "kms-no-public-policy",
    "No KMS key is open to every account",
    on=(types.KMS_KEY, *OTHER_KEYS, types.KMS_KEY_POLICY),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why='Principal "*" without a condition means every AWS account there is.',
    fix="Name the principals in the key policy, or add a condition such as kms:CallerAccount.",
    anchors=("FSBP KMS.5", "checkov CKV_AWS_33"),
)
def kms_no_public_policy(key: ResourceFacts) -> Outcome:
    """No statement that allows something to principals of every account."""
    wanted = 'no principal "*" without a condition on account, organisation or principal'
    found = statements(key, "policy")
    if isinstance(found, Unknown):
        return unverified(open_text(key, "policy", "the key policy"), wanted)
    if isinstance(found, Unset):
        return passed("AWS's default policy admits this account only")
    if any(admits_strangers(s, found) for s in found):
        return failed("the key policy admits everybody", wanted)
    return passed("the key policy names its principals")
