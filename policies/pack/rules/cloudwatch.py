"""CloudWatch: log groups, alarms and dashboards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_true, present
from policies.pack.facts import UNKNOWN
from policies.pack.facts.documents import document
from policies.pack.facts.keys import own_key
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS, Level, PerTier, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity
from policies.pack.values import UNSET, at, items, known, known_items, reveal, text
from policies.pack.verdict import Outcome, Status, failed, passed, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values
    from policies.pack.rule import Changes

LOG_DAYS: Final = whole("days", "Shortest retention in days", PerTier(7, 30, 90, 365), minimum=1, maximum=3653)

_RETENTIONS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Days that CloudWatch Logs can keep."""

ALARM_METRICS: Final = {
    types.LB_LOAD_BALANCER: (
        ("errors", ("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count")),
        ("latency", ("TargetResponseTime",)),
        ("unhealthy targets", ("UnHealthyHostCount", "HealthyHostCount")),
    ),
    types.ECS_SERVICE: (
        ("CPU", ("CPUUtilization", "CpuUtilized")),
        ("memory", ("MemoryUtilization", "MemoryUtilized")),
    ),
    types.RDS_INSTANCE: (
        ("CPU", ("CPUUtilization",)),
        ("storage", ("FreeStorageSpace",)),
        ("connections", ("DatabaseConnections",)),
    ),
    types.RDS_CLUSTER: (
        ("CPU", ("CPUUtilization", "ACUUtilization")),
        ("connections", ("DatabaseConnections",)),
    ),
}
"""What is watched → what can go wrong with it, and the metrics of which one tells."""

_NAMESPACES: Final = {
    types.LB_LOAD_BALANCER: ("AWS/ApplicationELB",),
    types.ECS_SERVICE: ("AWS/ECS", "ECS/ContainerInsights"),
    types.RDS_INSTANCE: ("AWS/RDS",),
    types.RDS_CLUSTER: ("AWS/RDS",),
}
"""Where the metrics of these are: services give different things the same name."""

_MEMBER: Final = re.compile(r"""(?<!NOT )\bALARM\s*\(\s*"?([^")]+?)"?\s*\)""")
"""An alarm's name or ARN in the rule of a composite alarm that goes off with it."""

_NAMES: Final = ("identifier", "clusterIdentifier", "name")


def _keep_long_enough(_: ResourceFacts, given: Values) -> Changes:
    """The next retention that CloudWatch Logs knows; of logs kept for ever until now, older ones go."""
    return {("retentionInDays",): next(days for days in _RETENTIONS if days >= given[LOG_DAYS])}


@OBSERVABILITY.resource(
    "log-retention",
    "Logs are kept long enough, and not for ever",
    on=types.CLOUDWATCH_LOG_GROUP,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="AWS keeps logs for ever, at $0.03 per GB and month; too short, and an incident cannot be traced back.",
    fix="Set retentionInDays (at least 7 in mvp, 30 in startup, 90 in production, 365 in enterprise).",
    anchors=(
        "checkov CKV_AWS_66",
        "checkov CKV_AWS_338",
        "Control Tower CT.CLOUDWATCH.PR.2",
        "prowler cloudwatch_log_group_retention_policy_specific_days_enabled",
    ),
    parameters=(LOG_DAYS,),
    remedy=_keep_long_enough,
)
def log_retention(group: ResourceFacts, given: Values) -> Outcome:
    """`retentionInDays`; unset and 0 mean for ever."""
    return at_least(group, "retentionInDays", given[LOG_DAYS], unit="days")


@OBSERVABILITY.resource(
    "log-group-kms",
    "Logs are encrypted with a key of our own",
    on=types.CLOUDWATCH_LOG_GROUP,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Logs quote what the application handles; with a key of our own reading them needs a second permission.",
    fix="Set kmsKeyId to a key whose policy admits logs.<region>.amazonaws.com.",
    anchors=(
        "checkov CKV_AWS_158",
        "trivy AWS-0017",
        "Control Tower CT.CLOUDWATCH.PR.3",
        "prowler cloudwatch_log_group_kms_encryption_enabled",
    ),
)
def log_group_kms(group: ResourceFacts) -> Outcome:
    """`kmsKeyId`; AWS's own key by its alias is none of ours."""
    return own_key(group, "kmsKeyId")


@OBSERVABILITY.joined(
    "alarm-actions",
    "Every alarm tells somebody",
    on=(types.CLOUDWATCH_METRIC_ALARM, types.CLOUDWATCH_COMPOSITE_ALARM),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="An alarm without an action changes colour in a console that nobody looks at.",
    fix="Set alarmActions to an SNS topic's ARN and leave actionsEnabled true.",
    anchors=(
        "checkov CKV_AWS_319",
        "Control Tower CT.CLOUDWATCH.PR.1",
        "prowler cloudwatch_alarm_actions_enabled",
        "prowler cloudwatch_alarm_actions_alarm_state_configured",
    ),
)
def alarm_actions(alarm: ResourceFacts, stack: StackFacts) -> Outcome:
    """`alarmActions`, switched on, of the alarm or of a composite alarm that it is part of."""
    for composite in _composites(alarm, stack):
        if _acts(composite).status is Status.PASS:
            return passed(f"{composite.name} tells somebody")
    return _acts(alarm)


