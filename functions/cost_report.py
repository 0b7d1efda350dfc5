"""Tells, once a month, what the last month cost, service by service, beside the month before and what is to come.

Variables: TOPIC_ARN, where the report goes; STACK, whose report it is. Two calls of Cost Explorer, $0.01 each.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
from botocore.exceptions import ClientError

_SHOWN = 25
"""Services that get a line of their own."""


def handler(event: dict[str, Any], _context: object) -> dict[str, float]:
    """Ask Cost Explorer, and tell the topic.

    Args:
        event: what called; not used, but for `today`, an ISO day to report from.
    """
    today = date.fromisoformat(event["today"]) if "today" in event else datetime.now(UTC).date()
    last, before = costs(today)
    subject = f"{os.environ['STACK']}: {month(today, 1):%B %Y} cost ${sum(last.values()):,.2f}"
    message = text(today, last, before, forecast(today))
    boto3.client("sns").publish(TopicArn=os.environ["TOPIC_ARN"], Subject=subject[:100], Message=message)
    total = round(sum(last.values()), 2)
    print(json.dumps({"usd": total}))
    return {"usd": total}


def month(today: date, ago: int) -> date:
    """First day of a month.

    Args:
        today: a day of the current month.
        ago: months before it; -1 for the next one.
    """
    months = today.year * 12 + today.month - 1 - ago
    return date(months // 12, months % 12 + 1, 1)


def costs(today: date) -> tuple[dict[str, float], dict[str, float]]:
    """What each service cost in the last month and in the one before, in dollars.

    Args:
        today: a day of the current month.
    """
    explorer = boto3.client("ce", region_name="us-east-1")
    arguments: dict[str, Any] = {
        "TimePeriod": {"Start": month(today, 2).isoformat(), "End": month(today, 0).isoformat()},
        "Granularity": "MONTHLY",
        "Metrics": ["UnblendedCost"],
        "GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}],
    }
    found: dict[str, dict[str, float]] = {}
    while True:
        answer = explorer.get_cost_and_usage(**arguments)
        for period in answer["ResultsByTime"]:
            services = found.setdefault(period["TimePeriod"]["Start"], {})
            for group in period["Groups"]:
                services[group["Keys"][0]] = float(group["Metrics"]["UnblendedCost"]["Amount"])
        if "NextPageToken" not in answer:
            last, before = (found.get(month(today, ago).isoformat(), {}) for ago in (1, 2))
            return last, before
        arguments["NextPageToken"] = answer["NextPageToken"]


def forecast(today: date) -> float | None:
    """What the rest of the current month will cost, in dollars; None where Cost Explorer knows too little yet.

    Args:
        today: the day from which on it is forecast.
    """
    explorer = boto3.client("ce", region_name="us-east-1")
    end = month(today, -1)
    try:
        answer = explorer.get_cost_forecast(
            TimePeriod={"Start": min(today, end - timedelta(days=1)).isoformat(), "End": end.isoformat()},
            Metric="UNBLENDED_COST",
            Granularity="MONTHLY",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "DataUnavailableException":
            raise
        return None
    return float(answer["Total"]["Amount"])


def text(today: date, last: dict[str, float], before: dict[str, float], to_come: float | None) -> str:
    """The report.

    Args:
        today: a day of the current month.
        last: dollars of the last month by service.
        before: the same for the month before.
        to_come: dollars that the rest of this month will cost; None for unknown.
    """
    total, earlier = sum(last.values()), sum(before.values())
    lines = [
        f"{month(today, 1):%B %Y} cost ${total:,.2f}, {_change(total, earlier)} {month(today, 2):%B}.",
        f"The rest of {today:%B} is forecast at ${to_come:,.2f}."
        if to_come is not None
        else f"Cost Explorer knows too little yet to forecast {today:%B}.",
        "All of the account, without credits being told apart; see Cost Explorer for more.",
        "",
    ]
    dearest = sorted(last.items(), key=lambda item: (-item[1], item[0]))
    for service, usd in dearest[:_SHOWN]:
        lines.append(f"{f'${usd:,.2f}':>12}  {service}, {_change(usd, before.get(service, 0))} before")
    if rest := dearest[_SHOWN:]:
        lines.append(f"{f'${sum(usd for _, usd in rest):,.2f}':>12}  {len(rest)} others")
    gone = sorted(set(before) - set(last))
    if gone:
        lines.append(f"No longer paid for: {', '.join(gone)}")
    return "\n".join(lines)


def _change(now: float, then: float) -> str:
    difference = now - then
    if abs(difference) < 0.005:
        return "the same as"
    return f"${abs(difference):,.2f} {'more' if difference > 0 else 'less'} than"
