"""Web ACLs of the web application firewall, and what they stand in front of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import present
from policies.pack.facts import UNKNOWN
from policies.pack.facts.webacl import (
    acl_rules,
    looks_for,
    only_watches,
    per_five_minutes,
    rate_limits,
    softened,
    stops,
)
from policies.pack.layers import EDGE
from policies.pack.levels import Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, is_set, known_items, text
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from collections.abc import Callable

    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values

PER_ADDRESS: Final = whole(
    "requests", "Most requests of one address in 5 minutes", 2000, minimum=10, maximum=2_000_000_000
)

PER_SESSION: Final = whole(
    "requests", "Most requests of one session in 5 minutes", 500, minimum=10, maximum=2_000_000_000
)

_ASSOCIATIONS: Final = (
    (types.WAFV2_WEB_ACL_ASSOCIATION, "webAclArn"),
    (types.WAFREGIONAL_WEB_ACL_ASSOCIATION, "webAclId"),
)
"""What puts a web ACL, of today's WAF or the one before, in front of a resource, and the property that names it."""

_CONTENT: Final = mandatory_from("production")


@EDGE.joined(
    "waf-associated",
    "A web ACL stands in front of everything public",
    on=(
        types.LB_LOAD_BALANCER,
        types.CLOUDFRONT_DISTRIBUTION,
        types.CLOUDFRONT_MULTITENANT_DISTRIBUTION,
        types.APIGATEWAY_STAGE,
    ),
    severity=Severity.HIGH,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Without one there is nothing between a flood of requests, or a known exploit, and the application.",
    fix="Add an aws.wafv2.WebAclAssociation with the load balancer's or stage's ARN; on a distribution set webAclId.",
    anchors=("FSBP ELB.16", "FSBP CloudFront.6", "FSBP APIGateway.4", "checkov CKV2_AWS_28", "checkov CKV_AWS_68"),
)
def waf_associated(resource: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A web ACL on every distribution, internet-facing application load balancer and stage of a public REST API."""
    if resource.type in (types.CLOUDFRONT_DISTRIBUTION, types.CLOUDFRONT_MULTITENANT_DISTRIBUTION):
        return present(resource, "webAclId", "a web ACL")
    if _out_of_reach(resource, stack):
        return None
    associations = [
        at(association, key)
        for token, key in _ASSOCIATIONS
        for association in stack.referring(resource, token, "resourceArn")
    ]
    if any(map(is_set, associations)):
        return passed("a web ACL is associated")
    if at(resource, "internal") is UNKNOWN:
        return unverified("internal is known only after deployment", "a web ACL if it is not")
    return failed("what the internet reaches has no web ACL", "one")


def _out_of_reach(resource: ResourceFacts, stack: StackFacts) -> bool:
    """Whether it is private, or of a kind that takes no web ACL."""
    if resource.type == types.APIGATEWAY_STAGE:
        apis = stack.referred(resource, "restApi", types.APIGATEWAY_REST_API)
        return any("PRIVATE" in known_items(api, "endpointConfiguration.types") for api in apis)
    application = at(resource, "loadBalancerType") in ("application", UNSET)
    return not application or as_bool(at(resource, "internal")) is True


@EDGE.joined(
    "waf-not-empty",
    "Every web ACL has rules",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.MEDIUM,
    levels=_CONTENT,
    why="A web ACL without rules costs its price and lets everything through.",
    fix="Add rules to the aws.wafv2.WebAcl, or an aws.wafv2.WebAclRule with its webAclArn.",
    anchors=("FSBP WAF.10", "checkov CKV_AWS_175", "prowler wafv2_webacl_with_rules"),
)
def waf_not_empty(acl: ResourceFacts, stack: StackFacts) -> Outcome:
    """A rule that does more than count, in any of the ways to write one."""
    found = acl_rules(acl, stack)
    if any(not only_watches(rule) for rule in found.rules):
        return passed(f"{len(found.rules)} rule(s)")
    if not found.complete:
        return unverified("the rules are known only after deployment", "a rule")
    return failed("the web ACL's rules only count" if found.rules else "the web ACL has no rules", "a rule")


@EDGE.joined(
    "waf-ip-rate-limit",
    "Web ACLs limit the requests of an address",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.MEDIUM,
    levels=_CONTENT,
    why="Without a limit one machine can guess passwords, or flood the application, as fast as it likes.",
    fix='Add a rule with action block and a rateBasedStatement: aggregateKeyType "IP", limit 2000. '
    "In Ascent: ascent:edge.rateLimit.",
    parameters=(PER_ADDRESS,),
)
def waf_ip_rate_limit(acl: ResourceFacts, stack: StackFacts, given: Values) -> Outcome:
    """A blocking rate rule by address."""
    return _limited(acl, stack, "address", given[PER_ADDRESS], _by_address)


@EDGE.joined(
    "waf-session-rate-limit",
    "Web ACLs limit the requests of a session",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.LOW,
    levels=mandatory_from("enterprise"),
    why="Whoever spreads requests over many addresses, or shares one with many users, is told apart by session only.",
    fix='Add a rule with action block and a rateBasedStatement: aggregateKeyType "CUSTOM_KEYS", customKeys with the '
    'cookie "session_id", limit 500.',
    parameters=(PER_SESSION,),
)
def waf_session_rate_limit(acl: ResourceFacts, stack: StackFacts, given: Values) -> Outcome:
    """A blocking rate rule by a cookie or a header."""
    return _limited(acl, stack, "session", given[PER_SESSION], _by_session)


def _by_address(rate: Value) -> bool:
    return at(rate, "aggregateKeyType") in ("IP", "FORWARDED_IP", UNSET)


def _by_session(rate: Value) -> bool:
    if at(rate, "aggregateKeyType") != "CUSTOM_KEYS":
        return False
    return any(at(key, part) is not UNSET for key in known_items(rate, "customKeys") for part in ("cookie", "header"))


def _limited(acl: ResourceFacts, stack: StackFacts, what: str, most: int, counts: Callable[[Value], bool]) -> Outcome:
    """Judge the lowest limit of the rate rules that count by `what`."""
    wanted = f"a rule that stops a {what} after {most} requests in 5 minutes or fewer"
    found = acl_rules(acl, stack)
    limits = [per_five_minutes(rate) for rate in rate_limits(found.rules) if counts(rate)]
    if limits and min(limits) <= most:
        return passed(f"a {what} is stopped after {min(limits):g} requests in 5 minutes")
    if not found.complete:
        return unverified("not all rules are known before deployment", wanted)
    if limits:
        return failed(f"a {what} is stopped after {min(limits):g} requests in 5 minutes", wanted)
    return failed(f"no rule stops requests by {what}", wanted)


@EDGE.joined(
    "waf-sqli",
    "Web ACLs block SQL injection",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.HIGH,
    levels=_CONTENT,
    why="One query that the application builds carelessly gives away the whole database.",
    fix="Add a rule with managedRuleGroupStatement AWSManagedRulesSQLiRuleSet and overrideAction none.",
)
def waf_sqli(acl: ResourceFacts, stack: StackFacts) -> Outcome:
    """AWS's group, or a rule of our own that blocks on `sqliMatchStatement`."""
    return _protected(acl, stack, "AWSManagedRulesSQLiRuleSet", "SQLi", "sqliMatchStatement")


@EDGE.joined(
    "waf-xss",
    "Web ACLs block cross-site scripting",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.HIGH,
    levels=_CONTENT,
    why="A script that one visitor plants runs in the browsers, and with the sessions, of all the others.",
    fix="Add a rule with managedRuleGroupStatement AWSManagedRulesCommonRuleSet and overrideAction none, and leave its "
    "CrossSiteScripting rules blocking.",
)
def waf_xss(acl: ResourceFacts, stack: StackFacts) -> Outcome:
    """AWS's group with its rules on scripting blocking, or a rule of our own that blocks on `xssMatchStatement`."""
    return _protected(acl, stack, "AWSManagedRulesCommonRuleSet", "CrossSiteScripting", "xssMatchStatement")


@EDGE.joined(
    "waf-known-bad-inputs",
    "Web ACLs block requests that are known to be attacks",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.HIGH,
    levels=_CONTENT,
    why="Log4Shell and its like are tried on every address, within hours of becoming known.",
    fix="Add a rule with managedRuleGroupStatement AWSManagedRulesKnownBadInputsRuleSet and overrideAction none.",
    anchors=("checkov CKV_AWS_192", "checkov CKV2_AWS_76"),
)
def waf_known_bad_inputs(acl: ResourceFacts, stack: StackFacts) -> Outcome:
    """AWS's group with its Log4j rules blocking."""
    return _protected(acl, stack, "AWSManagedRulesKnownBadInputsRuleSet", "Log4J")


def _protected(acl: ResourceFacts, stack: StackFacts, group: str, prefix: str, kind: str = "") -> Outcome:
    """Judge whether a web ACL blocks by a managed group, or by a rule of its own on a kind of statement.

    Args:
        acl: the web ACL.
        stack: its stack.
        group: name of AWS's managed group.
        prefix: beginning of the names of those of its rules that matter.
        kind: statement that a rule of one's own may use instead; none by default.
    """
    found = acl_rules(acl, stack)
    weak = ""
    for rule in found.rules:
        if kind and stops(rule) and looks_for(rule, kind):
            return passed(f"a rule blocks on {kind}")
        if text(rule, "statement.managedRuleGroupStatement.name") == group:
            weak = softened(rule, prefix)
            if not weak:
                return passed(f"{group} blocks")
    if not found.complete:
        return unverified("not all rules are known before deployment", f"{group}, blocking")
    return failed(f"{group}: {weak}" if weak else f"no rule applies {group}", f"{group}, blocking")


@EDGE.joined(
    "waf-logging",
    "Every web ACL logs what it decides",
    on=types.WAFV2_WEB_ACL,
    severity=Severity.MEDIUM,
    levels=_CONTENT,
    why="Without the log nobody can tell an attack from customers that a rule locks out.",
    fix="Add an aws.wafv2.WebAclLoggingConfiguration with the ACL as resourceArn and a destination aws-waf-logs-….",
    anchors=("FSBP WAF.11", "checkov CKV2_AWS_31"),
)
def waf_logging(acl: ResourceFacts, stack: StackFacts) -> Outcome:
    """A logging configuration with a destination."""
    found = stack.referring(acl, types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, "resourceArn")
    if not found:
        return failed("the web ACL has no logging configuration", "one")
    return present(found[0], "logDestinationConfigs", "a destination")
