"""Edge: load balancers and CloudFront."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of, present
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, mandatory_from
from ..parameters import texts
from ..rule import Layer, Severity, sets
from ..values import UNSET, as_bool, as_number, at, items, show, text
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts, Value
    from ..parameters import Values

layer = Layer("edge")

LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
LISTENER: Final = "aws:lb/listener:Listener"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
SHARED_DISTRIBUTION: Final = "aws:cloudfront/multitenantDistribution:MultitenantDistribution"
HEADERS: Final = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"

ANY_DISTRIBUTION: Final = (DISTRIBUTION, SHARED_DISTRIBUTION)

ALB_TLS_POLICIES: Final = texts(
    "policies",
    "Beginnings of the names of allowed security policies; AWS names its own by their lowest version of TLS",
    (
        "ELBSecurityPolicy-TLS13-1-2-",
        "ELBSecurityPolicy-TLS13-1-3-",
        "ELBSecurityPolicy-TLS-1-2-",
        "ELBSecurityPolicy-FS-1-2-",
    ),
)
CLOUDFRONT_TLS: Final = texts(
    "versions",
    "Allowed minimum protocol versions",
    ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
    choices=("TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
)
_SECURE_VIEWERS: Final = ("redirect-to-https", "https-only")

MIN_ZONES: Final = 2
"""Availability zones that a load balancer must stand in."""

MIN_HSTS_SECONDS: Final = 31_536_000
"""Shortest time that browsers must remember to use HTTPS: a year, what browsers' preload lists ask for."""

_HEADERS_WITHOUT_HSTS: Final = (
    "60669652-455b-4ae9-85a4-c4c02393f86c",
    "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
)
"""AWS's managed response headers policies for CORS alone: SimpleCORS and CORS-With-Preflight."""


def _is_application(balancer: ResourceFacts) -> bool:
    return at(balancer, "loadBalancerType") in ("application", UNSET)


def _is_internal(balancer: ResourceFacts) -> bool:
    return as_bool(at(balancer, "internal")) is True


def _behaviours(distribution: ResourceFacts) -> list[Value] | Unknown:
    """The default and all other cache behaviours; only the last list's name differs between kinds of distribution."""
    found = [at(distribution, "defaultCacheBehavior")]
    for key in ("orderedCacheBehaviors", "cacheBehaviors"):
        others = items(distribution, key)
        if isinstance(others, Unknown):
            return UNKNOWN
        found += others
    return found


