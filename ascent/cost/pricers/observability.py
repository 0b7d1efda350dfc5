"""Logs, alarms, dashboards, canaries, notifications, traces."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import DAYS, HOURS
from ascent.cost.charges import Free, Gap, Line
from ascent.cost.meter import parts
from ascent.cost.pricers.account import FINDING_GB
from ascent.cost.pricers.registry import prices
from ascent.cost.pricers.trails import trail_gb
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter
    from ascent.plan.model import Plan, Resource


_COMPRESSED: Final = Decimal("0.15")
"""Share of a log's size that is stored (CloudWatch pricing, "Store (Archival)": compressed at 0.15 per GB)."""

_GB_PER_SAMPLE: Final = Decimal(2) / 1024**3
"""A sample takes one to two bytes (AMP pricing)."""

_SIGNALS: Final = Decimal(2)
"""Signals of a request: its own, and one for what it calls (CloudWatch pricing, Application Signals)."""

_GB_PER_RUN: Final = Decimal("0.000002")
"""What a run of a function logs: Lambda's own lines and a few of the function's, 2 KB."""

_FOREVER_MONTHS: Final = 12
"""Months of logs that a group without a retention period is priced with: its first year."""

_KINDS: Final = (
    (re.compile(r"/aws/ecs/containerinsights/|/aws/containerinsights/"), "insights"),
    (re.compile(r"aws-waf-logs-"), "firewall"),
    (re.compile(r"/aws/rds/"), "database"),
    (re.compile(r".*/(cloud)?trail$"), "trail"),
    (re.compile(r"/aws/lambda/"), "function"),
)
"""Name of a log group → who writes to it; all else is the application's."""


@prices(types.CLOUDWATCH_LOG_GROUP)
def log_group(meter: Meter) -> Iterator[Line]:
    """GB taken in, and GB kept for as long as the group keeps them, compressed."""
    if _visited(meter.plan, meter.resource):
        yield Free("a canary writes less than a cent's worth")
        return
    kind = _kind(meter.resource)
    others = (r for r in meter.plan.by_type[types.CLOUDWATCH_LOG_GROUP] if not _visited(meter.plan, r))
    groups = sum(_kind(r) == kind for r in others)
    gigabytes = {
        "insights": meter.usage.insights_log_gb,
        "firewall": meter.usage.firewall_log_gb,
        "database": meter.usage.database_log_gb,
        "trail": trail_gb(meter),
        "function": meter.usage.function_runs * _GB_PER_RUN,
        "application": meter.usage.application_log_gb,
    }[kind] / groups
    infrequent = meter.text("logGroupClass") == "INFREQUENT_ACCESS"
    yield meter.used("logs.ingest-infrequent" if infrequent else "logs.ingest", gigabytes, "GB taken in")
    days = meter.number("retentionInDays") or Decimal(0)
    months = days / DAYS if days else Decimal(_FOREVER_MONTHS)
    yield meter.used("logs.store", gigabytes * (months * _COMPRESSED), "GB kept, compressed")


def _visited(plan: Plan, group: Resource) -> bool:
    """Whether a canary writes to it, whose name only a deployment knows."""
    canaries = {r.urn for r in plan.by_type.get(types.SYNTHETICS_CANARY, ())}
    return not canaries.isdisjoint(group.property_dependencies.get("name", ()))


def _kind(group: Resource) -> str:
    name = group.inputs.get("name")
    text = name if isinstance(name, str) else ""
    return next((kind for pattern, kind in _KINDS if pattern.match(text)), "application")


@prices(types.CLOUDWATCH_METRIC_ALARM)
def metric_alarm(meter: Meter) -> Iterator[Line]:
    """A price per metric that it watches; three times as much below a minute."""
    watched = [q["metric"] for q in parts(meter.inputs.get("metricQueries")) if isinstance(q.get("metric"), dict)]
    periods = [m.get("period") for m in watched] or [meter.inputs.get("period")]
    fast = any(p in (10, 20, 30) for p in periods)
    yield meter.fixed("cloudwatch.alarm-fast" if fast else "cloudwatch.alarm", max(len(watched), 1), "metrics watched")


@prices(types.CLOUDWATCH_COMPOSITE_ALARM)
def composite_alarm(meter: Meter) -> Iterator[Line]:
    """One price, whatever it combines."""
    yield meter.fixed("cloudwatch.alarm-composite", 1, "composite alarm")


@prices(types.CLOUDWATCH_DASHBOARD)
def dashboard(meter: Meter) -> Iterator[Line]:
    """One price for any number of widgets."""
    yield meter.fixed("cloudwatch.dashboard", 1, "dashboard")


@prices(types.CLOUDWATCH_LOG_METRIC_FILTER)
def metric_filter(meter: Meter) -> Iterator[Line]:
    """The metric it makes, once for all filters of the same; it counts in those hours in which it has a value.

    A filter with a default, or one that takes a number out of each line, has one as long as there are lines.
    """
    mine = _made(meter.resource)
    first = next(r for r in meter.plan.by_type[types.CLOUDWATCH_LOG_METRIC_FILTER] if _made(r) == mine)
    made = meter.inputs.get("metricTransformation")
    steady = isinstance(made, dict) and ("defaultValue" in made or str(made.get("value")).startswith("$"))
    if first.urn != meter.resource.urn:
        yield Free("its metric is charged at the first filter that makes it")
    elif steady:
        yield meter.fixed("cloudwatch.metric", 1, "metric made of a log")
    else:
        yield Free("its metric counts only in hours in which a line matches")


