"""Edge, continued: API Gateway, and who may call from a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import at_least
from ..facts import Unknown
from ..levels import mandatory_from
from ..rule import Layer, Severity
from ..values import as_number, at, items
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts, Value

layer = Layer("edge")

REST_STAGE: Final = "aws:apigateway/stage:Stage"
REST_SETTINGS: Final = "aws:apigateway/methodSettings:MethodSettings"
HTTP_STAGE: Final = "aws:apigatewayv2/stage:Stage"
HTTP_API: Final = "aws:apigatewayv2/api:Api"
BUCKET_CORS: Final = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
FUNCTION_URL: Final = "aws:lambda/functionUrl:FunctionUrl"
HEADERS: Final = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"

_ORIGINS: Final = {
    HTTP_API: "corsConfiguration.allowOrigins",
    FUNCTION_URL: "cors.allowOrigins",
    HEADERS: "corsConfig.accessControlAllowOrigins.items",
}
"""Where types hold the origins that they let in."""


@layer.joined(
    "api-throttled",
    "APIs limit how fast they are called",
    on=(REST_STAGE, HTTP_STAGE),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Without a limit of its own one API, or one caller, uses up the 10,000 requests a second of the whole account.",
    fix="Set defaultRouteSettings.throttlingRateLimit and throttlingBurstLimit (REST: aws.apigateway.MethodSettings).",
    items=(29, 109),
)
def api_throttled(stage: ResourceFacts, stack: StackFacts) -> Outcome:
    """`throttlingRateLimit` of the stage, or of the settings of a REST stage."""
    if stage.type == HTTP_STAGE:
        return at_least(stage, "defaultRouteSettings.throttlingRateLimit", 1, unit="requests a second")
    rates = [
        as_number(at(s, "settings.throttlingRateLimit"))
        for s in stack.referring(stage, REST_SETTINGS, "stageName", "stageName")
    ]
    if any(isinstance(rate, float) and rate >= 1 for rate in rates):
        return passed("method settings limit the rate")
    return failed("no method settings limit the stage's rate", "throttlingRateLimit")


@layer.resource(
    "cors-by-domain",
    "Only our own pages may call from a browser",
    on=(HTTP_API, FUNCTION_URL, HEADERS, BUCKET_CORS),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="With * any page that a user visits may read the answers that the user's browser gets.",
    fix="List the origins, e.g. https://app.example.com, in place of *.",
    items=(108,),
)
def cors_by_domain(resource: ResourceFacts) -> Outcome | None:
    """No `*` among the origins. Nothing to ask where CORS is not set."""
    origins = _origins(resource)
    wanted = "origins by name"
    if isinstance(origins, Unknown) or any(isinstance(o, Unknown) for o in origins):
        return unverified("the origins are known only after deployment", wanted)
    if not origins:
        return None
    bad = [o for o in origins if o in ("*", "http://*", "https://*")]
    return failed(f"the origins include {bad[0]}", wanted) if bad else passed(f"{len(origins)} origin(s) by name")


def _origins(resource: ResourceFacts) -> list[Value] | Unknown:
    if resource.type != BUCKET_CORS:
        return items(resource, _ORIGINS[resource.type])
    rules = items(resource, "corsRules")
    return rules if isinstance(rules, Unknown) else [o for rule in rules for o in _listed(rule)]


def _listed(rule: Value) -> list[Value]:
    found = items(rule, "allowedOrigins")
    return [found] if isinstance(found, Unknown) else found
