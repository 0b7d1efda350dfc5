"""Dashboards, one for each audience, made of what components want to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.telemetry.graph import Graph

_COLUMNS: Final = 3
_WIDTH, _HEIGHT = 24 // _COLUMNS, 6


@dataclass(frozen=True, kw_only=True)
class DashboardArgs:
    """What a dashboard shows.

    Args:
        context: names.
        audience: whom it is for.
        graphs: what it shows, from the top left on.
    """

    context: Context
    audience: Audience
    graphs: Sequence[Graph]


class Dashboard(pulumi.ComponentResource):
    """A CloudWatch dashboard. An account's first three are free, then $3 a month.

    Attributes:
        url: its address in the console.
    """

    url: pulumi.Output[str]

    def __init__(self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Dashboard", name, None, opts)
        context = args.context
        widgets = [_widget(index, graph, context.region) for index, graph in enumerate(args.graphs)]
        # The service's is the stack's own: whoever opens one first opens this.
        more = () if args.audience is Audience.SERVICE else (args.audience.value,)
        board = aws.cloudwatch.Dashboard(
            f"{name}-board",
            # Dashboards of every region share one list of names.
            dashboard_name=context.physical_name(context.region, *more, limit=255),
            dashboard_body=pulumi.Output.json_dumps({"widgets": widgets}),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.url = pulumi.Output.concat(
            f"https://{context.region}.console.aws.amazon.com/cloudwatch/home?region={context.region}#dashboards/dashboard/",
            board.dashboard_name,
        )
        self.register_outputs({"url": self.url})


def _widget(index: int, graph: Graph, region: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "title": graph.title,
        "region": graph.region or region,
        "view": "timeSeries",
        "period": graph.period_seconds,
        "metrics": [
            [
                line.namespace,
                line.metric,
                *(part for pair in line.dimensions.items() for part in pair),
                {"stat": line.statistic, **({"label": line.label} if line.label else {})},
            ]
            for line in graph.lines
        ],
    }
    if graph.lines_at:
        lines = [{"label": label, "value": value} for label, value in graph.lines_at.items()]
        properties["annotations"] = {"horizontal": lines}
    return {
        "type": "metric",
        "x": index % _COLUMNS * _WIDTH,
        "y": index // _COLUMNS * _HEIGHT,
        "width": _WIDTH,
        "height": _HEIGHT,
        "properties": properties,
    }
