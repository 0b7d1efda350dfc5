"""The CloudWatch agent beside a container, which takes what OpenTelemetry sends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi

from components.foundation.policy_document import Statement

if TYPE_CHECKING:
    from components.compute.service_log import ServiceLog
    from components.foundation.context import Context
    from settings.sections.watch.telemetry import TracingSettings

AGENT_IMAGE: Final = "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300072.0b1766"
"""Public, for ARM and x86."""

_NAME: Final = "cloudwatch-agent"
_HOME: Final = "/opt/aws/amazon-cloudwatch-agent"
_OTLP: Final = "http://localhost:4318/v1"
"""Where the agent listens for OpenTelemetry."""
_SIGNALS: Final = "http://localhost:4316/v1"
"""Where it listens instead if it makes Application Signals of it."""

_RESERVED_MIB, _MOST_MIB = 64, 128


@dataclass(frozen=True, kw_only=True)
class Samples:
    """A workspace of Prometheus that agents write to.

    Args:
        workspace_id: its id.
        arn: its ARN.
    """

    workspace_id: pulumi.Input[str]
    arn: pulumi.Input[str]


@dataclass(frozen=True, kw_only=True)
class Agent:
    """What agents of a stack do.

    Args:
        context: names and region.
        settings: how many traces are kept.
        samples: where metrics go besides CloudWatch; None for nowhere.
    """

    context: Context
    settings: TracingSettings
    samples: Samples | None = None

    def variables(self, service: str) -> dict[str, str]:
        """What tells OpenTelemetry's SDK in the application where the agent is.

        Args:
            service: the service's name, by which its traces are found.
        """
        context = self.context
        names = f"service.name={context.application}-{service},deployment.environment.name={context.environment}"
        signals = self.settings.signals
        found = {
            "OTEL_RESOURCE_ATTRIBUTES": names,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"{_SIGNALS if signals else _OTLP}/traces",
            "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": f"{self.settings.sampled_percent / 100:g}",
            # Lines go to standard output.
            "OTEL_LOGS_EXPORTER": "none",
            "OTEL_METRICS_EXPORTER": "otlp" if self.samples else "none",
        }
        if signals:
            found["OTEL_AWS_APPLICATION_SIGNALS_ENABLED"] = "true"
            found["OTEL_AWS_APPLICATION_SIGNALS_EXPORTER_ENDPOINT"] = f"{_SIGNALS}/metrics"
        if self.samples:
            found["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = f"{_OTLP}/metrics"
        return found

    def statements(self) -> list[Statement]:
        """What the task's role may do for the agent."""
        context = self.context
        found = [
            Statement(
                sid="Trace",
                actions=[
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                    "xray:PutTelemetryRecords",
                    "xray:PutTraceSegments",
                ],
                resources=["*"],
                wildcard_reason="the actions take no resource",
            ),
        ]
        if self.settings.signals:
            found.append(
                Statement(
                    sid="Signal",
                    actions=[f"logs:{action}" for action in ("CreateLogGroup", "CreateLogStream", "PutLogEvents")],
                    resources=[context.arn("logs", "log-group:/aws/application-signals/*")],
                )
            )
        if self.samples:
            found.append(
                Statement(sid="WriteSamples", actions=["aps:RemoteWrite"], resources=[self.samples.arn]),
            )
        return found

    def definition(self, log: ServiceLog) -> dict[str, Any]:
        """The agent's container as ECS describes it; the application goes on without it.

        Args:
            log: where it writes what goes wrong.
        """
        return {
            "name": _NAME,
            "image": AGENT_IMAGE,
            "essential": False,
            "user": "1000:1000",
            "readonlyRootFilesystem": True,
            "memory": _MOST_MIB,
            "memoryReservation": _RESERVED_MIB,
            "linuxParameters": {
                "initProcessEnabled": True,
                "capabilities": {"drop": ["ALL"]},
                # It writes its configuration in another form, its state and a log before it can begin.
                "tmpfs": [{"containerPath": f"{_HOME}/{part}", "size": 4} for part in ("etc", "logs", "var")],
            },
            "environment": [{"name": "CW_CONFIG_CONTENT", "value": self._configuration()}],
            "logConfiguration": log.driver(self.context.region, "agent"),
        }

    def _configuration(self) -> pulumi.Input[str]:
        """What the agent takes and where it passes it on to."""
        taken: dict[str, Any] = {"application_signals": {}}
        content: dict[str, Any] = {"traces": {"traces_collected": {"otlp": {}}}}
        if self.settings.signals:
            content = {"traces": {"traces_collected": taken}, "logs": {"metrics_collected": taken}}
        if self.samples is None:
            return json.dumps(content)
        content["metrics"] = {
            "metrics_destinations": {"amp": {"workspace_id": self.samples.workspace_id}},
            "metrics_collected": {"otlp": {}},
        }
        return pulumi.Output.json_dumps(content)
