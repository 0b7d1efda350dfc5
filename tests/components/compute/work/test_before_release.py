"""Tasks that a release waits for.

Not proven: that the provider waits a quarter of an hour for the function's answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.task import Task, TaskArgs
from components.compute.work.before_release import BeforeRelease, BeforeReleaseArgs
from settings.enums import ContainerInsights, Placement
from tests.components.compute.services import logged_container
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

FIRST, SECOND = "shop-before-migrate", "shop-before-warm"


def before() -> BeforeRelease:
    insights = ContainerInsights.DISABLED
    container = logged_container(serves=False)
    tasks = {
        name: Task(f"shop-{name}", TaskArgs(context=CONTEXT, service=name, container=container))
        for name in ("migrate", "warm")
    }
    args = BeforeReleaseArgs(
        context=CONTEXT,
        tasks=tasks,
        groups={"migrate": "sg-1", "warm": "sg-2"},
        cluster=Cluster("shop-cluster", ClusterArgs(context=CONTEXT, container_insights=insights, logs=LOGS)),
        subnet_ids=["subnet-1"],
        placement=Placement.PRIVATE,
        logs=LOGS,
    )
    return BeforeRelease("shop-before", args)


def test_children(build: Build) -> None:
    assert build(before).children == {
        "shop-before-run": "ascent:foundation:Function",
        FIRST: "aws:lambda/invocation:Invocation",
        SECOND: "aws:lambda/invocation:Invocation",
    }


def test_a_new_version_is_a_new_call_and_they_come_one_after_the_other(build: Build) -> None:
    made = build(before)
    definition = made["shop-migrate-task-definition"].outputs["arn"]
    call = made.inputs(FIRST)
    assert call["triggers"] == {"version": definition}
    assert call["lifecycleScope"] == "CREATE_ONLY"
    assert json.loads(call["input"]) == {
        "cluster": "shop-dev",
        "taskDefinition": definition,
        "container": "application",
        "subnets": ["subnet-1"],
        "securityGroup": "sg-1",
        "assignPublicIp": "DISABLED",
    }
    assert FIRST in made[SECOND].options.depends_on


def test_the_function_may_start_these_tasks_and_look_at_them(build: Build) -> None:
    found = statements(build(before).inputs("shop-before-run-role-policy")["policy"])
    assert [sid for sid in found if sid.startswith(("Start", "Watch"))] == ["Start1", "Start2", "Watch"]
    assert found["Start2"]["Resource"] == ["arn:aws:ecs:us-east-1:111111111111:task-definition/shop-dev-warm:*"]


def test_who_hears(build: Build) -> None:
    made = build(before, lambda one: ([a.name for a in one.alarms()], [e.name for e in one.events()]))
    assert made.answer == [["before-release-function-errors"], ["migrate-task-failed", "warm-task-failed"]]
