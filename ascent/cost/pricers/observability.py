"""Logs, alarms, dashboards, canaries, notifications, traces."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import DAYS, HOURS
from ascent.cost.charges import Free, Gap, Line
from ascent.cost.meter import parts
from ascent.cost.pricers.registry import prices
from ascent.cost.pricers.trails import trail_gb
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter
    from ascent.plan.model import Resource


_COMPRESSED: Final = Decimal("0.15")
"""Share of a log's size that is stored (CloudWatch pricing, "Store (Archival)": compressed at 0.15 per GB)."""

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
    kind = _kind(meter.resource)
    groups = sum(_kind(r) == kind for r in meter.plan.by_type[types.CLOUDWATCH_LOG_GROUP])
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


@prices(types.SNS_TOPIC_SUBSCRIPTION)
def subscription(meter: Meter) -> Iterator[Line]:
    """E-mails by the message; other protocols have other prices, of which those within AWS are nothing."""
    protocol = meter.text("protocol")
    if protocol in ("email", "email-json"):
        yield meter.used("sns.email", meter.usage.notifications, "e-mails")
    elif protocol in ("sqs", "lambda", "firehose"):
        yield Free("deliveries to SQS, Lambda and Firehose are free")
    else:
        yield Gap(f"no price for notifications by {protocol or 'a protocol known only after deployment'}")


@prices(types.SYNTHETICS_CANARY)
def canary(meter: Meter) -> Iterator[Line]:
    """Runs by the schedule; the function, its logs and its screenshots cost fractions of a cent."""
    schedule = meter.inputs.get("schedule")
    expression = schedule.get("expression") if isinstance(schedule, dict) else None
    rate = re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", str(expression))
    if rate is None or int(rate[1]) == 0:
        yield Gap(f"how often a canary with the schedule {expression} runs is not worked out")
        return
    minutes = int(rate[1]) * (60 if rate[2] == "hour" else 1)
    yield meter.fixed("synthetics.run", HOURS * 60 / minutes, "runs")


@prices(types.XRAY_GROUP, types.XRAY_SAMPLING_RULE)
def traces(meter: Meter) -> Iterator[Line]:
    """Groups and rules are free; the traces they stand for are not, and are counted at the first of them."""
    first = next(r for r in meter.plan.resources if r.type in (types.XRAY_GROUP, types.XRAY_SAMPLING_RULE))
    if first.urn == meter.resource.urn:
        yield meter.used("xray.traces", meter.usage.traces, "traces stored")
    else:
        yield Free("its traces are charged at the first group or rule")
