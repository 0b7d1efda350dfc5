"""Buckets of S3."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, one_of
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.access import any_action, any_resource
from policies.pack.facts.buckets import (
    algorithm_path,
    companion,
    encryption_rules,
    first_set,
    lifecycle_rules,
    log_target,
    refuses_kms,
    takes_cloudfront_logs,
    takes_logs,
)
from policies.pack.facts.documents import Statement, means, open_text, statements
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, Unset, as_bool, at, is_set, text
from policies.pack.verdict import Outcome, Status, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Collection

    from policies.pack.facts import ResourceFacts, StackFacts, Value

_FLAGS: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")

_KMS: Final = ("aws:kms", "aws:kms:dsse")

_SPARED: Final = frozenset(("s3:listallmybuckets", "s3:createbucket", "s3:getaccountpublicaccessblock"))
"""Actions on no bucket that is there: sparing them spares nothing."""

_ALGORITHMS: Final = (*_KMS, "AES256")


@DATA.joined(
    "s3-public-access-block",
    "Every bucket blocks public access",
    on=types.S3_BUCKET,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="One wrong ACL or policy, set by anybody at any time, would otherwise publish the bucket.",
    fix="Add an aws.s3.BucketPublicAccessBlock for the bucket with all four flags true.",
    anchors=("FSBP S3.8", "checkov CKV2_AWS_6", "checkov CKV_AWS_53", "cdk-nag AwsSolutions-S2", "trivy AWS-0094"),
)
def s3_public_access_block(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The four flags of the bucket's public access block, or of the account's, of which the stricter counts."""
    for account in stack.of_type(types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK):
        if worst(is_true(account, flag) for flag in _FLAGS).status is Status.PASS:
            return passed("the account blocks public access to all its buckets")
    block = companion(bucket, stack, types.S3_BUCKET_PUBLIC_ACCESS_BLOCK)
    if block is None:
        return failed("the bucket has no public access block of its own", "one with all four flags true")
    return worst(is_true(block, flag) for flag in _FLAGS)


@DATA.resource(
    "s3-public-access-flags",
    "A public access block blocks everything it can",
    on=types.S3_BUCKET_PUBLIC_ACCESS_BLOCK,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A flag that is left out is off: the block then looks like a wall and has a gap.",
    fix="Set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets to true.",
    anchors=("FSBP S3.8", "checkov CKV_AWS_53", "checkov CKV_AWS_54", "checkov CKV_AWS_55", "checkov CKV_AWS_56"),
    remedy=sets(dict.fromkeys(_FLAGS, True)),
)
def s3_public_access_flags(block: ResourceFacts) -> Outcome:
    """The four flags of a bucket's public access block, by itself: the engine can mend it before it is made."""
    return worst(is_true(block, flag) for flag in _FLAGS)


