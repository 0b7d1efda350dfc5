"""Load balancers, their listeners and target groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, lacking, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.layers import COMPUTE, EDGE
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.parameters import texts
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, as_bool, at, is_set, items, show, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values

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

_ERRORS: Final = 400
"""First status code that means an error."""

MIN_ZONES: Final = 2
"""Availability zones that a load balancer must stand in."""


def _is_application(balancer: ResourceFacts) -> bool:
    return at(balancer, "loadBalancerType") in ("application", UNSET)


def _is_internal(balancer: ResourceFacts) -> bool:
    return as_bool(at(balancer, "internal")) is True


@EDGE.joined(
    "alb-http-redirects-https",
    "Public HTTP listeners only redirect to HTTPS",
    on=types.LB_LISTENER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="What is answered over HTTP can be read and changed on the way, session cookies included.",
    fix='Make the default action a redirect with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
    anchors=("FSBP ELB.1", "checkov CKV_AWS_2", "checkov CKV2_AWS_20"),
)
def alb_http_redirects_https(listener: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An HTTP listener of a load balancer that is not known to be internal redirects, permanently, in all its rules."""
    balancers = stack.referred(listener, "loadBalancerArn", types.LB_LOAD_BALANCER)
    if not _speaks_http(listener, balancers) or any(_is_internal(b) for b in balancers):
        return None
    rules = stack.referring(listener, types.LB_LISTENER_RULE, "listenerArn")
    return worst((_redirects(listener, "defaultActions"), *(_redirects(rule, "actions") for rule in rules)))


def _speaks_http(listener: ResourceFacts, balancers: tuple[ResourceFacts, ...]) -> bool:
    """Whether its protocol is HTTP, which an application load balancer takes unless told otherwise.

    A gateway load balancer's listener has neither protocol nor port.
    """
    if at(listener, "protocol") is not UNSET:
        return text(listener, "protocol").upper() == "HTTP"
    return is_set(at(listener, "port")) and all(_is_application(b) for b in balancers)


def _redirects(source: ResourceFacts, key: str) -> Outcome:
    """Whether all actions of a listener, or of one of its rules, redirect."""
    wanted = "a redirect to HTTPS"
    actions = items(source, key)
    if isinstance(actions, Unknown):
        return lacking(source, key, wanted)
    if actions and all(_to_https(action) for action in actions):
        return passed(f"{key} redirect to HTTPS")
    return failed(f"{key} of {source.name} are no permanent redirect", wanted)


def _to_https(action: Value) -> bool:
    to_https = at(action, "redirect.protocol") == "HTTPS" and at(action, "redirect.statusCode") == "HTTP_301"
    # Nothing speaks TLS on the port of HTTP itself.
    return at(action, "type") == "redirect" and to_https and str(at(action, "redirect.port")) != "80"