def _composites(alarm: ResourceFacts, stack: StackFacts) -> list[ResourceFacts]:
    """Composite alarms whose rule names an alarm."""
    found = list(stack.referring(alarm, types.CLOUDWATCH_COMPOSITE_ALARM, "alarmRule"))
    keys = ("name", "alarmName", "arn")
    names = {name for name in (known(alarm, key) for key in keys) if isinstance(name, str)}
    return found + [c for name in names for c in stack.once(_composites_by_name).get(name, ())]


def _composites_by_name(stack: StackFacts) -> dict[str, list[ResourceFacts]]:
    """Name or ARN of an alarm → the composite alarms that go off with it."""
    found: dict[str, list[ResourceFacts]] = {}
    for composite in stack.of_type(types.CLOUDWATCH_COMPOSITE_ALARM):
        for name in _MEMBER.findall(text(composite, "alarmRule")):
            found.setdefault(name, []).append(composite)
    return found


def _acts(alarm: ResourceFacts) -> Outcome:
    return worst((present(alarm, "alarmActions", "an action"), is_true(alarm, "actionsEnabled", default=True)))


@OBSERVABILITY.stack(
    "alarm-coverage",
    "Load balancers, services and databases have their alarms",
    on=(types.CLOUDWATCH_METRIC_ALARM, *ALARM_METRICS),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="What has no alarm is found out from a customer, or when the disk is full.",
    fix="Add an aws.cloudwatch.MetricAlarm for each metric, its dimensions made from the resource.",
)
def alarm_coverage(stack: StackFacts) -> Outcome | None:
    """`ALARM_METRICS` of every application load balancer, ECS service and database."""
    watched = _watched(stack)
    anything = watched.get("", frozenset())
    outcomes = []
    for resource in stack.of_type(*ALARM_METRICS):
        if at(resource, "loadBalancerType") not in (UNSET, "application"):
            continue
        keys = {resource.urn, *(text(resource, name) for name in _NAMES)} - {""}
        if resource.type == types.RDS_CLUSTER:
            members = stack.referring(resource, types.RDS_CLUSTER_INSTANCE, "clusterIdentifier", "clusterIdentifier")
            keys |= {key for m in members for key in (m.urn, text(m, "identifier"))} - {""}
        pairs = anything.union(*(watched.get(key, ()) for key in keys))
        metrics = {metric for space, metric in pairs if space in ("", *_NAMESPACES[resource.type])}
        missing = [what for what, names in ALARM_METRICS[resource.type] if metrics.isdisjoint(names)]
        bad = failed(f"{resource.name} has no alarm for {', '.join(missing)}", "alarms")
        outcomes.append(bad if missing else passed(f"{resource.name} has its alarms"))
    return worst(outcomes) if outcomes else None


def _watched(stack: StackFacts) -> Mapping[str, set[tuple[str, str]]]:
    """URN or name of what alarms watch → namespace and metric; under the empty text those of alarms that do not say."""
    found: dict[str, set[tuple[str, str]]] = {}
    for alarm in stack.of_type(types.CLOUDWATCH_METRIC_ALARM):
        sources = [alarm, *(at(q, "metric") for q in known_items(alarm, "metricQueries"))]
        metrics = {(text(s, "namespace"), text(s, "metricName")) for s in sources if s is not UNKNOWN}
        metrics = {(space, metric) for space, metric in metrics if metric}
        keys = {k for s in sources if s is not UNKNOWN for k in _dimension_values(at(s, "dimensions"))}
        for key in ("dimensions", "metricQueries"):
            keys |= {target.urn for target in stack.targets(alarm, key)}
        for key in keys or {""}:
            found.setdefault(key, set()).update(metrics)
    return found


def _dimension_values(dimensions: Value) -> Iterator[str]:
    values = dimensions.values() if isinstance(dimensions, Mapping) else ()
    yield from (v for v in map(reveal, values) if isinstance(v, str) and v)


@OBSERVABILITY.stack(
    "dashboard-present",
    "One page shows how the system does",
    on=types.CLOUDWATCH_DASHBOARD,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="In an incident the first ten minutes go into finding the right graphs, unless they are there already.",
    fix="Add an aws.cloudwatch.Dashboard with traffic, errors, latency and saturation.",
)
def dashboard_present(stack: StackFacts) -> Outcome | None:
    """A dashboard with something on it in a stack that serves requests."""
    if not stack.uses_aws or not any(
        stack.of_type(types.LB_LOAD_BALANCER, types.ECS_SERVICE, types.LAMBDA_FUNCTION, types.CLOUDFRONT_DISTRIBUTION)
    ):
        return None
    boards = tuple(stack.of_type(types.CLOUDWATCH_DASHBOARD))
    if not boards:
        return failed("the stack has no dashboard", "one")
    if all(_is_empty(board) for board in boards):
        return failed(f"{boards[0].name} shows nothing", "widgets")
    return passed(f"{len(boards)} dashboard(s)")


def _is_empty(board: ResourceFacts) -> bool:
    body = document(board, "dashboardBody")
    return isinstance(body, Mapping) and items(body, "widgets") == []
