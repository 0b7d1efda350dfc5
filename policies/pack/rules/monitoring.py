"""Observability, continued: what is watched, from inside and from outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..baseline import AUDITED, uses_aws
from ..checks import is_true, one_of
from ..documents import containers
from ..facts import UNKNOWN, Unknown
from ..levels import mandatory_from
from ..rule import Layer, Severity
from ..values import UNSET, as_bool, at, known_items, reveal, show, text
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..facts import ResourceFacts, StackFacts, Value

layer = Layer("observability")

ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
DASHBOARD: Final = "aws:cloudwatch/dashboard:Dashboard"
BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
SERVICE: Final = "aws:ecs/service:Service"
DATABASE: Final = "aws:rds/instance:Instance"
DATABASE_CLUSTER: Final = "aws:rds/cluster:Cluster"
CLUSTER_INSTANCE: Final = "aws:rds/clusterInstance:ClusterInstance"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
FUNCTION: Final = "aws:lambda/function:Function"
STAGE: Final = "aws:apigateway/stage:Stage"
CANARY: Final = "aws:synthetics/canary:Canary"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"

ALARM_METRICS: Final = {
    BALANCER: (
        ("errors", ("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count")),
        ("latency", ("TargetResponseTime",)),
        ("unhealthy targets", ("UnHealthyHostCount", "HealthyHostCount")),
    ),
    SERVICE: (
        ("CPU", ("CPUUtilization", "CpuUtilized")),
        ("memory", ("MemoryUtilization", "MemoryUtilized")),
    ),
    DATABASE: (
        ("CPU", ("CPUUtilization",)),
        ("storage", ("FreeStorageSpace",)),
        ("connections", ("DatabaseConnections",)),
    ),
    DATABASE_CLUSTER: (
        ("CPU", ("CPUUtilization", "ACUUtilization")),
        ("connections", ("DatabaseConnections",)),
    ),
}
"""What is watched → what can go wrong with it, and the metrics of which one tells."""

_NAMES: Final = ("identifier", "clusterIdentifier", "name")
_COLLECTOR: Final = re.compile(r"(otel|opentelemetry|adot|xray|x-ray|cloudwatch-agent|datadog|jaeger|newrelic)")
_TRACING_VARIABLE: Final = re.compile(r"^(OTEL_|AWS_XRAY_|DD_TRACE)")


@layer.stack(
    "alarm-coverage",
    "Load balancers, services and databases have their alarms",
    on=(ALARM, *ALARM_METRICS),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="What has no alarm is found out from a customer, or when the disk is full.",
    fix="Add an aws.cloudwatch.MetricAlarm for each metric, its dimensions made from the resource.",
    items=(131, 132, 211),
)
def alarm_coverage(stack: StackFacts) -> Outcome | None:
    """`ALARM_METRICS` of every application load balancer, ECS service and database."""
    watched = _watched(stack)
    anything = watched.get("", set())
    outcomes = []
    for resource in stack.of_type(*ALARM_METRICS):
        if at(resource, "loadBalancerType") not in (UNSET, "application"):
            continue
        keys = {resource.urn, *(text(resource, name) for name in _NAMES)} - {""}
        if resource.type == DATABASE_CLUSTER:
            keys |= {i.urn for i in stack.referring(resource, CLUSTER_INSTANCE, "clusterIdentifier")}
        metrics = anything.union(*(watched.get(key, set()) for key in keys))
        missing = [what for what, names in ALARM_METRICS[resource.type] if metrics.isdisjoint(names)]
        bad = failed(f"{resource.name} has no alarm for {', '.join(missing)}", "alarms")
        outcomes.append(bad if missing else passed(f"{resource.name} has its alarms"))
    return worst(outcomes) if outcomes else None


def _watched(stack: StackFacts) -> Mapping[str, set[str]]:
    """URN or name of what alarms watch → metrics; under the empty text those of alarms that do not say."""
    found: dict[str, set[str]] = {}
    for alarm in stack.of_type(ALARM):
        sources = [alarm, *(at(q, "metric") for q in known_items(alarm, "metricQueries"))]
        metrics = {text(s, "metricName") for s in sources if s is not UNKNOWN} - {""}
        keys = {k for s in sources if s is not UNKNOWN for k in _dimension_values(at(s, "dimensions"))}
        for key in ("dimensions", "metricQueries"):
            keys |= set(alarm.property_dependencies.get(key, ()))
        for key in keys or {""}:
            found.setdefault(key, set()).update(metrics)
    return found


def _dimension_values(dimensions: Value) -> Iterator[str]:
    values = dimensions.values() if isinstance(dimensions, Mapping) else ()
    yield from (v for v in map(reveal, values) if isinstance(v, str) and v)


@layer.resource(
    "tracing-enabled",
    "Requests can be followed through the system",
    on=(TASK, FUNCTION, STAGE),
    severity=Severity.LOW,
    levels=AUDITED,
    why="Logs and metrics say that something is slow; a trace says which call of which service it is.",
    fix="Add an OpenTelemetry collector beside the container, or OTEL_ variables; tracingConfig.mode Active for a"
    " function; xrayTracingEnabled for a stage.",
    anchors=("FSBP APIGateway.3", "checkov CKV_AWS_73", "checkov CKV_AWS_50"),
    items=(137,),
)
def tracing_enabled(resource: ResourceFacts) -> Outcome:
    """A stage's or function's own switch; for a task a collector, or a program set up to send traces."""
    if resource.type == STAGE:
        return is_true(resource, "xrayTracingEnabled")
    if resource.type == FUNCTION:
        return one_of(resource, "tracingConfig.mode", ("Active",), default="PassThrough")
    found = containers(resource)
    if isinstance(found, Unknown):
        return unverified("containerDefinitions are known only after deployment", "a collector or OTEL_ variables")
    for container in found:
        names = [text(variable, "name") for variable in known_items(container, "environment")]
        if _COLLECTOR.search(text(container, "image").lower()) or any(map(_TRACING_VARIABLE.match, names)):
            return passed("a container sends traces")
    return failed("no container sends traces", "a collector or OTEL_ variables")


@layer.stack(
    "synthetics-canary",
    "Somebody outside asks all the time whether it works",
    on=(CANARY, BALANCER, DISTRIBUTION),
    severity=Severity.LOW,
    levels=AUDITED,
    why="When nobody's request arrives there are no errors to alarm about: DNS, certificate and edge fail silently.",
    fix="Add an aws.synthetics.Canary with startCanary true, and an alarm on SuccessPercent in CloudWatchSynthetics.",
    items=(139,),
)
def synthetics_canary(stack: StackFacts) -> Outcome | None:
    """A started canary and an alarm on one, where the stack has a public endpoint."""
    balancers = [b for b in stack.of_type(BALANCER) if as_bool(at(b, "internal")) is not True]
    if not balancers and not any(stack.of_type(DISTRIBUTION)):
        return None
    canaries = tuple(stack.of_type(CANARY))
    if not canaries:
        return failed("the public endpoint has no canary", "a canary with an alarm")
    started = [c for c in canaries if as_bool(at(c, "startCanary")) is True]
    if not started:
        return failed(f"the canary's {show(canaries[0], 'startCanary')}", "a started canary")
    if any(text(a, "namespace") == "CloudWatchSynthetics" for a in stack.of_type(ALARM)):
        return passed("a canary with an alarm")
    return failed("the canary has no alarm", "an alarm on its success")


@layer.stack(
    "dashboard-present",
    "One page shows how the system does",
    on=DASHBOARD,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="In an incident the first ten minutes go into finding the right graphs, unless they are there already.",
    fix="Add an aws.cloudwatch.Dashboard with traffic, errors, latency and saturation.",
    items=(133, 135),
)
def dashboard_present(stack: StackFacts) -> Outcome | None:
    """A dashboard in a stack that serves requests."""
    if not uses_aws(stack) or not any(stack.of_type(BALANCER, SERVICE, FUNCTION, DISTRIBUTION)):
        return None
    boards = tuple(stack.of_type(DASHBOARD))
    if not boards:
        return failed("the stack has no dashboard", "one")
    return passed(f"{len(boards)} dashboard(s)")
