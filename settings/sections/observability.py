"""Logs, metrics, traces, alarms and dashboards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes
from settings.enums import Audience, ContainerInsights
from settings.fields import Email, distinct
from settings.sections.watch.alarms import AlarmSettings
from settings.sections.watch.logs import LogSettings
from settings.sections.watch.notices import NoticeSettings
from settings.sections.watch.service_level import CanarySettings, ServiceLevelSettings
from settings.sections.watch.telemetry import GrafanaSettings, PrometheusSettings, TracingSettings

LogRetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""Retention periods that CloudWatch Logs accepts (PutRetentionPolicy)."""


class ObservabilitySettings(Section):
    """Logs, metrics, traces, alarms and dashboards."""

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
    notices: NoticeSettings = setting(NoticeSettings, "chats and pagers that hear of alarms")
    alarms: AlarmSettings = setting(AlarmSettings, "alarms and their thresholds")
    dashboards: Annotated[tuple[Audience, ...], AfterValidator(distinct)] = setting(
        (Audience.SERVICE,),
        "whom there is a CloudWatch dashboard for",
        cost="free for the account's first three, then $3 a month each",
        changes=IN_PLACE,
    )
    container_insights: ContainerInsights = setting(
        ContainerInsights.DISABLED,
        "metrics of the ECS cluster",
        cost="about $0.30 a month per metric",
        changes=removes("Log group", data="the logs of Container Insights"),
    )
    logs: LogSettings = setting(LogSettings, "what is made of the application's logs")
    tracing: TracingSettings = setting(TracingSettings, "traces, through Application Signals")
    service_level: ServiceLevelSettings = setting(ServiceLevelSettings, "the service level objective")
    canary: CanarySettings = setting(CanarySettings, "a robot that visits the product")
    prometheus: PrometheusSettings = setting(PrometheusSettings, "Prometheus")
    grafana: GrafanaSettings = setting(GrafanaSettings, "Grafana")