@EDGE.joined(
    "alb-https-listener-present",
    "Every public load balancer answers over HTTPS",
    on=types.LB_LOAD_BALANCER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A public load balancer without an HTTPS listener has only readable traffic, or none.",
    fix='Add an aws.lb.Listener with protocol "HTTPS" and port 443. In Ascent: ascent:edge.domain.',
    anchors=("FSBP ELB.18",),
)
def alb_https_listener_present(balancer: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """An HTTPS listener of each application load balancer that is not internal."""
    if not _is_application(balancer) or _is_internal(balancer):
        return None
    listeners = stack.referring(balancer, types.LB_LISTENER, "loadBalancerArn")
    if any(at(listener, "protocol") == "HTTPS" for listener in listeners):
        return passed("a listener speaks HTTPS")
    if at(balancer, "internal") is UNKNOWN:
        return unverified("internal is known only after deployment", "an HTTPS listener if it is not")
    return failed("the internet-facing load balancer has no HTTPS listener", "one")


@EDGE.resource(
    "alb-listener-certificate",
    "HTTPS listeners have a certificate",
    on=types.LB_LISTENER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without a certificate the listener cannot be made: the deployment stops half-way.",
    fix="Set certificateArn to an issued certificate, best to that of an aws.acm.CertificateValidation.",
)
def alb_listener_certificate(listener: ResourceFacts) -> Outcome | None:
    """`certificateArn` of HTTPS and TLS listeners."""
    if at(listener, "protocol") not in ("HTTPS", "TLS"):
        return None
    return present(listener, "certificateArn", "a certificate")


@EDGE.resource(
    "alb-listener-tls-policy",
    "HTTPS listeners accept TLS 1.2 and newer only",
    on=types.LB_LISTENER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="The policy that AWS takes when none is set still accepts TLS 1.0.",
    fix='Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09".',
    anchors=(
        "FSBP ELB.17",
        "checkov CKV_AWS_103",
        "checkov CKV2_AWS_74",
        "trivy AWS-0047",
        "prowler elbv2_insecure_ssl_ciphers",
    ),
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
    return lacking(listener, "sslPolicy", "a policy that starts at TLS 1.2")


@EDGE.resource(
    "alb-drop-invalid-headers",
    "Load balancers drop invalid HTTP headers",
    on=types.LB_LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Headers that the balancer and the application read differently are how requests are smuggled past checks.",
    fix="Set dropInvalidHeaderFields to true.",
    anchors=("FSBP ELB.4", "checkov CKV_AWS_131", "trivy AWS-0052"),
    remedy=sets({"dropInvalidHeaderFields": True}),
)
def alb_drop_invalid_headers(balancer: ResourceFacts) -> Outcome | None:
    """`dropInvalidHeaderFields` of application load balancers."""
    return is_true(balancer, "dropInvalidHeaderFields") if _is_application(balancer) else None


@EDGE.resource(
    "alb-deletion-protection",
    "Load balancers cannot be deleted by accident",
    on=types.LB_LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A deleted load balancer comes back under another name: DNS, CloudFront and clients lose it.",
    fix="Set enableDeletionProtection to true.",
    anchors=("FSBP ELB.6", "checkov CKV_AWS_150"),
    remedy=sets({"enableDeletionProtection": True}),
)
def alb_deletion_protection(balancer: ResourceFacts) -> Outcome:
    """`enableDeletionProtection`."""
    return is_true(balancer, "enableDeletionProtection")


@EDGE.resource(
    "alb-access-logs",
    "Load balancers log every request",
    on=types.LB_LOAD_BALANCER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without the log, errors and attacks at the edge can be counted but not explained.",
    fix="Set accessLogs with enabled true and the bucket they go to.",
    anchors=("FSBP ELB.5", "checkov CKV_AWS_91", "cdk-nag AwsSolutions-ELB2"),
)
def alb_access_logs(balancer: ResourceFacts) -> Outcome | None:
    """`accessLogs.enabled`. Gateway load balancers have no access logs."""
    if at(balancer, "loadBalancerType") == "gateway":
        return None
    return is_true(balancer, "accessLogs.enabled")


@EDGE.resource(
    "alb-multi-az",
    "Load balancers stand in at least two zones",
    on=types.LB_LOAD_BALANCER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A load balancer in one availability zone goes down with it, whatever stands behind.",
    fix="Set subnets, or subnetMappings, to subnets in two availability zones or more.",
    anchors=("FSBP ELB.13",),
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


@COMPUTE.resource(
    "target-group-health-path",
    "Load balancers ask the application whether it is healthy",
    on=types.LB_TARGET_GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="AWS asks for / by default, which many applications answer with a redirect or without touching what they need.",
    fix="Set healthCheck.path to the application's health path; in Ascent ascent:compute.healthCheckPath.",
)
def target_group_health_path(group: ResourceFacts) -> Outcome | None:
    """`healthCheck.path`, written down, of target groups that speak HTTP, and a matcher that takes no errors."""
    if at(group, "protocol") not in ("HTTP", "HTTPS") or at(group, "targetType") in ("lambda", "alb"):
        return None
    if at(group, "healthCheck.protocol") == "TCP":
        return lacking(group, "healthCheck.protocol", "HTTP or HTTPS")
    enabled = is_true(group, "healthCheck.enabled", default=True)
    parts = [enabled, present(group, "healthCheck.path", "a health path")]
    highest = max((int(code) for code in re.findall(r"\d{3}", str(at(group, "healthCheck.matcher")))), default=0)
    if at(group, "protocolVersion") != "GRPC" and highest >= _ERRORS:
        parts.append(failed(f"{show(group, 'healthCheck.matcher')}, which takes errors for health", "codes below 400"))
    return worst(parts)
