"""The dashboard: a graph for each alarm.

Not proven: how it looks; CloudWatch checks the body only when it takes it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.observability.dashboard import Dashboard, DashboardArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

BOARD = "shop-dashboard-board"


def spec(number: int, dimension: pulumi.Input[str] = "app/lb/1") -> AlarmSpec:
    return AlarmSpec(
        key=f"alarm-{number}",
        title=f"Alarm {number}",
        namespace="AWS/ApplicationELB",
        metric="RequestCount",
        dimensions={"LoadBalancer": dimension},
        statistic="Sum",
        threshold=number,
        periods=1,
    )


def test_one_board(build: Build) -> None:
    made = build(lambda: Dashboard("shop-dashboard", DashboardArgs(context=CONTEXT, specs=[spec(1)])))
    assert made.children == {BOARD: "aws:cloudwatch/dashboard:Dashboard"}
    assert made.inputs(BOARD)["dashboardName"] == "shop-dev-us-east-1"
    (widget,) = json.loads(made.inputs(BOARD)["dashboardBody"])["widgets"]
    assert widget["properties"] == {
        "title": "Alarm 1",
        "region": "us-east-1",
        "view": "timeSeries",
        "stat": "Sum",
        "period": 60,
        "metrics": [["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/lb/1"]],
        "annotations": {"horizontal": [{"label": "alarm", "value": 1}]},
    }
    where = "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/shop-dev-us-east-1"
    assert made.attributes == made.outputs == {"url": where} == made.preview.attributes


def test_three_graphs_a_row_none_over_another(build: Build) -> None:
    specs = [spec(number) for number in range(7)]
    made = build(lambda: Dashboard("shop-dashboard", DashboardArgs(context=CONTEXT, specs=specs)))
    widgets = json.loads(made.inputs(BOARD)["dashboardBody"])["widgets"]
    assert [(one["x"], one["y"]) for one in widgets] == [(0, 0), (8, 0), (16, 0), (0, 6), (8, 6), (16, 6), (0, 12)]
    assert {(one["width"], one["height"]) for one in widgets} == {(8, 6)}


def test_the_body_is_unknown_while_one_dimension_is(build: Build) -> None:
    def dashboard() -> Dashboard:
        balancer = aws.lb.LoadBalancer("other-lb")
        return Dashboard("shop-dashboard", DashboardArgs(context=CONTEXT, specs=[spec(1, balancer.arn_suffix)]))

    made = build(dashboard)
    assert made["other-lb"].outputs["arnSuffix"] in made.inputs(BOARD)["dashboardBody"]
    assert made.preview.inputs(BOARD)["dashboardBody"] is UNKNOWN
