"""Edge, continued: how CloudFront fetches and hands out content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true
from ..facts import Unknown
from ..levels import advisory_from, mandatory_from
from ..rule import Layer, Severity
from ..values import at, is_set, items, show
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from ..facts import ResourceFacts, Value

layer = Layer("edge")

DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"


@layer.resource(
    "cloudfront-s3-oac",
    "Buckets are read through CloudFront only",
    on=DISTRIBUTION,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Without an access control CloudFront reads as a stranger: the bucket must be public, past WAF and log.",
    fix="Set originAccessControlId of the S3 origin to an aws.cloudfront.OriginAccessControl, and let the bucket policy"
    " admit cloudfront.amazonaws.com for this distribution.",
    anchors=("FSBP CloudFront.13", "cdk-nag AwsSolutions-CFR7"),
    items=(22, 86),
)
def cloudfront_s3_oac(distribution: ResourceFacts) -> Outcome | None:
    """`originAccessControlId`, or the older access identity, of every origin that is a bucket."""
    wanted = "an origin access control"
    origins = items(distribution, "origins")
    if isinstance(origins, Unknown):
        return unverified(show(distribution, "origins"), wanted)
    buckets = [o for o in origins if _is_bucket(o)]
    if not buckets:
        return None
    keys = ("originAccessControlId", "s3OriginConfig.originAccessIdentity")
    open_ = sum(not any(is_set(at(b, key)) for key in keys) for b in buckets)
    return failed(f"{open_} S3 origin(s) without access control", wanted) if open_ else passed("S3 origins are closed")


def _is_bucket(origin: Value) -> bool:
    """An origin that is set up neither as a server nor as something in a VPC."""
    return not any(is_set(at(origin, key)) for key in ("customOriginConfig", "vpcOriginConfig"))


@layer.resource(
    "cloudfront-compresses",
    "CloudFront compresses what it sends",
    on=DISTRIBUTION,
    severity=Severity.LOW,
    levels=advisory_from("mvp"),
    why="Text shrinks to a quarter: pages open sooner, and $0.085 per GB is paid for less.",
    fix="Set defaultCacheBehavior.compress to true, with a cache policy that admits gzip and Brotli.",
    items=(22, 208),
)
def cloudfront_compresses(distribution: ResourceFacts) -> Outcome:
    """`defaultCacheBehavior.compress`, which AWS leaves off."""
    return is_true(distribution, "defaultCacheBehavior.compress")
