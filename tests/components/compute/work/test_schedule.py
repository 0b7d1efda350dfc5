"""What starts a task by the clock.

Not proven: that Scheduler starts it, and that EventBridge matches one container's name and status together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.task import Task, TaskArgs
from components.compute.work.schedule import Schedule, ScheduleArgs
from settings.enums import ContainerInsights, Placement
from settings.sections.running.schedule import ScheduleSettings
from tests.components.compute.services import logged_container
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

START = "shop-report-cron-start"


def schedule(placement: Placement = Placement.PRIVATE, **settings: Any) -> Schedule:  # noqa: ANN401 - any setting
    given = {"expression": "cron(30 2 * * ? *)", **settings}
    insights = ContainerInsights.DISABLED
    args = ScheduleArgs(
        context=CONTEXT,
        service="report",
        settings=ScheduleSettings(**given),
        task=Task("shop-report", TaskArgs(context=CONTEXT, service="report", container=logged_container(serves=False))),
        cluster=Cluster("shop-cluster", ClusterArgs(context=CONTEXT, container_insights=insights, logs=LOGS)),
        subnet_ids=["subnet-1"],
        security_group_id="sg-1",
        placement=placement,
    )
    return Schedule("shop-report-cron", args)


def test_children(build: Build) -> None:
    made = build(schedule)
    assert made.children == {
        "shop-report-cron-group": "aws:scheduler/scheduleGroup:ScheduleGroup",
        "shop-report-cron-role": "ascent:foundation:ServiceRole",
        START: "aws:scheduler/schedule:Schedule",
    }


@pytest.mark.parametrize("placement", list(Placement))
def test_it_starts_one_task_and_tries_for_an_hour(build: Build, placement: Placement) -> None:
    made = build(lambda: schedule(placement, timezone="Europe/Berlin", retries=2))
    inputs = made.inputs(START)
    assert inputs["scheduleExpression"] == "cron(30 2 * * ? *)"
    assert inputs["scheduleExpressionTimezone"] == "Europe/Berlin"
    assert inputs["flexibleTimeWindow"] == {"mode": "OFF"}
    assert inputs["target"]["retryPolicy"] == {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600}
    started = inputs["target"]["ecsParameters"]
    assert started["taskDefinitionArn"] == made["shop-report-task-definition"].outputs["arn"]
    assert started["networkConfiguration"] == {
        "subnets": ["subnet-1"],
        "securityGroups": ["sg-1"],
        "assignPublicIp": placement is Placement.PUBLIC,
    }


def test_its_role_starts_this_task_alone(build: Build) -> None:
    made = build(schedule)
    found = statements(made.inputs("shop-report-cron-role-policy")["policy"])
    assert found["Start"]["Resource"] == ["arn:aws:ecs:us-east-1:111111111111:task-definition/shop-dev-report:*"]
    assert found["Start"]["Condition"] == {"ArnEquals": {"ecs:cluster": made["shop-cluster-ecs"].outputs["arn"]}}
    assert found["GiveItItsRoles"]["Resource"] == [
        made[f"shop-report-{kind}-role"].outputs["arn"] for kind in ("execution", "task")
    ]


def test_alarms(build: Build) -> None:
    made = build(schedule, lambda one: one.alarms())
    assert [a.name for a in made.answer] == ["report-schedule-failed"]
    made = build(lambda: schedule(silent_hours=25), lambda one: one.alarms())
    silent = made.answer[1]
    assert (silent.name, silent.periods, silent.period_seconds, silent.missing_is_bad) == (
        "report-schedule-silent",
        25,
        3600,
        True,
    )


def test_a_run_that_fails_is_heard_of(build: Build) -> None:
    made = build(schedule, lambda one: [spec.pattern["detail"] for spec in one.events()])
    (detail,) = made.answer
    assert detail["group"] == ["family:shop-dev-report"]
    assert detail["$or"] == [
        {"stopCode": ["TaskFailedToStart"]},
        {"containers": {"name": ["application"], "exitCode": [{"anything-but": [0]}]}},
    ]