@layer.joined(
    "alb-http-redirects-https",
    "Public HTTP listeners only redirect to HTTPS",
    on=LISTENER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="What is answered over HTTP can be read and changed on the way, session cookies included.",
    fix='Make the default action a redirect with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
    anchors=("FSBP ELB.1", "checkov CKV_AWS_2", "checkov CKV2_AWS_20"),
    items=(16,),
)
def alb_http_redirects_https(listener: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An HTTP listener of a load balancer that is not known to be internal redirects, permanently."""
    if at(listener, "protocol") != "HTTP":
        return None
    if any(_is_internal(b) for b in stack.referred(listener, "loadBalancerArn", LOAD_BALANCER)):
        return None
    actions = items(listener, "defaultActions")
    if isinstance(actions, Unknown):
        return failed(show(listener, "defaultActions"), "a redirect to HTTPS")
    for action in actions:
        to_https = at(action, "redirect.protocol") == "HTTPS" and at(action, "redirect.statusCode") == "HTTP_301"
        if at(action, "type") == "redirect" and to_https:
            return passed("the default action redirects to HTTPS")
    return failed("the default action of the HTTP listener is no permanent redirect", "a redirect to HTTPS")


@layer.joined(
    "alb-https-listener-present",
    "Every public load balancer answers over HTTPS",
    on=LOAD_BALANCER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A public load balancer without an HTTPS listener has only readable traffic, or none.",
    fix='Add an aws.lb.Listener with protocol "HTTPS" and port 443. In Ascent: ascent:edge.domain.',
    anchors=("FSBP ELB.18",),
    items=(15, 18),
)
def alb_https_listener_present(balancer: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An HTTPS listener of each application load balancer that is not internal."""
    if not _is_application(balancer) or _is_internal(balancer):
        return None
    listeners = stack.referring(balancer, LISTENER, "loadBalancerArn")
    if any(at(listener, "protocol") == "HTTPS" for listener in listeners):
        return passed("a listener speaks HTTPS")
    if at(balancer, "internal") is UNKNOWN:
        return unverified("internal is known only after deployment", "an HTTPS listener if it is not")
    return failed("the internet-facing load balancer has no HTTPS listener", "one")


@layer.resource(
    "alb-listener-certificate",
    "HTTPS listeners have a certificate",
    on=LISTENER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without a certificate the listener cannot be made: the deployment stops half-way.",
    fix="Set certificateArn to an issued certificate, best to that of an aws.acm.CertificateValidation.",
    items=(14,),
)
def alb_listener_certificate(listener: ResourceFacts) -> Outcome | None:
    """`certificateArn` of HTTPS and TLS listeners."""
    if at(listener, "protocol") not in ("HTTPS", "TLS"):
        return None
    return present(listener, "certificateArn", "a certificate")


@layer.resource(
    "alb-listener-tls-policy",
    "HTTPS listeners accept TLS 1.2 and newer only",
    on=LISTENER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="The policy that AWS takes when none is set still accepts TLS 1.0.",
    fix='Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09".',
    anchors=("FSBP ELB.17", "checkov CKV_AWS_103", "checkov CKV2_AWS_74", "trivy AWS-0047"),
    items=(15, 18),
    parameters=(ALB_TLS_POLICIES,),
    remedy=sets({"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"}),
)
def alb_listener_tls_policy(listener: ResourceFacts, given: Values) -> Outcome | None:
    """A policy that starts at TLS 1.2, by its name."""
    if at(listener, "protocol") not in ("HTTPS", "TLS"):
        return None
    policy = text(listener, "sslPolicy")
    if policy.startswith(given[ALB_TLS_POLICIES]):
        return passed(show(listener, "sslPolicy"))
    return failed(show(listener, "sslPolicy"), "a policy that starts at TLS 1.2")


@layer.resource(
    "alb-drop-invalid-headers",
    "Load balancers drop invalid HTTP headers",
    on=LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Headers that the balancer and the application read differently are how requests are smuggled past checks.",
    fix="Set dropInvalidHeaderFields to true.",
    anchors=("FSBP ELB.4", "checkov CKV_AWS_131", "trivy AWS-0052"),
    items=(12, 113),
    remedy=sets({"dropInvalidHeaderFields": True}),
)
def alb_drop_invalid_headers(balancer: ResourceFacts) -> Outcome | None:
    """`dropInvalidHeaderFields` of application load balancers."""
    return is_true(balancer, "dropInvalidHeaderFields") if _is_application(balancer) else None


@layer.resource(
    "alb-deletion-protection",
    "Load balancers cannot be deleted by accident",
    on=LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A deleted load balancer comes back under another name: DNS, CloudFront and clients lose it.",
    fix="Set enableDeletionProtection to true.",
    anchors=("FSBP ELB.6", "checkov CKV_AWS_150"),
    items=(12,),
    remedy=sets({"enableDeletionProtection": True}),
)
def alb_deletion_protection(balancer: ResourceFacts) -> Outcome:
    """`enableDeletionProtection`."""
    return is_true(balancer, "enableDeletionProtection")


@layer.resource(
    "alb-access-logs",
    "Load balancers log every request",
    on=LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without the log, errors and attacks at the edge can be counted but not explained.",
    fix="Set accessLogs with enabled true and the bucket they go to.",
    anchors=("FSBP ELB.5", "checkov CKV_AWS_91", "cdk-nag AwsSolutions-ELB2"),
    items=(12, 121),
)
def alb_access_logs(balancer: ResourceFacts) -> Outcome | None:
    """`accessLogs.enabled`. Gateway load balancers have no access logs."""
    if at(balancer, "loadBalancerType") == "gateway":
        return None
    return is_true(balancer, "accessLogs.enabled")


@layer.resource(
    "alb-multi-az",
    "Load balancers stand in at least two zones",
    on=LOAD_BALANCER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A load balancer in one availability zone goes down with it, whatever stands behind.",
    fix="Set subnets, or subnetMappings, to subnets in two availability zones or more.",
    anchors=("FSBP ELB.13",),
    items=(12,),
)
def alb_multi_az(balancer: ResourceFacts) -> Outcome:
    """The number of `subnets` or `subnetMappings`, each of which must be in a zone of its own."""
    wanted = f"at least {MIN_ZONES} subnets"
    found = [items(balancer, key) for key in ("subnets", "subnetMappings")]
    number = sum(len(part) for part in found if not isinstance(part, Unknown))
    if number >= MIN_ZONES:
        return passed(f"{number} subnets")
    if any(isinstance(part, Unknown) for part in found):
        return unverified("the number of subnets is known only after deployment", wanted)
    return failed(f"{number} subnet(s)", wanted)


@layer.resource(
    "cloudfront-viewer-https",
    "CloudFront answers viewers over HTTPS only",
    on=ANY_DISTRIBUTION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="What is answered over HTTP can be read and changed on the way, session cookies included.",
    fix='Set viewerProtocolPolicy of every cache behaviour to "redirect-to-https".',
    anchors=("FSBP CloudFront.3", "checkov CKV_AWS_34", "trivy AWS-0012"),
    items=(15, 16, 18),
)
def cloudfront_viewer_https(distribution: ResourceFacts) -> Outcome:
    """`viewerProtocolPolicy` of the default and of every other cache behaviour."""
    behaviours = _behaviours(distribution)
    if isinstance(behaviours, Unknown):
        return failed("cache behaviours are known only after deployment", "behaviours that are written out")
    return worst(one_of(b, "viewerProtocolPolicy", _SECURE_VIEWERS) for b in behaviours)


@layer.resource(
    "cloudfront-min-tls12",
    "CloudFront accepts TLS 1.2 and newer only",
    on=ANY_DISTRIBUTION,
    severity=Severity.HIGH,
    levels=mandatory_from("production"),
    why="Under its default certificate CloudFront accepts TLS 1.0, whatever else is set.",
    fix='Give the distribution a certificate of its own and set minimumProtocolVersion to "TLSv1.2_2021" or newer.',
    anchors=("checkov CKV_AWS_174", "cdk-nag AwsSolutions-CFR4", "trivy AWS-0013"),
    items=(15, 18),
    parameters=(CLOUDFRONT_TLS,),
)
def cloudfront_min_tls12(distribution: ResourceFacts, given: Values) -> Outcome:
    """`viewerCertificate.minimumProtocolVersion`, which counts only with an own certificate."""
    if as_bool(at(distribution, "viewerCertificate.cloudfrontDefaultCertificate")) is True:
        return failed("the distribution uses CloudFront's default certificate", "a certificate of its own")
    return one_of(distribution, "viewerCertificate.minimumProtocolVersion", given[CLOUDFRONT_TLS])


@layer.joined(
    "cloudfront-security-headers",
    "CloudFront adds security headers",
    on=ANY_DISTRIBUTION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Without HSTS a browser's first request can be led to a copy of the site over HTTP.",
    fix="Set responseHeadersPolicyId of every cache behaviour, e.g. to AWS's managed SecurityHeadersPolicy; a policy "
    "of your own needs securityHeadersConfig.strictTransportSecurity with accessControlMaxAgeSec 31536000 or more.",
    anchors=("checkov CKV2_AWS_32", "checkov CKV_AWS_259"),
    items=(17, 113),
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
        for policy in stack.referred(distribution, key, HEADERS)
    }
    set_ = [present(b, "responseHeadersPolicyId", wanted) for b in behaviours]
    return worst([*set_, *(_remembers_https(policy) for policy in policies.values())])


def _remembers_https(policy: ResourceFacts) -> Outcome:
    path = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec"
    age = as_number(at(policy, path))
    if isinstance(age, float) and age >= MIN_HSTS_SECONDS:
        return passed(show(policy, path))
    return failed(f"{policy.name}: {show(policy, path)}", f"at least {MIN_HSTS_SECONDS} seconds")
