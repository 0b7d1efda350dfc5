"""Running a task and waiting for its end, against a stand-in of ECS.

Not proven: how long a task really takes, and that Lambda's id is the same when it repeats a call.
"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from functions import run_task

EVENT: dict[str, Any] = {
    "cluster": "shop-dev",
    "taskDefinition": "arn:aws:ecs:us-east-1:111111111111:task-definition/shop-dev-migrate:3",
    "container": "application",
    "subnets": ["subnet-1"],
    "securityGroup": "sg-1",
    "assignPublicIp": "DISABLED",
}
TASK = "arn:aws:ecs:us-east-1:111111111111:task/shop-dev/0a1b"


class Context:
    """Lambda's, with time for a number of looks."""

    aws_request_id = "12345678-1234-1234-1234-123456789012"

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def get_remaining_time_in_millis(self) -> int:
        self.looks -= 1
        return 60_000 if self.looks >= 0 else 10_000


@pytest.fixture
def ecs(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    client = boto3.client("ecs", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    stub = Stubber(client)
    monkeypatch.setattr(run_task.boto3, "client", lambda _: client)
    monkeypatch.setattr(run_task, "PAUSE_SECONDS", 0)
    stub.activate()
    return stub


def started(stub: Stubber, **answer: Any) -> None:  # noqa: ANN401 - any answer
    wanted = {
        "cluster": "shop-dev",
        "taskDefinition": EVENT["taskDefinition"],
        "launchType": "FARGATE",
        "clientToken": Context.aws_request_id,
        "enableECSManagedTags": True,
        "propagateTags": "TASK_DEFINITION",
        "networkConfiguration": ANY,
    }
    stub.add_response("run_task", answer or {"tasks": [{"taskArn": TASK}], "failures": []}, wanted)


def seen(stub: Stubber, status: str, code: int | None = None, reason: str = "") -> None:
    container: dict[str, Any] = {"name": "application"} | ({} if code is None else {"exitCode": code})
    agent = {"name": "cloudwatch-agent", "exitCode": 137}
    task = {"taskArn": TASK, "lastStatus": status, "stoppedReason": reason, "containers": [agent, container]}
    stub.add_response("describe_tasks", {"tasks": [task]}, {"cluster": "shop-dev", "tasks": [TASK]})


def test_it_waits_until_the_container_has_ended_well(ecs: Stubber) -> None:
    started(ecs)
    seen(ecs, "PENDING")
    seen(ecs, "RUNNING")
    seen(ecs, "STOPPED", 0)
    assert run_task.handler(EVENT, Context(9)) == {"taskArn": TASK, "exitCode": 0}
    ecs.assert_no_pending_responses()


@pytest.mark.parametrize(("code", "said"), [(1, "ended with 1"), (137, "ended with 137"), (None, "ended with None")])
def test_a_task_that_fails_is_an_error(ecs: Stubber, code: int | None, said: str) -> None:
    started(ecs)
    seen(ecs, "STOPPED", code, "CannotPullContainerError")
    with pytest.raises(RuntimeError, match=said):
        run_task.handler(EVENT, Context(9))


def test_a_task_that_ecs_refuses_is_an_error(ecs: Stubber) -> None:
    started(ecs, tasks=[], failures=[{"reason": "RESOURCE:ENI"}])
    with pytest.raises(RuntimeError, match="RESOURCE:ENI"):
        run_task.handler(EVENT, Context(9))


def test_a_task_that_takes_too_long_is_left_alone_and_said(ecs: Stubber) -> None:
    started(ecs)
    seen(ecs, "RUNNING")
    with pytest.raises(RuntimeError, match="still runs"):
        run_task.handler(EVENT, Context(1))
    ecs.assert_no_pending_responses()
