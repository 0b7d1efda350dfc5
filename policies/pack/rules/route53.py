"""Route 53: records, and the health checks that they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_false, lacking, one_of
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.layers import EDGE
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, as_number, at, is_set, items, show, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

MAX_CHECK_SECONDS: Final = 30
"""Longest time between two health checks."""

MAX_CHECK_FAILURES: Final = 3
"""Most failures in a row before an endpoint counts as down."""

_CLOUDFRONT_ZONE: Final = "Z2FDTNDATAQYW2"
"""Hosted zone of all distributions; Route 53 refuses to evaluate their health."""


@EDGE.joined(
    "alias-target-health",
    "Alias records follow their target's health",
    on=types.ROUTE53_RECORD,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Without it Route 53 goes on answering with a load balancer that has no healthy target, failover or not.",
    fix="Set evaluateTargetHealth of the alias to true.",
)
def alias_target_health(record: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`evaluateTargetHealth` of an alias, but for CloudFront's."""
    if not is_set(at(record, "aliases")) or stack.referred(record, "aliases", types.CLOUDFRONT_DISTRIBUTION):
        return None
    aliases = items(record, "aliases")
    if isinstance(aliases, Unknown):
        return lacking(record, "aliases", "evaluateTargetHealth true")
    judged = [a for a in aliases if at(a, "zoneId") != _CLOUDFRONT_ZONE and "cloudfront.net" not in text(a, "name")]
    wanted = "evaluateTargetHealth true"
    off = any(as_bool(at(a, "evaluateTargetHealth")) is not True for a in judged)
    return (
        (failed("the alias does not evaluate its target's health", wanted) if off else passed(wanted))
        if judged
        else None
    )


@EDGE.resource(
    "health-check-strict",
    "Health checks of Route 53 use HTTPS and notice an outage within two minutes",
    on=types.ROUTE53_HEALTH_CHECK,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A check of a port, or one that waits for ten failures, keeps sending users to what does not work.",
    fix='Set type "HTTPS" with resourcePath, requestInterval 30 or 10 and failureThreshold 3 or less.',
)
def health_check_strict(check: ResourceFacts) -> Outcome | None:
    """Type, interval and threshold; checks of alarms, of other checks and of switches have none of them."""
    if at(check, "type") in ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"):
        return None
    return worst(
        (
            one_of(check, "type", ("HTTPS", "HTTPS_STR_MATCH")),
            _at_most(check, "requestInterval", MAX_CHECK_SECONDS, default=30),
            _at_most(check, "failureThreshold", MAX_CHECK_FAILURES, default=3),
            at_least(check, "failureThreshold", 1, default=3),
            is_false(check, "disabled"),
            # Turned round, a check that fails counts as healthy.
            is_false(check, "invertHealthcheck"),
        )
    )


def _at_most(check: ResourceFacts, path: str, limit: int, *, default: int) -> Outcome:
    value = at(check, path)
    number = float(default) if value is UNSET else as_number(value)
    if isinstance(number, float) and number <= limit:
        return passed(show(check, path))
    return lacking(check, path, f"at most {limit}")


@EDGE.joined(
    "dns-failover-complete",
    "A primary record can fail over",
    on=types.ROUTE53_RECORD,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without a health check Route 53 never leaves the primary; without a secondary there is nowhere to go.",
    fix="Set healthCheckId or the alias's evaluateTargetHealth, and add a record of the same name with"
    ' failoverRoutingPolicies type "SECONDARY".',
)
def dns_failover_complete(record: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Health check and counterpart of a record with failover type `PRIMARY`."""
    if at(record, "failoverRoutingPolicies.type") != "PRIMARY":
        return None
    wanted = "a health check and a SECONDARY record"
    if not is_set(at(record, "healthCheckId")) and as_bool(at(record, "aliases.evaluateTargetHealth")) is not True:
        return failed("the primary record has no health check", wanted)
    if at(record, "name") is UNKNOWN:
        return unverified(show(record, "name"), wanted)
    others = [
        r for r in stack.referring(record, types.ROUTE53_RECORD, "name", "name") if at(r, "type") == at(record, "type")
    ]
    if any(at(r, "failoverRoutingPolicies.type") == "SECONDARY" for r in others):
        return passed("a health check and a secondary record")
    return failed("there is no secondary record", wanted)
