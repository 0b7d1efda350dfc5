"""APIs: API Gateway, and whatever else answers calls from browsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.layers import EDGE
from policies.pack.levels import mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_number, at, items, show
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value

_ACCOUNT_LIMIT: Final = 10_000
"""Requests a second of a whole account: a limit that is not lower limits nothing."""

_WANTED_RATE: Final = f"a throttlingRateLimit from 1 to below the account's own {_ACCOUNT_LIMIT}"

_ORIGINS: Final = {
    types.APIGATEWAYV2_API: "corsConfiguration.allowOrigins",
    types.LAMBDA_FUNCTION_URL: "cors.allowOrigins",
    types.CLOUDFRONT_RESPONSE_HEADERS_POLICY: "corsConfig.accessControlAllowOrigins.items",
}
"""Where types hold the origins that they let in."""


@EDGE.joined(
    "api-throttled",
    "APIs limit how fast they are called",
    on=(types.APIGATEWAY_STAGE, types.APIGATEWAYV2_STAGE),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without a limit of its own one API, or one caller, uses up the 10,000 requests a second of the whole account.",
    fix="Set defaultRouteSettings.throttlingRateLimit and throttlingBurstLimit (REST: aws.apigateway.MethodSettings).",
)
def api_throttled(stage: ResourceFacts, stack: StackFacts) -> Outcome:
    """`throttlingRateLimit` of the stage, or of a REST stage's settings for all its methods."""
    if stage.type == types.APIGATEWAYV2_STAGE:
        path = "defaultRouteSettings.throttlingRateLimit"
        rate = as_number(at(stage, path))
        if _limits(rate):
            return passed(show(stage, path))
        return lacking(stage, path, _WANTED_RATE)
    rates = [
        as_number(at(s, "settings.throttlingRateLimit"))
        for s in stack.referring(stage, types.APIGATEWAY_METHOD_SETTINGS, "stageName", "stageName")
        if at(s, "methodPath") in ("*/*", UNSET, UNKNOWN)
    ]
    if any(map(_limits, rates)):
        return passed("method settings limit the rate")
    return failed("no method settings limit the stage's rate", _WANTED_RATE)


def _limits(rate: Value) -> bool:
    return isinstance(rate, float) and 1 <= rate < _ACCOUNT_LIMIT


@EDGE.resource(
    "cors-by-domain",
    "Only our own pages may call from a browser",
    on=(
        types.APIGATEWAYV2_API,
        types.LAMBDA_FUNCTION_URL,
        types.CLOUDFRONT_RESPONSE_HEADERS_POLICY,
        types.S3_BUCKET_CORS_CONFIGURATION,
        types.S3_BUCKET,
    ),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="With * any page that a user visits may read the answers that the user's browser gets.",
    fix="List the origins, e.g. https://app.example.com, in place of *.",
)
def cors_by_domain(resource: ResourceFacts) -> Outcome | None:
    """No `*` among the origins. Nothing to ask where CORS is not set."""
    origins = _origins(resource)
    wanted = "origins by name"
    if isinstance(origins, Unknown) or any(isinstance(o, Unknown) for o in origins):
        return unverified("the origins are known only after deployment", wanted)
    if not origins:
        return None
    bad = [o for o in origins if isinstance(o, str) and _is_anybody(o)]
    return failed(f"the origins include {bad[0]}", wanted) if bad else passed(f"{len(origins)} origin(s) by name")


def _is_anybody(origin: str) -> bool:
    """Whether strangers can have an origin: `null`, which any sandboxed frame has, or a wildcard that holds in domains
    which anybody may register, such as `https://*`, `https://*.com` or `https://*shop.com`.
    """
    host = origin.strip().lower().rpartition("://")[2]
    if host == "null":
        return True
    if "*" not in host:
        return False
    # The label that the wildcard ends in may be anybody's; what follows it must be a domain of two labels.
    return "." not in re.sub(r":.*", "", host.rpartition("*")[2]).partition(".")[2]


def _origins(resource: ResourceFacts) -> list[Value] | Unknown:
    if resource.type in _ORIGINS:
        return items(resource, _ORIGINS[resource.type])
    rules = items(resource, "corsRules")
    return rules if isinstance(rules, Unknown) else [o for rule in rules for o in _listed(rule)]


def _listed(rule: Value) -> list[Value]:
    found = items(rule, "allowedOrigins")
    return [found] if isinstance(found, Unknown) else found
