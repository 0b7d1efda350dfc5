"""CloudFront distributions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, lacking, one_of, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.layers import EDGE
from policies.pack.levels import ALWAYS, advisory_from, mandatory_from
from policies.pack.parameters import texts
from policies.pack.rule import Severity
from policies.pack.values import as_bool, as_number, at, is_set, items, show, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values

ANY_DISTRIBUTION: Final = (types.CLOUDFRONT_DISTRIBUTION, types.CLOUDFRONT_MULTITENANT_DISTRIBUTION)

CLOUDFRONT_TLS: Final = texts(
    "versions",
    "Allowed minimum protocol versions",
    ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
    choices=("TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
)

_SECURE_VIEWERS: Final = ("redirect-to-https", "https-only")

_BUCKET_ADDRESS: Final = re.compile(r".+\.s3(?!-website)([.-][\w-]+)?(\.[\w-]+)?\.amazonaws\.com(\.cn)?")
"""Address of a bucket as S3's API has it."""

MIN_HSTS_SECONDS: Final = 31_536_000
"""Shortest time that browsers must remember to use HTTPS: a year, what browsers' preload lists ask for."""

_HEADERS_WITHOUT_HSTS: Final = (
    "60669652-455b-4ae9-85a4-c4c02393f86c",
    "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
)
"""AWS's managed response headers policies for CORS alone: SimpleCORS and CORS-With-Preflight."""


def _behaviours(distribution: ResourceFacts) -> list[Value] | Unknown:
    """The default and all other cache behaviours; only the last list's name differs between kinds of distribution."""
    found = [at(distribution, "defaultCacheBehavior")]
    for key in ("orderedCacheBehaviors", "cacheBehaviors"):
        others = items(distribution, key)
        if isinstance(others, Unknown):
            return UNKNOWN
        found += others
    return found


@EDGE.resource(
    "cloudfront-viewer-https",
    "CloudFront answers viewers over HTTPS only",
    on=ANY_DISTRIBUTION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="What is answered over HTTP can be read and changed on the way, session cookies included.",
    fix='Set viewerProtocolPolicy of every cache behaviour to "redirect-to-https".',
    anchors=(
        "FSBP CloudFront.3",
        "checkov CKV_AWS_34",
        "trivy AWS-0012",
        "prowler cloudfront_distributions_https_enabled",
    ),
)
def cloudfront_viewer_https(distribution: ResourceFacts) -> Outcome:
    """`viewerProtocolPolicy` of the default and of every other cache behaviour."""
    behaviours = _behaviours(distribution)
    if isinstance(behaviours, Unknown):
        return failed("cache behaviours are known only after deployment", "behaviours that are written out")
    return worst(one_of(b, "viewerProtocolPolicy", _SECURE_VIEWERS) for b in behaviours)


@EDGE.resource(
    "cloudfront-min-tls12",
    "CloudFront accepts TLS 1.2 and newer only",
    on=ANY_DISTRIBUTION,
    severity=Severity.HIGH,
    levels=mandatory_from("production"),
    why="Under its default certificate CloudFront accepts TLS 1.0, whatever else is set.",
    fix='Give the distribution a certificate of its own and set minimumProtocolVersion to "TLSv1.2_2021" or newer.',
    anchors=("checkov CKV_AWS_174", "cdk-nag AwsSolutions-CFR4", "trivy AWS-0013"),
    parameters=(CLOUDFRONT_TLS,),
)
def cloudfront_min_tls12(distribution: ResourceFacts, given: Values) -> Outcome:
    """`viewerCertificate.minimumProtocolVersion`, which counts only with an own certificate."""
    if as_bool(at(distribution, "viewerCertificate.cloudfrontDefaultCertificate")) is True:
        return failed("the distribution uses CloudFront's default certificate", "a certificate of its own")
    return one_of(distribution, "viewerCertificate.minimumProtocolVersion", given[CLOUDFRONT_TLS])