def _made(metric_filter: Resource) -> tuple[str, str]:
    made = metric_filter.inputs.get("metricTransformation")
    return (str(made.get("namespace")), str(made.get("name"))) if isinstance(made, dict) else ("", metric_filter.urn)


@prices(types.CLOUDWATCH_LOG_DATA_PROTECTION_POLICY)
def data_protection(meter: Meter) -> Iterator[Line]:
    """GB that are looked through."""
    yield meter.used("logs.mask", meter.share(meter.usage.application_log_gb), "GB looked through for what to mask")


@prices(types.KINESIS_FIREHOSE_DELIVERY_STREAM)
def firehose(meter: Meter) -> Iterator[Line]:
    """GB that pass through, counted in steps of 5 KB for each record: findings where a rule feeds it, else logs."""
    targets = meter.plan.by_type.get(types.CLOUDWATCH_EVENT_TARGET, ())
    heard = {urn for target in targets for urn in target.property_dependencies.get("arn", ())}
    findings = meter.resource.urn in heard
    alike = sum((r.urn in heard) == findings for r in meter.plan.by_type[types.KINESIS_FIREHOSE_DELIVERY_STREAM])
    if findings:
        yield meter.used("firehose.gb", meter.usage.findings / alike * FINDING_GB, "GB of findings passed on")
    else:
        yield meter.used("firehose.gb", meter.usage.application_log_gb / alike, "GB of logs passed on")


@prices(types.AMP_WORKSPACE)
def prometheus(meter: Meter) -> Iterator[Line]:
    """Samples taken in, and the space that they need."""
    samples = meter.share(meter.usage.samples)
    yield meter.used("amp.samples", samples, "samples")
    yield meter.used("amp.store", samples * _GB_PER_SAMPLE, "GB of samples kept")


@prices(types.GRAFANA_WORKSPACE)
def grafana(meter: Meter) -> Iterator[Line]:
    """People who use it in a month."""
    yield meter.used("grafana.editor", meter.share(meter.usage.dashboard_editors), "editors")


def objective(meter: Meter) -> Iterator[Line]:
    """Signals of a service level objective: two for each minute that it is worked out for."""
    yield meter.fixed("signals.million", HOURS * 60 * 2, "signals of the objective")


@prices(types.SNS_TOPIC_SUBSCRIPTION)
def subscription(meter: Meter) -> Iterator[Line]:
    """E-mails by the message; other protocols have other prices, of which those within AWS are nothing."""
    protocol = meter.text("protocol")
    if protocol in ("email", "email-json"):
        yield meter.used("sns.email", meter.usage.notifications, "e-mails")
    elif protocol in ("http", "https"):
        yield meter.used("sns.https", meter.usage.notifications, "messages to a pager")
    elif protocol in ("sqs", "lambda", "firehose"):
        yield Free("deliveries to SQS, Lambda and Firehose are free")
    else:
        yield Gap(f"no price for notifications by {protocol or 'a protocol known only after deployment'}")


@prices(types.SYNTHETICS_CANARY)
def canary(meter: Meter) -> Iterator[Line]:
    """Runs by the schedule; the function and its logs cost fractions of a cent."""
    runs = runs_of(meter.resource)
    if runs:
        yield meter.fixed("synthetics.run", runs, "runs")
    else:
        schedule = meter.inputs.get("schedule")
        expression = schedule.get("expression") if isinstance(schedule, dict) else None
        yield Gap(f"how often a canary with the schedule {expression} runs is not worked out")


def runs_of(resource: Resource) -> Decimal:
    """How often a canary runs in a month; zero where its schedule is no simple rate."""
    schedule = resource.inputs.get("schedule")
    expression = schedule.get("expression") if isinstance(schedule, dict) else None
    rate = re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", str(expression))
    if rate is None or int(rate[1]) == 0:
        return Decimal(0)
    return HOURS * 60 / (int(rate[1]) * (60 if rate[2] == "hour" else 1))


@prices(types.XRAY_GROUP, types.XRAY_SAMPLING_RULE)
def traces(meter: Meter) -> Iterator[Line]:
    """Groups and rules are free; the traces they stand for are not, and are counted at the first of them."""
    first = next(r for r in meter.plan.resources if r.type in (types.XRAY_GROUP, types.XRAY_SAMPLING_RULE))
    if first.urn == meter.resource.urn:
        yield meter.used("xray.traces", meter.usage.traces, "traces stored")
        tags = meter.inputs.get("tags")
        if isinstance(tags, dict) and "signals" in str(tags.get("Collects")):
            yield meter.used("signals.million", meter.usage.requests * _SIGNALS, "signals of requests")
    else:
        yield Free("its traces are charged at the first group or rule")
