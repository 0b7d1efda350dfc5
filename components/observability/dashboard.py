"""One dashboard per stack, made of the alarms' metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec

_COLUMNS: Final = 3
_WIDTH, _HEIGHT = 24 // _COLUMNS, 6


@dataclass(frozen=True, kw_only=True)
class DashboardArgs:
    """What the dashboard shows.

    Args:
        context: names.
        specs: alarms; each becomes a graph with its threshold as a line.
    """

    context: Context
    specs: Sequence[AlarmSpec]


class Dashboard(pulumi.ComponentResource):
    """A CloudWatch dashboard. An account's first three are free, then $3 a month.

    Attributes:
        url: its address in the console.
    """

    url: pulumi.Output[str]

    def __init__(self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Dashboard", name, None, opts)
        context = args.context
        widgets = [_graph(index, spec, context.region) for index, spec in enumerate(args.specs)]
        board = aws.cloudwatch.Dashboard(
            f"{name}-board",
            # Dashboards of every region share one list of names.
            dashboard_name=context.physical_name(context.region, limit=255),
            dashboard_body=pulumi.Output.json_dumps({"widgets": widgets}),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.url = pulumi.Output.concat(
            f"https://{context.region}.console.aws.amazon.com/cloudwatch/home?region={context.region}#dashboards/dashboard/",
            board.dashboard_name,
        )
        self.register_outputs({"url": self.url})


def _graph(index: int, spec: AlarmSpec, region: str) -> dict[str, Any]:
    dimensions = [part for pair in spec.dimensions.items() for part in pair]
    return {
        "type": "metric",
        "x": index % _COLUMNS * _WIDTH,
        "y": index // _COLUMNS * _HEIGHT,
        "width": _WIDTH,
        "height": _HEIGHT,
        "properties": {
            "title": spec.title,
            "region": spec.region or region,
            "view": "timeSeries",
            "stat": spec.statistic,
            "period": spec.period_seconds,
            "metrics": [[spec.namespace, spec.metric, *dimensions]],
            "annotations": {"horizontal": [{"label": "alarm", "value": spec.threshold}]},
        },
    }
