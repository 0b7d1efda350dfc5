"""Traces and open-source monitoring."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, removes
from settings.enums import GrafanaLogin


class TracingSettings(Section):
    """Traces: a CloudWatch agent beside each task takes what OpenTelemetry's SDK in it sends (fargate)."""

    enabled: bool = setting(
        False,
        "a CloudWatch agent in each task, which takes 64 MiB of its memory; the image holds OpenTelemetry's SDK",
        cost="$5 per million traces",
        changes=ROLLING,
    )
    signals: bool = setting(
        False,
        "Application Signals: latency, errors and volume of every request, whether its trace is kept or not",
        cost="$1.50 per million signals, about two a request",
        changes=ROLLING,
    )
    sampled_percent: float = setting(
        5.0, "share of requests whose traces are kept", unit="percent", gt=0, le=100, changes=ROLLING
    )


class PrometheusSettings(Section):
    """Amazon Managed Service for Prometheus, filled by the tasks' agents, with rules and an alert manager."""

    enabled: bool = setting(
        False,
        "a workspace; needs tracing, whose agent fills it",
        cost="$0.90 per 10 million samples, $0.03 a month per GB",
        changes=removes("Prometheus workspace", data="the metrics in it"),
    )
    retention_days: int = setting(150, "how long samples are kept", unit="days", ge=1, le=1095, changes=IN_PLACE)


class GrafanaSettings(Section):
    """Amazon Managed Grafana over CloudWatch, and over Prometheus where there is one."""

    enabled: bool = setting(
        False,
        "a workspace",
        cost="$9 a month per editor, $5 per viewer",
        changes=removes("Grafana workspace", data="dashboards that people made in it"),
    )
    login: GrafanaLogin = setting(
        GrafanaLogin.AWS_SSO,
        "aws_sso needs IAM Identity Center in the account's organisation; saml is set up in the workspace afterwards",
        changes=IN_PLACE,
    )
