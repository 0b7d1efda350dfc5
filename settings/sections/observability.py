"""Logs, alarms and the dashboard."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes
from settings.enums import ContainerInsights
from settings.fields import Email, distinct

LogRetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""Retention periods that CloudWatch Logs accepts (PutRetentionPolicy)."""


class AlarmSettings(Section):
    """Thresholds of the alarms; each notifies the alarm topic."""

    cpu_percent: int = setting(85, "CPU use of compute and database", unit="percent", ge=1, le=100, changes=IN_PLACE)
    memory_percent: int = setting(85, "memory use of the tasks", unit="percent", ge=1, le=100, changes=IN_PLACE)
    latency_p95_seconds: float = setting(
        1.0, "95th percentile of the response time", unit="seconds", gt=0, le=60, changes=IN_PLACE
    )
    server_errors_per_minute: int = setting(
        10, "answers with a 5xx status", unit="per minute", ge=1, le=1_000_000, changes=IN_PLACE
    )
    cdn_error_percent: float = setting(
        5.0, "CloudFront's answers with a 5xx status", unit="percent", gt=0, le=100, changes=IN_PLACE
    )
    database_free_storage_gb: int | None = setting(
        None,
        "free space of the database; null for a twentieth of storageGb",
        unit="GB",
        ge=1,
        le=65536,
        changes=IN_PLACE,
    )
    database_connections: int | None = setting(
        None,
        "open connections to the database; null for 80 % of what its class allows",
        ge=1,
        le=262_143,
        changes=IN_PLACE,
    )


class ObservabilitySettings(Section):
    """Logs, alarms and the dashboard."""

    log_retention_days: LogRetentionDays = setting(
        30,
        "how long logs are kept",
        unit="days",
        cost="$0.50 per GB taken in, $0.03 a month per GB kept",
        changes=in_place(data="older logs", lowered=True),
    )
    alarm_emails: Annotated[tuple[Email, ...], AfterValidator(distinct)] = setting(
        (),
        "addresses that hear of alarms; each must confirm once",
        changes=IN_PLACE,
    )
    alarms: AlarmSettings = setting(AlarmSettings, "alarm thresholds")
    dashboard: bool = setting(
        True,
        "a CloudWatch dashboard",
        cost="free for the account's first three, then $3 a month",
        changes=IN_PLACE,
    )
    container_insights: ContainerInsights = setting(
        ContainerInsights.DISABLED,
        "metrics of the ECS cluster",
        cost="about $0.30 a month per metric",
        changes=removes("Log group", data="the logs of Container Insights"),
    )
