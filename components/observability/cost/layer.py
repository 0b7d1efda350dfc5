"""What watches the bill besides the budget, composed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.observability.cost.advisors import CostAdvisors, CostAdvisorsArgs
from components.observability.cost.anomalies import ANOMALY_PUBLISHER, CostAnomalies, CostAnomaliesArgs
from components.observability.cost.reports import CostReports, CostReportsArgs
from settings.enums import Mode, Presence
from settings.sections.cost import CostSettings

if TYPE_CHECKING:
    from components.foundation.alarm import AlarmSpec


@dataclass(frozen=True, kw_only=True)
class CostArgs:
    """What watches the bill, and who hears of it.

    Args:
        context: names and tags.
        settings: the cost section.
        logs: retention and key of the reports' logs.
        topic_arn: SNS topic that hears of it.
        topic_key_arn: KMS key of the topic; None for an unencrypted one.
    """

    context: Context
    settings: CostSettings
    logs: LogPolicy
    topic_arn: pulumi.Input[str]
    topic_key_arn: pulumi.Input[str] | None = None


def cost_publishers(settings: CostSettings) -> list[str]:
    """AWS services that publish to the alarm topic for what the settings ask for.

    Args:
        settings: the cost section.
    """
    return [ANOMALY_PUBLISHER] if settings.anomalies.mode is not Mode.OFF else []


def cost(name: str, args: CostArgs, opts: pulumi.ResourceOptions) -> list[AlarmSpec]:
    """Make what the settings ask for.

    Args:
        name: start of the components' names.
        args: what there is.
        opts: options that make them children of the platform.

    Returns:
        The alarms of what was made.
    """
    settings = args.settings
    if settings.anomalies.mode is not Mode.OFF:
        found = CostAnomaliesArgs(context=args.context, settings=settings.anomalies, topic_arn=args.topic_arn)
        CostAnomalies(f"{name}-cost-anomalies", found, opts=opts)
    advisors = (
        settings.compute_optimizer,
        settings.optimization_hub,
        settings.storage_lens,
        settings.allocation_tags,
    )
    if Presence.CREATE in advisors:
        advised = CostAdvisorsArgs(context=args.context, settings=settings)
        CostAdvisors(f"{name}-cost-advisors", advised, opts=opts)
    if not (settings.idle_report.enabled or settings.monthly_report):
        return []
    reports = CostReportsArgs(
        context=args.context,
        settings=settings,
        logs=args.logs,
        topic_arn=args.topic_arn,
        topic_key_arn=args.topic_key_arn,
    )
    return CostReports(f"{name}-reports", reports, opts=opts).alarms()
