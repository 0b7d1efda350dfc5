"""Dashboards: a page of graphs for each audience.

Not proven: how it looks; CloudWatch checks the body only when it takes it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws
import pytest

from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from components.observability.dashboard import Dashboard, DashboardArgs
from settings.enums import Audience
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

BOARD = "shop-dashboard-board"


def graph(number: int, dimension: pulumi.Input[str] = "app/lb/1") -> Graph:
    lines = [
        Metric(
            namespace="AWS/ApplicationELB",
            metric="RequestCount",
            dimensions={"LoadBalancer": dimension},
            statistic=statistic,
            label=statistic,
        )
        for statistic in ("Sum", "p95")
    ]
    return Graph(title=f"Graph {number}", lines=lines, lines_at={"alarm": number})


def dashboard(*graphs: Graph, audience: Audience = Audience.SERVICE) -> Dashboard:
    return Dashboard("shop-dashboard", DashboardArgs(context=CONTEXT, audience=audience, graphs=graphs))


def test_one_board(build: Build) -> None:
    made = build(lambda: dashboard(graph(1)))
    assert made.children == {BOARD: "aws:cloudwatch/dashboard:Dashboard"}
    assert made.inputs(BOARD)["dashboardName"] == "shop-dev-us-east-1"
    (widget,) = json.loads(made.inputs(BOARD)["dashboardBody"])["widgets"]
    here = ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/lb/1"]
    assert widget["properties"] == {
        "title": "Graph 1",
        "region": "us-east-1",
        "view": "timeSeries",
        "period": 60,
        "metrics": [[*here, {"stat": "Sum", "label": "Sum"}], [*here, {"stat": "p95", "label": "p95"}]],
        "annotations": {"horizontal": [{"label": "alarm", "value": 1}]},
    }
    where = "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/shop-dev-us-east-1"
    assert made.attributes == made.outputs == {"url": where} == made.preview.attributes


@pytest.mark.parametrize("audience", list(Audience))
def test_each_audience_has_a_name_of_its_own(build: Build, audience: Audience) -> None:
    made = build(lambda: dashboard(graph(1), audience=audience))
    suffix = "" if audience is Audience.SERVICE else f"-{audience}"
    assert made.inputs(BOARD)["dashboardName"] == f"shop-dev-us-east-1{suffix}"


def test_a_graph_abroad_asks_there(build: Build) -> None:
    made = build(lambda: dashboard(replace(graph(1), region="eu-west-1", lines_at={})))
    (widget,) = json.loads(made.inputs(BOARD)["dashboardBody"])["widgets"]
    assert widget["properties"]["region"] == "eu-west-1"
    assert "annotations" not in widget["properties"]


def test_three_graphs_a_row_none_over_another(build: Build) -> None:
    made = build(lambda: dashboard(*(graph(number) for number in range(7))))
    widgets = json.loads(made.inputs(BOARD)["dashboardBody"])["widgets"]
    assert [(one["x"], one["y"]) for one in widgets] == [(0, 0), (8, 0), (16, 0), (0, 6), (8, 6), (16, 6), (0, 12)]
    assert {(one["width"], one["height"]) for one in widgets} == {(8, 6)}


def test_the_body_is_unknown_while_one_dimension_is(build: Build) -> None:
    def unknown() -> Dashboard:
        return dashboard(graph(1, aws.lb.LoadBalancer("other-lb").arn_suffix))

    made = build(unknown)
    assert made["other-lb"].outputs["arnSuffix"] in made.inputs(BOARD)["dashboardBody"]
    assert made.preview.inputs(BOARD)["dashboardBody"] is UNKNOWN