@EDGE.joined(
    "cloudfront-security-headers",
    "CloudFront adds security headers",
    on=ANY_DISTRIBUTION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Without HSTS a browser's first request can be led to a copy of the site over HTTP.",
    fix="Set responseHeadersPolicyId of every cache behaviour, e.g. to AWS's managed SecurityHeadersPolicy; a policy "
    "of your own needs securityHeadersConfig.strictTransportSecurity with accessControlMaxAgeSec 31536000 or more.",
    anchors=("checkov CKV2_AWS_32", "checkov CKV_AWS_259"),
)
def cloudfront_security_headers(distribution: ResourceFacts, stack: StackFacts) -> Outcome:
    """`responseHeadersPolicyId` of the default and of every other cache behaviour, and HSTS in the stack's policies."""
    wanted = "a response headers policy with HSTS"
    behaviours = _behaviours(distribution)
    if isinstance(behaviours, Unknown):
        return failed("cache behaviours are known only after deployment", "behaviours that are written out")
    if any(text(b, "responseHeadersPolicyId") in _HEADERS_WITHOUT_HSTS for b in behaviours):
        return failed("responseHeadersPolicyId is AWS's policy for CORS alone", wanted)
    policies = {
        policy.urn: policy
        for key in ("defaultCacheBehavior", "orderedCacheBehaviors", "cacheBehaviors")
        for policy in stack.referred(distribution, key, types.CLOUDFRONT_RESPONSE_HEADERS_POLICY)
    }
    set_ = [present(b, "responseHeadersPolicyId", wanted) for b in behaviours]
    return worst([*set_, *(_remembers_https(policy) for policy in policies.values())])


def _remembers_https(policy: ResourceFacts) -> Outcome:
    path = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec"
    age = as_number(at(policy, path))
    if isinstance(age, float) and age >= MIN_HSTS_SECONDS:
        return passed(show(policy, path))
    return lacking(policy, path, f"at least {MIN_HSTS_SECONDS} seconds", f"{policy.name}: {show(policy, path)}")


@EDGE.joined(
    "cloudfront-s3-oac",
    "Buckets are read through CloudFront only",
    on=types.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Without an access control CloudFront reads as a stranger: the bucket must be public, past WAF and log.",
    fix="Set originAccessControlId of the S3 origin to an aws.cloudfront.OriginAccessControl, and let the bucket policy"
    " admit cloudfront.amazonaws.com for this distribution.",
    anchors=("FSBP CloudFront.13", "cdk-nag AwsSolutions-CFR7"),
)
def cloudfront_s3_oac(distribution: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`originAccessControlId`, or the older access identity, of every origin that is a bucket.

    A control that never signs leaves CloudFront the stranger that it is without one.
    """
    wanted = "an origin access control"
    origins = items(distribution, "origins")
    if isinstance(origins, Unknown):
        return unverified(show(distribution, "origins"), wanted)
    buckets = [o for o in origins if _is_bucket(o)]
    if not buckets:
        return None
    keys = ("originAccessControlId", "s3OriginConfig.originAccessIdentity")
    open_ = sum(not any(is_set(at(b, key)) for key in keys) for b in buckets)
    if open_:
        return failed(f"{open_} S3 origin(s) without access control", wanted)
    controls = stack.referred(distribution, "origins", types.CLOUDFRONT_ORIGIN_ACCESS_CONTROL)
    silent = [c for c in controls if at(c, "signingBehavior") == "never"]
    return failed(f"{silent[0].name} never signs", "signingBehavior always") if silent else passed("origins are closed")


def _is_bucket(origin: Value) -> bool:
    """An origin that is set up neither as a server nor as something in a VPC, or as a server with a bucket's address.

    A bucket's website, whose address differs, can be reached in no other way.
    """
    if _BUCKET_ADDRESS.fullmatch(text(origin, "domainName")):
        return True
    return not any(is_set(at(origin, key)) for key in ("customOriginConfig", "vpcOriginConfig"))


@EDGE.joined(
    "cloudfront-compresses",
    "CloudFront compresses what it sends",
    on=types.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.LOW,
    levels=advisory_from("mvp"),
    why="Text shrinks to a quarter: pages open sooner, and $0.085 per GB is paid for less.",
    fix="Set defaultCacheBehavior.compress to true, with a cache policy that admits gzip and Brotli.",
)
def cloudfront_compresses(distribution: ResourceFacts, stack: StackFacts) -> Outcome:
    """`defaultCacheBehavior.compress`, which AWS leaves off, and a cache policy that admits what is compressed."""
    compresses = is_true(distribution, "defaultCacheBehavior.compress")
    path = "parametersInCacheKeyAndForwardedToOrigin.enableAcceptEncoding"
    for policy in stack.referred(distribution, "defaultCacheBehavior", types.CLOUDFRONT_CACHE_POLICY):
        if all(as_bool(at(policy, f"{path}{kind}")) in (False, None) for kind in ("Gzip", "Brotli")):
            return worst((compresses, failed(f"{policy.name} admits neither gzip nor Brotli", "one of them")))
    return compresses
