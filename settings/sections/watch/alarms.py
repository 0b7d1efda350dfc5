"""Which alarms there are, and when they fire."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE
from settings.enums import Severity


class AlarmSettings(Section):
    """Thresholds of the alarms; each notifies the alarm topic."""

    least_severity: Severity = setting(
        Severity.LOW,
        "alarms that matter less than this are not made",
        cost="$0.10 a month per metric watched, ten of an account free",
        changes=IN_PLACE,
    )
    composite: bool = setting(
        False,
        "one alarm that speaks for those that fire together: one message for one trouble",
        cost="$0.50 a month per web service",
        changes=IN_PLACE,
    )
    anomaly_deviations: float | None = setting(
        None,
        "alarm when requests leave what is usual at that hour by so many standard deviations; null for never",
        unit="deviations",
        cost="$0.30 a month per web service",
        ge=1,
        le=10,
        changes=IN_PLACE,
    )
    cpu_percent: int = setting(85, "CPU use of compute and database", unit="percent", ge=1, le=100, changes=IN_PLACE)
    memory_percent: int = setting(85, "memory use of the tasks", unit="percent", ge=1, le=100, changes=IN_PLACE)
    latency_p95_seconds: float = setting(
        1.0, "95th percentile of the response time", unit="seconds", gt=0, le=60, changes=IN_PLACE
    )
    server_error_percent: float = setting(
        5.0, "answers with a 5xx status", unit="percent", gt=0, le=100, changes=IN_PLACE
    )
    client_error_percent: float = setting(
        25.0, "answers with a 4xx status", unit="percent", gt=0, le=100, changes=IN_PLACE
    )
    least_requests: int = setting(
        10,
        "requests in a minute below which shares of errors say nothing",
        unit="per minute",
        ge=1,
        le=1_000_000,
        changes=IN_PLACE,
    )
    cdn_error_percent: float = setting(
        5.0, "CloudFront's answers with a 5xx status", unit="percent", gt=0, le=100, changes=IN_PLACE
    )
    firewall_block_percent: float = setting(
        30.0, "requests that the firewall turns away", unit="percent", gt=0, le=100, changes=IN_PLACE
    )
    certificate_days: int = setting(
        30,
        "days before a certificate ends; ACM renews it 60 days before, so less means that it could not",
        unit="days",
        ge=1,
        le=59,
        changes=IN_PLACE,
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
