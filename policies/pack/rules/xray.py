"""Tracing with X-Ray."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, one_of
from policies.pack.facts import Unknown
from policies.pack.facts.documents import containers, open_text
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import known_items, text
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_COLLECTOR: Final = re.compile(r"(otel|opentelemetry|adot|xray|x-ray|cloudwatch-agent|datadog|jaeger|newrelic)")

_TRACING_VARIABLE: Final = re.compile(r"^(OTEL_|AWS_XRAY_|DD_TRACE)")


@OBSERVABILITY.resource(
    "tracing-enabled",
    "Requests can be followed through the system",
    on=(types.ECS_TASK_DEFINITION, types.LAMBDA_FUNCTION, types.APIGATEWAY_STAGE),
    severity=Severity.LOW,
    levels=AUDITED,
    why="Logs and metrics say that something is slow; a trace says which call of which service it is.",
    fix="Add an OpenTelemetry collector beside the container, or OTEL_ variables; tracingConfig.mode Active for a"
    " function; xrayTracingEnabled for a stage.",
    anchors=("FSBP APIGateway.3", "checkov CKV_AWS_73", "checkov CKV_AWS_50"),
)
def tracing_enabled(resource: ResourceFacts) -> Outcome:
    """A stage's or function's own switch; for a task a collector, or a program set up to send traces."""
    if resource.type == types.APIGATEWAY_STAGE:
        return is_true(resource, "xrayTracingEnabled")
    if resource.type == types.LAMBDA_FUNCTION:
        return one_of(resource, "tracingConfig.mode", ("Active",), default="PassThrough")
    found = containers(resource)
    if isinstance(found, Unknown):
        return unverified(open_text(resource, "containerDefinitions"), "a collector or OTEL_ variables")
    for container in found:
        names = [text(variable, "name") for variable in known_items(container, "environment")]
        if _COLLECTOR.search(text(container, "image").lower()) or any(map(_TRACING_VARIABLE.match, names)):
            return passed("a container sends traces")
    return failed("no container sends traces", "a collector or OTEL_ variables")
