"""A bucket's settings, wherever they stand: in a resource of their own, or in the bucket as older programs have them.

`aws.s3.Bucket` has such blocks under one name, `aws.s3.BucketV2` under its plural.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import statements
from policies.pack.values import UNSET, Unset, at, items, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Source, StackFacts, Value

_SSE_S3_WRITERS: Final = (
    (types.LB_LOAD_BALANCER, "accessLogs.bucket"),
    (types.LB_LOAD_BALANCER, "connectionLogs.bucket"),
    (types.ELB_LOAD_BALANCER, "accessLogs.bucket"),
    (types.S3_BUCKET_LOGGING, "targetBucket"),
    (types.S3_BUCKET, "logging.targetBucket"),
    (types.S3_BUCKET, "loggings.targetBucket"),
)
"""What writes logs to a bucket, and the property that names it: those that cannot write where KMS encrypts."""

_LOG_WRITERS: Final = (
    *_SSE_S3_WRITERS,
    (types.EC2_FLOW_LOG, "logDestination"),
    (types.CLOUDFRONT_DISTRIBUTION, "loggingConfig.bucket"),
    (types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, "logDestinationConfigs"),
)

_LOG_SERVICES: Final = ("logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com")
"""Services that such logs come from, as policies name them."""

_NAME: Final = re.compile(r"(?:arn:aws[\w-]*:s3:::)?([a-z0-9.-]+?)(?:\.s3[.\w-]*\.amazonaws\.com)?(?:/.*)?")
"""A bucket's name, alone or in its ARN, its domain or a path."""


def companion(bucket: ResourceFacts, stack: StackFacts, token: str) -> ResourceFacts | None:
    """The resource of a type that configures the bucket."""
    found = stack.referring(bucket, token, "bucket", "bucket")
    return found[0] if found else None


def first_set(source: Source, *paths: str) -> str:
    """The first of several paths that is set; the first of all if none is."""
    return next((path for path in paths if at(source, path) is not UNSET), paths[0])


def encryption_rules(bucket: ResourceFacts, stack: StackFacts) -> list[Value] | Unknown:
    """Rules of the bucket's default encryption."""
    own = companion(bucket, stack, types.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION)
    if own is not None:
        return items(own, "rules")
    path = first_set(bucket, "serverSideEncryptionConfiguration.rule", "serverSideEncryptionConfigurations.rules")
    return items(bucket, path)


def algorithm_path(rule: Value) -> str:
    """Where an encryption rule names its algorithm."""
    return first_set(
        rule,
        "applyServerSideEncryptionByDefault.sseAlgorithm",
        "applyServerSideEncryptionByDefaults.sseAlgorithm",
    )


def lifecycle_rules(bucket: ResourceFacts, stack: StackFacts) -> list[Value] | Unknown:
    """Rules of the bucket's lifecycle, in the spelling of the one place or the other."""
    own = companion(bucket, stack, types.S3_BUCKET_LIFECYCLE_CONFIGURATION)
    return items(bucket, "lifecycleRules") if own is None else items(own, "rules")


def log_target(bucket: ResourceFacts, stack: StackFacts) -> Value:
    """The bucket to which the bucket's own access log goes; `UNSET` for none."""
    own = companion(bucket, stack, types.S3_BUCKET_LOGGING)
    if own is not None:
        return at(own, "targetBucket")
    return at(bucket, first_set(bucket, "logging.targetBucket", "loggings.targetBucket"))


def takes_logs(bucket: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a service writes its logs here: an access log of that would only log the logging."""
    return _admits_log_delivery(bucket, stack) or _is_written(bucket, stack, _LOG_WRITERS)


def refuses_kms(bucket: ResourceFacts, stack: StackFacts) -> bool:
    """Whether something writes here that cannot where KMS encrypts: load balancers, and S3's own access logs.

    Where the writers stand elsewhere, the ACL or the policy that admits them tells.
    """
    return _admits_log_delivery(bucket, stack) or _is_written(bucket, stack, _SSE_S3_WRITERS)


def _admits_log_delivery(bucket: ResourceFacts, stack: StackFacts) -> bool:
    acl = companion(bucket, stack, types.S3_BUCKET_ACL)
    if "log-delivery-write" in (text(bucket, "acl"), text(acl, "acl") if acl else ""):
        return True
    grants = [] if acl is None else items(acl, "accessControlPolicy.grants")
    if not isinstance(grants, Unknown) and any(text(g, "grantee.uri").endswith("/s3/LogDelivery") for g in grants):
        return True
    policy = companion(bucket, stack, types.S3_BUCKET_POLICY)
    found = statements(policy if policy is not None else bucket, "policy")
    if isinstance(found, Unknown | Unset):
        return False
    return any(s.allow and any(who in _LOG_SERVICES for _, who in s.principals if who is not UNKNOWN) for s in found)


def takes_cloudfront_logs(bucket: ResourceFacts, stack: StackFacts) -> bool:
    """Whether CloudFront writes its standard logs here, which it does by an ACL and in no other way."""
    return _is_written(bucket, stack, ((types.CLOUDFRONT_DISTRIBUTION, "loggingConfig.bucket"),))


def _is_written(bucket: ResourceFacts, stack: StackFacts, writers: tuple[tuple[str, str], ...]) -> bool:
    if any(
        writer.urn != bucket.urn
        for token, path in writers
        for writer in stack.referring(bucket, token, path.partition(".")[0])
    ):
        return True
    return text(bucket, "bucket") in _named(stack, writers)


@lru_cache(maxsize=4)
def _named(stack: StackFacts, writers: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Names of the buckets that writers name in so many words; found once per stack."""
    return frozenset(
        match[1]
        for token, path in writers
        for writer in stack.of_type(token)
        for value in _texts(writer, path)
        if (match := _NAME.fullmatch(value))
    )


def _texts(source: Source, path: str) -> list[str]:
    found = items(source, path)
    return [] if isinstance(found, Unknown) else [value for value in found if isinstance(value, str)]
