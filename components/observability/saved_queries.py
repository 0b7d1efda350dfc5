"""Questions to the logs that somebody in a hurry need not write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.sections.watch.logs import LogMetricSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class SavedQueriesArgs:
    """Whose logs are asked.

    Args:
        context: names.
        fields: what the application calls its fields.
        applications: names of the services' log groups.
    """

    context: Context
    fields: LogMetricSettings
    applications: Sequence[pulumi.Input[str]]


class SavedQueries(pulumi.ComponentResource):
    """Queries of Logs Insights, in a folder of the stack. Free; asking them costs $0.005 per GB read."""

    def __init__(self, name: str, args: SavedQueriesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:SavedQueries", name, None, opts)
        context = args.context
        for key, query in queries(args.fields).items():
            aws.cloudwatch.QueryDefinition(
                f"{name}-{key}",
                # A slash makes a folder.
                name=f"{context.application}/{context.environment}/{key}",
                query_string=query,
                log_group_names=list(args.applications),
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})


def queries(fields: LogMetricSettings) -> Mapping[str, str]:
    """Name → query over the applications' logs.

    Args:
        fields: what the application calls its fields.
    """
    level, took, done = fields.level_field, fields.latency_field, fields.transaction_field
    bad = f'{level} in ["ERROR", "CRITICAL"]'
    return {
        "newest-errors": f"fields @timestamp, @message, @log\n| filter {bad}\n| sort @timestamp desc\n| limit 100",
        "errors-by-minute": f"filter {bad}\n| stats count(*) as errors by bin(1m), @log",
        "errors-by-kind": f"filter {bad}\n| stats count(*) as times by message\n| sort times desc\n| limit 20",
        "slowest": f"fields @timestamp, @message\n| filter ispresent({took})\n| sort {took} desc\n| limit 50",
        "percentiles": (
            f"filter ispresent({took})\n"
            f"| stats pct({took}, 50) as p50, pct({took}, 95) as p95, pct({took}, 99) as p99 by bin(5m)"
        ),
        "one-request": (
            "fields @timestamp, @log, @message\n"
            '| filter request_id = "PASTE-THE-ID"\n| sort @timestamp asc\n| limit 1000'
        ),
        "transactions": f"filter ispresent({done})\n| stats count(*) as transactions by bin(5m)",
    }