@DATA.joined(
    "s3-encryption",
    "Every bucket's encryption is written down",
    on=types.S3_BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="AWS's default is S3's own key; which data needs a KMS key instead should be decided, not left open.",
    fix="Add an aws.s3.BucketServerSideEncryptionConfiguration for the bucket (AES256 for ELB logs).",
    anchors=("checkov CKV_AWS_19", "trivy AWS-0088", "prowler s3_bucket_default_encryption"),
)
def s3_encryption(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The algorithm of the bucket's default encryption, any of them."""
    return _encrypted(bucket, stack, _ALGORITHMS)


@DATA.joined(
    "s3-sse-kms",
    "Every bucket is encrypted with KMS",
    on=types.S3_BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="With S3's own key, whoever may read an object may decrypt it; a KMS key is a second lock, with a log.",
    fix='Add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms", kmsMasterKeyId and '
    "bucketKeyEnabled true.",
    anchors=("FSBP S3.17", "checkov CKV_AWS_145", "trivy AWS-0132"),
)
def s3_sse_kms(bucket: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The algorithm of the bucket's default encryption; load balancers and S3's own logs cannot write with KMS."""
    return None if refuses_kms(bucket, stack) else _encrypted(bucket, stack, _KMS)


def _encrypted(bucket: ResourceFacts, stack: StackFacts, algorithms: Collection[str]) -> Outcome:
    wanted = " or ".join(algorithms)
    rules = encryption_rules(bucket, stack)
    if isinstance(rules, Unknown):
        return failed("the encryption's rules are known only after deployment", wanted)
    if not rules:
        return failed("the bucket has no encryption configuration", wanted)
    return worst(one_of(rule, algorithm_path(rule), algorithms) for rule in rules)


@DATA.joined(
    "s3-tls-only",
    "Every bucket refuses requests without TLS",
    on=types.S3_BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="S3 answers over plain HTTP too, and what is sent that way can be read and changed.",
    fix='Deny s3:* to everybody in the bucket policy when "aws:SecureTransport" is "false".',
    anchors=("FSBP S3.5", "checkov CKV_AWS_379", "cdk-nag AwsSolutions-S10"),
)
def s3_tls_only(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """A denial in the bucket's policy."""
    wanted = "a denial of requests without TLS"
    policy = companion(bucket, stack, types.S3_BUCKET_POLICY)
    source = bucket if policy is None else policy
    found = statements(source, "policy")
    if isinstance(found, Unknown):
        return unverified(open_text(source, "policy", "the bucket policy"), wanted)
    if isinstance(found, Unset):
        return failed("the bucket has no policy", wanted)
    denied = [r for s in found if _denies_plain_http(s) for r in s.resources]
    name = text(bucket, "bucket")
    if all(any(_covers(r, name, inside=inside) for r in denied) for inside in (False, True)):
        return passed("the policy denies requests without TLS")
    return failed("the bucket policy lets requests without TLS through", wanted)


def _denies_plain_http(statement: Statement) -> bool:
    """Whether a statement denies all that can be done to a bucket, for no other reason than missing TLS."""
    if statement.allow or not statement.for_everyone or len(statement.conditions) != 1:
        return False
    spared = statement.not_actions
    if not (any_action(statement.actions) or "s3:*" in statement.actions or (spared and _SPARED.issuperset(spared))):
        return False
    return any(
        operator in ("bool", "boolifexists") and any(means(v, want=False) for v in values)
        for operator, values in statement.condition("aws:SecureTransport")
    )


def _covers(resource: Value, bucket: str, *, inside: bool) -> bool:
    """Whether a pattern means the bucket itself, or (`inside`) all of its objects. An output is taken for both."""
    if not isinstance(resource, str):
        return resource is UNKNOWN
    if any_resource((resource,)):
        return True
    match = re.fullmatch(r"arn:[\w*-]+:s3:::([^/]+)(/\**)?", resource)
    if match is None or (bucket and not fnmatchcase(bucket, match[1])):
        return False
    return (match[2] or "").endswith("*") or match[1].endswith("*") if inside else not match[2]


@DATA.joined(
    "s3-versioning",
    "Every bucket keeps old versions",
    on=types.S3_BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without versions an overwritten or deleted object is gone.",
    fix='Add an aws.s3.BucketVersioning for the bucket with status "Enabled".',
    anchors=("FSBP S3.14", "checkov CKV_AWS_21", "trivy AWS-0090"),
)
def s3_versioning(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The bucket's versioning, which is off by default."""
    own = companion(bucket, stack, types.S3_BUCKET_VERSIONING)
    if own is not None:
        return one_of(own, "versioningConfiguration.status", ("Enabled",))
    return is_true(bucket, first_set(bucket, "versioning.enabled", "versionings.enabled"))


@DATA.joined(
    "s3-lifecycle",
    "Every bucket says when its objects go",
    on=types.S3_BUCKET,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Logs, old versions and broken uploads are paid for month after month until somebody deletes them.",
    fix="Add an aws.s3.BucketLifecycleConfiguration for the bucket with an enabled rule that expires objects or old "
    "versions, and abortIncompleteMultipartUpload.",
    anchors=("FSBP S3.10", "FSBP S3.13", "checkov CKV2_AWS_61", "checkov CKV_AWS_300"),
)
def s3_lifecycle(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """Enabled lifecycle rules, one of which ends uploads that broke off: nothing else shows or removes their parts."""
    wanted = "an enabled rule with abortIncompleteMultipartUpload"
    rules = lifecycle_rules(bucket, stack)
    if isinstance(rules, Unknown):
        return unverified("the lifecycle's rules are known only after deployment", wanted)
    if not rules:
        return failed("the bucket has no lifecycle", wanted)
    enabled = [rule for rule in rules if at(rule, "status") == "Enabled" or as_bool(at(rule, "enabled")) is True]
    if not enabled:
        return failed("no lifecycle rule is enabled", wanted)
    if any(_ends_uploads(rule) for rule in enabled):
        return passed("an enabled lifecycle rule ends broken uploads too")
    return failed("no enabled lifecycle rule ends broken uploads in the whole bucket", wanted)


def _ends_uploads(rule: Value) -> bool:
    paths = ("abortIncompleteMultipartUpload.daysAfterInitiation", "abortIncompleteMultipartUploadDays")
    return any(at(rule, path) is not UNSET for path in paths) and not _is_narrow(rule)


def _is_narrow(rule: Value) -> bool:
    """Whether a rule is about some objects only: by prefix, tag or size."""
    limits = [at(rule, key) for key in ("prefix", "tags")]
    for path in ("filter", "filter.and"):
        keys = ("prefix", "tag", "tags", "objectSizeGreaterThan", "objectSizeLessThan")
        limits += [at(rule, f"{path}.{key}") for key in keys]
    return any(limit is UNKNOWN or limit not in (UNSET, "", {}, [], 0) for limit in limits)


@DATA.joined(
    "s3-access-logs",
    "Every bucket logs who reads and writes it",
    on=types.S3_BUCKET,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="After a leak, the access log is what tells which objects were read, and by whom.",
    fix="Add an aws.s3.BucketLogging for the bucket with targetBucket, a bucket that only takes logs.",
    anchors=("FSBP S3.9", "checkov CKV_AWS_18", "cdk-nag AwsSolutions-S1", "trivy AWS-0089"),
)
def s3_access_logs(bucket: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The bucket's logging. Buckets for logs need none: their log would log itself."""
    if takes_logs(bucket, stack):
        return None
    if is_set(log_target(bucket, stack)):
        return passed("an access log is kept")
    return failed("the bucket has no access log", "a target bucket")


@DATA.joined(
    "s3-acl-disabled",
    "No bucket uses ACLs",
    on=types.S3_BUCKET,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="An ACL lets a writer keep what it writes from the bucket's owner, and is a second place to look for access.",
    fix='Remove acl; if set, make objectOwnership of the BucketOwnershipControls "BucketOwnerEnforced".',
    anchors=("FSBP S3.12", "checkov CKV2_AWS_65"),
)
def s3_acl_disabled(bucket: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Object ownership, for which AWS's default is the bucket's owner alone. CloudFront's logs need an ACL."""
    if takes_cloudfront_logs(bucket, stack):
        return None
    controls = companion(bucket, stack, types.S3_BUCKET_OWNERSHIP_CONTROLS)
    if controls is not None:
        return one_of(controls, "rule.objectOwnership", ("BucketOwnerEnforced",))
    if companion(bucket, stack, types.S3_BUCKET_ACL) is not None:
        return failed("the bucket has an ACL", "none")
    for key in ("acl", "grants"):
        if is_set(at(bucket, key)):
            return failed(f"{key} is set", "no ACL")
    return passed("AWS's default ownership leaves no room for ACLs")
