"""Edge: load balancers, CloudFront, WAF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of, present
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, mandatory_from
from ..rule import Layer, Severity
from ..values import UNSET, as_bool, at, is_set, items, show, text
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("edge")

LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
LISTENER: Final = "aws:lb/listener:Listener"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
WEB_ACL_ASSOCIATION: Final = "aws:wafv2/webAclAssociation:WebAclAssociation"

_ALB_TLS_POLICIES: Final = (
    "ELBSecurityPolicy-TLS13-1-2-",
    "ELBSecurityPolicy-TLS13-1-3-",
    "ELBSecurityPolicy-TLS-1-2-",
    "ELBSecurityPolicy-FS-1-2-",
)
"""Prefixes of the predefined policies that end at TLS 1.2: all are named by their lowest version."""

_CLOUDFRONT_TLS: Final = (
    "TLSv1.2_2021",
    "TLSv1.2_2025",
    "TLSv1.3_2025",
)
_SECURE_VIEWERS: Final = ("redirect-to-https", "https-only")


def _is_application(balancer: ResourceFacts) -> bool:
    return at(balancer, "loadBalancerType") in ("application", UNSET)


def _is_internal(balancer: ResourceFacts) -> bool:
    return as_bool(at(balancer, "internal")) is True


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
)
def alb_listener_tls_policy(listener: ResourceFacts) -> Outcome | None:
    """A policy that starts at TLS 1.2, by its name."""
    if at(listener, "protocol") not in ("HTTPS", "TLS"):
        return None
    policy = text(listener, "sslPolicy")
    if policy.startswith(_ALB_TLS_POLICIES):
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
    "cloudfront-viewer-https",
    "CloudFront answers viewers over HTTPS only",
    on=DISTRIBUTION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="What is answered over HTTP can be read and changed on the way, session cookies included.",
    fix='Set viewerProtocolPolicy of every cache behaviour to "redirect-to-https".',
    anchors=("FSBP CloudFront.3", "checkov CKV_AWS_34", "trivy AWS-0012"),
    items=(15, 16, 18),
)
def cloudfront_viewer_https(distribution: ResourceFacts) -> Outcome:
    """`viewerProtocolPolicy` of the default and of every other cache behaviour."""
    others = items(distribution, "orderedCacheBehaviors")
    if isinstance(others, Unknown):
        return failed(show(distribution, "orderedCacheBehaviors"), "behaviours that are written out")
    behaviours = [at(distribution, "defaultCacheBehavior"), *others]
    return worst(one_of(b, "viewerProtocolPolicy", _SECURE_VIEWERS) for b in behaviours)


@layer.resource(
    "cloudfront-min-tls12",
    "CloudFront accepts TLS 1.2 and newer only",
    on=DISTRIBUTION,
    severity=Severity.HIGH,
    levels=mandatory_from("production"),
    why="Under its default certificate CloudFront accepts TLS 1.0, whatever else is set.",
    fix='Give the distribution a certificate of its own and set minimumProtocolVersion to "TLSv1.2_2021" or newer.',
    anchors=("checkov CKV_AWS_174", "cdk-nag AwsSolutions-CFR4", "trivy AWS-0013"),
    items=(15, 18),
)
def cloudfront_min_tls12(distribution: ResourceFacts) -> Outcome:
    """`viewerCertificate.minimumProtocolVersion`, which counts only with an own certificate."""
    if as_bool(at(distribution, "viewerCertificate.cloudfrontDefaultCertificate")) is True:
        return failed("the distribution uses CloudFront's default certificate", "a certificate of its own")
    return one_of(distribution, "viewerCertificate.minimumProtocolVersion", _CLOUDFRONT_TLS)


@layer.resource(
    "cloudfront-security-headers",
    "CloudFront adds security headers",
    on=DISTRIBUTION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Without HSTS a browser's first request can be led to a copy of the site over HTTP.",
    fix="Set responseHeadersPolicyId of every cache behaviour, e.g. to AWS's managed SecurityHeadersPolicy.",
    anchors=("checkov CKV2_AWS_32", "checkov CKV_AWS_259"),
    items=(17, 113),
)
def cloudfront_security_headers(distribution: ResourceFacts) -> Outcome:
    """`responseHeadersPolicyId` of the default and of every other cache behaviour."""
    others = items(distribution, "orderedCacheBehaviors")
    if isinstance(others, Unknown):
        return failed(show(distribution, "orderedCacheBehaviors"), "behaviours that are written out")
    behaviours = [at(distribution, "defaultCacheBehavior"), *others]
    return worst(present(b, "responseHeadersPolicyId", "a response headers policy") for b in behaviours)


@layer.joined(
    "waf-associated",
    "A web ACL stands in front of everything public",
    on=(LOAD_BALANCER, DISTRIBUTION),
    severity=Severity.HIGH,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Without one there is nothing between a flood of requests, or a known exploit, and the application.",
    fix="Add an aws.wafv2.WebAclAssociation with the load balancer's ARN; on a distribution set webAclId.",
    anchors=("FSBP ELB.16", "FSBP CloudFront.6", "checkov CKV2_AWS_28", "checkov CKV_AWS_68"),
    items=(23,),
)
def waf_associated(resource: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A web ACL on every distribution and every internet-facing application load balancer."""
    if resource.type == DISTRIBUTION:
        return present(resource, "webAclId", "a web ACL")
    if not _is_application(resource) or _is_internal(resource):
        return None
    associations = stack.referring(resource, WEB_ACL_ASSOCIATION, "resourceArn")
    if any(is_set(at(a, "webAclArn")) for a in associations):
        return passed("a web ACL is associated")
    if at(resource, "internal") is UNKNOWN:
        return unverified("internal is known only after deployment", "a web ACL if it is not")
    return failed("the internet-facing load balancer has no web ACL", "one")
