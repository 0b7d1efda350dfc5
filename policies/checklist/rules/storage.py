"""Data, continued: S3. Most of a bucket's settings are resources of their own, joined here by their `bucket`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of
from ..documents import Statement, means, statements
from ..facts import Unknown
from ..levels import ALWAYS, mandatory_from
from ..rule import Layer, Severity
from ..values import UNSET, Unset, at, items, show
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("data")

BUCKET: Final = "aws:s3/bucket:Bucket"
PUBLIC_ACCESS: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
ENCRYPTION: Final = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
POLICY: Final = "aws:s3/bucketPolicy:BucketPolicy"
VERSIONING: Final = "aws:s3/bucketVersioning:BucketVersioning"
LIFECYCLE: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
OWNERSHIP: Final = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"

_FLAGS: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_ALGORITHMS: Final = ("aws:kms", "aws:kms:dsse", "AES256")


def _companion(bucket: ResourceFacts, stack: StackFacts, token: str) -> ResourceFacts | None:
    found = stack.referring(bucket, token, "bucket", "bucket")
    return found[0] if found else None


@layer.joined(
    "s3-public-access-block",
    "Every bucket blocks public access",
    on=BUCKET,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="One wrong ACL or policy, set by anybody at any time, would otherwise publish the bucket.",
    fix="Add an aws.s3.BucketPublicAccessBlock for the bucket with all four flags true.",
    anchors=("FSBP S3.8", "checkov CKV2_AWS_6", "checkov CKV_AWS_53", "cdk-nag AwsSolutions-S2", "trivy AWS-0094"),
    items=(86,),
)
def s3_public_access_block(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The four flags of the bucket's public access block."""
    block = _companion(bucket, stack, PUBLIC_ACCESS)
    if block is None:
        return failed("the bucket has no public access block of its own", "one with all four flags true")
    return worst(is_true(block, flag) for flag in _FLAGS)


@layer.joined(
    "s3-encryption",
    "Every bucket's encryption is written down",
    on=BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="AWS's default is S3's own key; which data needs a KMS key instead should be decided, not left open.",
    fix="Add an aws.s3.BucketServerSideEncryptionConfiguration for the bucket (AES256 for ELB logs).",
    anchors=("FSBP S3.17", "checkov CKV_AWS_19", "trivy AWS-0088"),
    items=(78,),
)
def s3_encryption(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The algorithm of the bucket's encryption configuration, or of the bucket's own block of older programs."""
    wanted = "a rule with an algorithm"
    companion = _companion(bucket, stack, ENCRYPTION)
    source, path = (bucket, "serverSideEncryptionConfiguration.rule") if companion is None else (companion, "rules")
    rules = items(source, path)
    if isinstance(rules, Unknown):
        return failed(show(source, path), wanted)
    if not rules:
        return failed("the bucket has no encryption configuration", wanted)
    return worst(one_of(rule, "applyServerSideEncryptionByDefault.sseAlgorithm", _ALGORITHMS) for rule in rules)


@layer.joined(
    "s3-tls-only",
    "Every bucket refuses requests without TLS",
    on=BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="S3 answers over plain HTTP too, and what is sent that way can be read and changed.",
    fix='Deny s3:* to everybody in the bucket policy when "aws:SecureTransport" is "false".',
    anchors=("FSBP S3.5", "checkov CKV_AWS_379", "cdk-nag AwsSolutions-S10"),
    items=(18, 86),
)
def s3_tls_only(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """A denial in the bucket's policy."""
    wanted = "a denial of requests without TLS"
    policy = _companion(bucket, stack, POLICY)
    found = statements(policy, "policy") if policy is not None else statements(bucket, "policy")
    if isinstance(found, Unknown):
        return unverified("the bucket policy is known only after deployment", wanted)
    if isinstance(found, Unset):
        return failed("the bucket has no policy", wanted)
    if any(_denies_plain_http(s) for s in found):
        return passed("the policy denies requests without TLS")
    return failed("the bucket policy lets requests without TLS through", wanted)


def _denies_plain_http(statement: Statement) -> bool:
    if statement.allow or not statement.for_everyone or not {"s3:*", "*"}.intersection(statement.actions):
        return False
    return any(
        operator == "bool" and any(means(v, want=False) for v in values)
        for operator, values in statement.condition("aws:SecureTransport")
    )


@layer.joined(
    "s3-versioning",
    "Every bucket keeps old versions",
    on=BUCKET,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without versions an overwritten or deleted object is gone.",
    fix='Add an aws.s3.BucketVersioning for the bucket with status "Enabled".',
    anchors=("FSBP S3.14", "checkov CKV_AWS_21", "trivy AWS-0090"),
    items=(86,),
)
def s3_versioning(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """The bucket's versioning, or its own block of older programs."""
    companion = _companion(bucket, stack, VERSIONING)
    if companion is None and at(bucket, "versioning") is UNSET:
        return failed("the bucket has no versioning", "Enabled")
    if companion is None:
        return is_true(bucket, "versioning.enabled")
    return one_of(companion, "versioningConfiguration.status", ("Enabled",))


@layer.joined(
    "s3-lifecycle",
    "Every bucket says when its objects go",
    on=BUCKET,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Logs, old versions and broken uploads are paid for month after month until somebody deletes them.",
    fix="Add an aws.s3.BucketLifecycleConfiguration for the bucket with an enabled rule.",
    anchors=("FSBP S3.10", "FSBP S3.13", "checkov CKV2_AWS_61", "checkov CKV_AWS_300"),
    items=(6, 170, 201),
)
def s3_lifecycle(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """An enabled lifecycle rule."""
    companion = _companion(bucket, stack, LIFECYCLE)
    if companion is None:
        return failed("the bucket has no lifecycle", "an enabled rule")
    rules = items(companion, "rules")
    if isinstance(rules, Unknown):
        return unverified("the lifecycle's rules are known only after deployment", "an enabled rule")
    if any(at(rule, "status") == "Enabled" for rule in rules):
        return passed("a lifecycle rule is enabled")
    return failed("no lifecycle rule is enabled", "an enabled rule")


@layer.joined(
    "s3-acl-disabled",
    "No bucket uses ACLs",
    on=BUCKET,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="An ACL lets a writer keep what it writes from the bucket's owner, and is a second place to look for access.",
    fix='Remove acl; if set, make objectOwnership of the BucketOwnershipControls "BucketOwnerEnforced".',
    anchors=("FSBP S3.12", "checkov CKV2_AWS_65"),
    items=(86, 103),
)
def s3_acl_disabled(bucket: ResourceFacts, stack: StackFacts) -> Outcome:
    """Object ownership, for which AWS's default is the bucket's owner alone."""
    controls = _companion(bucket, stack, OWNERSHIP)
    if controls is None:
        return passed("AWS's default ownership leaves no room for ACLs")
    return one_of(controls, "rule.objectOwnership", ("BucketOwnerEnforced",))
