"""Queries about how users reach the application."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.readiness.queries.conditions import between, blocks, equals, holds, refers, together
from ascent.readiness.query import Answer, Truth, all_of, any_of, every, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import UNSET, at, is_set

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


HSTS_SECONDS: Final = 180 * 24 * 3600
"""Least time that browsers must remember to use HTTPS; less is for trying it out."""
_MAX_AGE: Final = re.compile(r"max-age=(\d+)", re.IGNORECASE)


@query("certificate-validated", "Certificates are waited for until they are valid")
def certificate_validated(stack: StackFacts) -> Answer:
    """Every certificate of the stack has a validation that the listener or distribution depends on."""
    certificates = tuple(stack.of_type(types.ACM_CERTIFICATE))
    return every(
        certificates,
        "certificates have a validation",
        lambda r: bool(stack.referring(r, types.ACM_CERTIFICATE_VALIDATION, "certificateArn", "arn")),
    )


def _https(resource: ResourceFacts) -> bool:
    return at(resource, "protocol") in ("HTTPS", "TLS")


@query("hsts", "Browsers are told to use HTTPS only")
def hsts(stack: StackFacts) -> Answer:
    """The header comes from CloudFront's policy or from the load balancer's listener."""
    strict = "securityHeadersConfig.strictTransportSecurity"

    def long(listener: ResourceFacts) -> Truth:
        value = at(listener, "routingHttpResponseStrictTransportSecurityHeaderValue")
        if value is UNKNOWN:
            return UNKNOWN
        age = _MAX_AGE.search(str(value))
        return age is not None and int(age[1]) >= HSTS_SECONDS

    return any_of(
        some(
            stack.of_type(types.CLOUDFRONT_RESPONSE_HEADERS_POLICY),
            "a headers policy with HSTS",
            lambda r: between(r, f"{strict}.accessControlMaxAgeSec", HSTS_SECONDS),
        ),
        some((r for r in stack.of_type(types.LB_LISTENER) if _https(r)), "a listener that adds HSTS", long),
    )


@query("security-headers", "Answers carry the security headers of an API")
def security_headers(stack: StackFacts) -> Answer:
    """HSTS, no sniffing, no framing: from CloudFront's policy or from the load balancer's listener."""
    prefix = "routingHttpResponse"
    return any_of(
        some(
            stack.of_type(types.CLOUDFRONT_RESPONSE_HEADERS_POLICY),
            "a headers policy with HSTS, nosniff and frame options",
            lambda r: all(
                is_set(at(r, f"securityHeadersConfig.{key}"))
                for key in ("strictTransportSecurity", "contentTypeOptions", "frameOptions")
            ),
        ),
        some(
            (r for r in stack.of_type(types.LB_LISTENER) if _https(r)),
            "a listener that adds HSTS, nosniff and frame options",
            refers(
                f"{prefix}StrictTransportSecurityHeaderValue",
                f"{prefix}XContentTypeOptionsHeaderValue",
                f"{prefix}XFrameOptionsHeaderValue",
            ),
        ),
    )


@query("alias-record", "A name of the product points at its edge")
def alias_record(stack: StackFacts) -> Answer:
    """An alias record."""
    return some(stack.of_type(types.ROUTE53_RECORD), "an alias record", refers("aliases"))


def _serves_files(resource: ResourceFacts) -> Truth:
    """Whether a distribution has an origin in S3 that only it may read, and compresses."""
    origins = blocks(resource, "origins")
    if isinstance(origins, Unknown):
        return UNKNOWN
    guarded = any(is_set(at(origin, "originAccessControlId")) for origin in origins)
    behaviors = blocks(resource, "orderedCacheBehaviors")
    default = at(resource, "defaultCacheBehavior")
    every_behavior = [default, *(behaviors if isinstance(behaviors, list) else [])]
    compresses = any(at(b, "compress") is True for b in every_behavior if b is not UNSET)
    return guarded and compresses


@query("cdn-static-assets", "CloudFront serves static files from a private bucket, compressed")
def cdn_static_assets(stack: StackFacts) -> Answer:
    """A distribution with an S3 origin behind an origin access control."""
    return some(stack.of_type(types.CLOUDFRONT_DISTRIBUTION), "a distribution of a private bucket", _serves_files)


@query("cdn-compresses", "Answers are compressed on their way")
def cdn_compresses(stack: StackFacts) -> Answer:
    """CloudFront compresses; load balancers cannot."""
    path = "defaultCacheBehavior.compress"
    return some(stack.of_type(types.CLOUDFRONT_DISTRIBUTION), "a distribution that compresses", holds(path, True))


def _blocks_countries(resource: ResourceFacts) -> Truth:
    rules = blocks(resource, "rules")
    if isinstance(rules, Unknown):
        return UNKNOWN
    return any(is_set(at(rule, "statement.geoMatchStatement")) for rule in rules)


@query("geo-restriction", "Requests from some countries are turned away")
def geo_restriction(stack: StackFacts) -> Answer:
    """A rule of the firewall, or a restriction of CloudFront's."""
    kind = "restrictions.geoRestriction.restrictionType"
    return any_of(
        some(stack.of_type(types.WAFV2_WEB_ACL), "a firewall rule by country", _blocks_countries),
        some(
            stack.of_type(types.CLOUDFRONT_DISTRIBUTION),
            "a restriction by country",
            holds(kind, "whitelist", "blacklist"),
        ),
    )


def _splits_traffic(resource: ResourceFacts) -> Truth:
    """Whether a rule divides requests by header or by weight."""
    conditions, actions = blocks(resource, "conditions"), blocks(resource, "actions")
    if isinstance(conditions, Unknown) or isinstance(actions, Unknown):
        return UNKNOWN
    by_header = any(is_set(at(c, "httpHeader")) for c in conditions)
    weighed = [blocks(a, "forward.targetGroups") for a in actions]
    return by_header or any(isinstance(groups, list) and len(groups) > 1 for groups in weighed)


@query("ab-testing", "Two versions can be shown to different users")
def ab_testing(stack: StackFacts) -> Answer:
    """A listener rule by header, or with weights."""
    return some(stack.of_type(types.LB_LISTENER_RULE), "a listener rule by header or weight", _splits_traffic)


@query("public-certificate", "The name of the product has a certificate of its own")
def public_certificate(stack: StackFacts) -> Answer:
    """An HTTPS listener or a distribution that uses an ACM certificate."""
    return any_of(
        some(
            stack.of_type(types.LB_LISTENER),
            "an HTTPS listener with a certificate",
            together(holds("protocol", "HTTPS", "TLS"), refers("certificateArn")),
        ),
        some(
            stack.of_type(types.CLOUDFRONT_DISTRIBUTION),
            "a distribution with a certificate",
            refers("viewerCertificate.acmCertificateArn"),
        ),
    )


def _checked(group: ResourceFacts) -> Truth:
    return is_set(at(group, "healthCheck")) and equals(group, "healthCheck.enabled", False) is not True


@query("balanced-targets", "A load balancer sends requests to targets whose health it checks")
def balanced_targets(stack: StackFacts) -> Answer:
    """An application load balancer and a target group with a health check."""
    return all_of(
        some(
            stack.of_type(types.LB_LOAD_BALANCER),
            "an application load balancer",
            lambda r: at(r, "loadBalancerType") is UNSET or equals(r, "loadBalancerType", "application"),
        ),
        some(stack.of_type(types.LB_TARGET_GROUP), "a checked target group", _checked),
    )
