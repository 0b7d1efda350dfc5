"""Open-source monitoring, run by AWS: Prometheus with its rules and alert manager, and Grafana."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, on_the_first
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import GrafanaLogin, Severity
from settings.sections.watch.telemetry import GrafanaSettings, PrometheusSettings

_GRAFANA_VERSION: Final = "12.4"

_DURATION: Final = "http_server_request_duration_seconds"
"""What OpenTelemetry calls the time of an answered request, in Prometheus's spelling."""

_RECORDED: Final = {
    "service:requests:rate5m": f"sum by (service_name) (rate({_DURATION}_count[5m]))",
    "service:errors:ratio5m": (
        f'sum by (service_name) (rate({_DURATION}_count{{http_response_status_code=~"5.."}}[5m]))'
        " / service:requests:rate5m"
    ),
    "service:latency:p95_5m": (f"histogram_quantile(0.95, sum by (le, service_name) (rate({_DURATION}_bucket[5m])))"),
}
"""Series that are worked out once instead of at every look."""

_ALERTS: Final = (
    (
        "TooManyErrors",
        "service:errors:ratio5m > 0.05",
        "5m",
        "more than 5 % of the requests of {{ $labels.service_name }} fail",
        "server-errors",
    ),
    (
        "TooSlow",
        "service:latency:p95_5m > 1",
        "10m",
        "a request in twenty to {{ $labels.service_name }} takes over a second",
        "latency",
    ),
    ("NoSamples", f"absent({_DURATION}_count)", "15m", "no task sends samples", "prometheus-mute"),
)
"""Name, expression, how long it must hold, what it means, its runbook."""


@dataclass(frozen=True, kw_only=True)
class PrometheusArgs:
    """Where samples are kept and who hears of alerts.

    Args:
        context: names and tags.
        settings: how long samples are kept.
        topic_arn: SNS topic that hears of alerts; its policy must admit aps.amazonaws.com.
    """

    context: Context
    settings: PrometheusSettings
    topic_arn: pulumi.Input[str]


class Prometheus(pulumi.ComponentResource):
    """A workspace with rules and an alert manager. $0.90 per 10 million samples, $0.03 a month per GB.

    Attributes:
        workspace_id: the workspace's id.
        arn: its ARN.
    """

    workspace_id: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: PrometheusArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Prometheus", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        workspace = aws.amp.Workspace(
            f"{name}-workspace", alias=context.physical_name(limit=100), tags=context.tags(name), opts=child
        )
        aws.amp.WorkspaceConfiguration(
            f"{name}-retention",
            workspace_id=workspace.id,
            retention_period_in_days=args.settings.retention_days,
            opts=child,
        )
        aws.amp.RuleGroupNamespace(
            f"{name}-rules",
            name="ascent",
            workspace_id=workspace.id,
            # JSON is YAML, and no escape of one means something else in the other.
            data=json.dumps(rule_groups()),
            tags=context.tags(f"{name}-rules"),
            opts=child,
        )
        aws.amp.AlertManagerDefinition(
            f"{name}-alerts",
            workspace_id=workspace.id,
            definition=pulumi.Output.json_dumps(_routes(context.region, args.topic_arn)).apply(
                lambda text: json.dumps({"alertmanager_config": text})
            ),
            opts=child,
        )
        self.workspace_id, self.arn = workspace.id, workspace.arn
        self.register_outputs({"workspace_id": self.workspace_id})

    def alarms(self) -> list[AlarmSpec]:
        """Alerts that the topic did not take."""
        return [
            on_the_first(
                key="prometheus-mute",
                title="Prometheus has alerts that it can't send",
                namespace="AWS/Prometheus",
                metric="AlertManagerNotificationsFailed",
                dimensions={"Workspace": self.workspace_id},
                severity=Severity.LOW,
            )
        ]


def rule_groups() -> dict[str, Any]:
    """What is recorded, and what is alerted on, as Prometheus reads it."""
    alerts = [
        {
            "alert": name,
            "expr": expression,
            "for": held,
            "labels": {"severity": "high"},
            "annotations": {"summary": meaning, "runbook": f"docs/runbooks/{runbook}.md"},
        }
        for name, expression, held, meaning, runbook in _ALERTS
    ]
    recorded = [{"record": name, "expr": expression} for name, expression in _RECORDED.items()]
    return {"groups": [{"name": "recorded", "rules": recorded}, {"name": "alerts", "rules": alerts}]}


def _routes(region: str, topic_arn: pulumi.Input[str]) -> dict[str, Any]:
    topic = {
        "topic_arn": topic_arn,
        "sigv4": {"region": region},
        "subject": "{{ .CommonAnnotations.summary }}",
        "send_resolved": True,
    }
    return {
        "route": {"receiver": "alarms", "group_by": ["alertname", "service_name"], "repeat_interval": "4h"},
        "receivers": [{"name": "alarms", "sns_configs": [topic]}],
    }


@dataclass(frozen=True, kw_only=True)
class GrafanaArgs:
    """What Grafana shows to whom.

    Args:
        context: names and tags.
        settings: how people sign in.
        prometheus_arn: workspace of Prometheus; None without one.
    """

    context: Context
    settings: GrafanaSettings
    prometheus_arn: pulumi.Input[str] | None = None


class Grafana(pulumi.ComponentResource):
    """A Grafana workspace that reads CloudWatch, and Prometheus where there is one. $9 a month per editor.

    Attributes:
        url: its address.
    """

    url: pulumi.Output[str]

    def __init__(self, name: str, args: GrafanaArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Grafana", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        role = ServiceRoleArgs(
            context=context,
            description="Grafana, to read metrics and logs",
            services=["grafana.amazonaws.com"],
            statements=_reading(context, args.prometheus_arn),
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
        )
        sources = ["CLOUDWATCH", *(["PROMETHEUS"] if args.prometheus_arn is not None else [])]
        workspace = aws.grafana.Workspace(
            f"{name}-workspace",
            name=context.physical_name(limit=255),
            account_access_type="CURRENT_ACCOUNT",
            authentication_providers=["AWS_SSO" if args.settings.login is GrafanaLogin.AWS_SSO else "SAML"],
            # Through the API, AWS's own choice of permissions comes without any.
            permission_type="CUSTOMER_MANAGED",
            role_arn=ServiceRole(f"{name}-read", role, opts=child).arn,
            data_sources=sources,
            grafana_version=_GRAFANA_VERSION,
            tags=context.tags(name),
            opts=child,
        )
        self.url = pulumi.Output.concat("https://", workspace.endpoint)
        self.register_outputs({"url": self.url})


def _reading(context: Context, prometheus_arn: pulumi.Input[str] | None) -> list[Statement]:
    statements = [
        Statement(
            sid="ReadMetrics",
            actions=["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
            resources=["*"],
            wildcard_reason="the actions take no resource",
        ),
        Statement(
            sid="AskLogs",
            actions=["logs:DescribeLogGroups", "logs:GetLogGroupFields", "logs:StartQuery"],
            resources=[context.arn("logs", f"log-group:/{context.application}/{context.environment}/*")],
        ),
        Statement(
            sid="ReadAnswers",
            actions=["logs:GetQueryResults", "logs:StopQuery"],
            resources=["*"],
            wildcard_reason="the actions take no resource",
        ),
    ]
    if prometheus_arn is not None:
        actions = ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"]
        statements.append(Statement(sid="AskPrometheus", actions=actions, resources=[prometheus_arn]))
    return statements
