"""How everything in an account begins, and who can reach into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_true
from policies.pack.facts import UNKNOWN
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import UNSET, at
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_EXTERNAL: Final = ("ACCOUNT", "ORGANIZATION")
"""Types of analyzers that look for what others can reach."""

_LENGTH: Final = 14
_REMEMBERED: Final = 24
"""What the CIS benchmark asks of passwords."""

_REQUIRED: Final = (
    "requireLowercaseCharacters",
    "requireUppercaseCharacters",
    "requireNumbers",
    "requireSymbols",
)


@ACCOUNT.stack(
    "access-analyzer-enabled",
    "Access Analyzer looks for what others can reach",
    on=types.ACCESSANALYZER_ANALYZER,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="A role, key or bucket that another account can reach is found when somebody uses it, or by an analyzer.",
    fix="Add an aws.accessanalyzer.Analyzer of type ACCOUNT; it is free.",
    anchors=("FSBP IAM.28", "prowler accessanalyzer_enabled"),
)
def access_analyzer_enabled(stack: StackFacts) -> Outcome | None:
    """An analyzer of external access, the kind that `type` has unless it is set."""
    if not stack.uses_aws:
        return None
    wanted = "an analyzer of external access"
    kinds = [at(a, "type") for a in stack.of_type(types.ACCESSANALYZER_ANALYZER)]
    if any(kind is UNSET or kind in _EXTERNAL for kind in kinds if kind is not UNKNOWN):
        return passed(wanted)
    if UNKNOWN in kinds:
        return unverified("the type of an analyzer is known only after deployment", wanted)
    missing = failed("the stack has no analyzer of external access", wanted)
    return kept_elsewhere(stack, "accessAnalyzer", wanted) or missing


@ACCOUNT.stack(
    "account-buckets-private",
    "No bucket of the account can be public",
    on=types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="A bucket that somebody makes by hand has no policy pack; the account's block holds for it too.",
    fix="Add an aws.s3.AccountPublicAccessBlock with its four flags true.",
    anchors=("FSBP S3.1", "checkov CKV2_AWS_62", "prowler s3_account_level_public_access_blocks"),
)
def account_buckets_private(stack: StackFacts) -> Outcome | None:
    """The four flags of the account's block."""
    if not stack.uses_aws:
        return None
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    blocks = tuple(stack.of_type(types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK))
    if not blocks:
        return failed("the account does not block public buckets", "the account's block")
    return worst(is_true(blocks[0], flag) for flag in flags)


@ACCOUNT.stack(
    "account-disks-encrypted",
    "New disks in the account are encrypted",
    on=types.EBS_ENCRYPTION_BY_DEFAULT,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="A disk that somebody makes by hand is plain, and its snapshots too.",
    fix="Add an aws.ebs.EncryptionByDefault with enabled true.",
    anchors=("FSBP EC2.7", "checkov CKV_AWS_106", "prowler ec2_ebs_default_encryption"),
)
def account_disks_encrypted(stack: StackFacts) -> Outcome | None:
    """The account's default."""
    if not stack.uses_aws:
        return None
    found = tuple(stack.of_type(types.EBS_ENCRYPTION_BY_DEFAULT))
    if not found:
        return failed("the account does not encrypt disks by default", "encryption by default")
    return is_true(found[0], "enabled", default=True)


@ACCOUNT.stack(
    "account-metadata-v2",
    "New instances answer for their metadata to sessions only",
    on=types.EC2_INSTANCE_METADATA_DEFAULTS,
    severity=Severity.LOW,
    levels=AUDITED,
    account=True,
    why="An application that fetches addresses for its users hands out an instance's credentials otherwise.",
    fix='Add an aws.ec2.InstanceMetadataDefaults with httpTokens "required".',
    anchors=("prowler ec2_instance_account_imdsv2_enabled",),
)
def account_metadata_v2(stack: StackFacts) -> Outcome | None:
    """`httpTokens` of the account's defaults."""
    if not stack.uses_aws:
        return None
    wanted = "httpTokens required"
    defaults = [at(d, "httpTokens") for d in stack.of_type(types.EC2_INSTANCE_METADATA_DEFAULTS)]
    if UNKNOWN in defaults:
        return unverified("httpTokens is known only after deployment", wanted)
    return passed(wanted) if "required" in defaults else failed("the account's default is AWS's", wanted)


@ACCOUNT.resource(
    "account-password-policy",
    "Passwords of IAM users are long and new",
    on=types.IAM_ACCOUNT_PASSWORD_POLICY,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="AWS's own policy takes eight characters, and the last password again.",
    fix="Set minimumPasswordLength to 14 or more, passwordReusePrevention to 24, and require each kind of character.",
    anchors=(
        "FSBP IAM.7",
        "prowler iam_password_policy_minimum_length_14",
        "prowler iam_password_policy_reuse_24",
        "checkov CKV_AWS_9",
        "checkov CKV_AWS_13",
        "trivy AWS-0063",
    ),
)
def account_password_policy(policy: ResourceFacts) -> Outcome:
    """Length, memory and kinds of characters."""
    return worst(
        (
            at_least(policy, "minimumPasswordLength", _LENGTH),
            at_least(policy, "passwordReusePrevention", _REMEMBERED),
            *(is_true(policy, key) for key in _REQUIRED),
        )
    )
