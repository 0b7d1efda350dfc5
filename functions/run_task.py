"""Runs one task of ECS and waits for its end: the answer is its exit status, and anything but 0 is an error."""

from __future__ import annotations

import json
import time
from typing import Any

import boto3

PAUSE_SECONDS = 5
RESERVE_MILLISECONDS = 30_000
"""Time that is left to say that a task still runs."""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Run the task that the event describes, once, however often Lambda is called for it.

    Args:
        event: `cluster`, `taskDefinition`, `container`, `subnets`, `securityGroup`, `assignPublicIp`.
        context: Lambda's; its id makes a repeated call start nothing twice.

    Raises:
        RuntimeError: ECS refused the task, it failed, or it still ran when the function's time was up.
    """
    ecs = boto3.client("ecs")
    network = {
        "subnets": event["subnets"],
        "securityGroups": [event["securityGroup"]],
        "assignPublicIp": event["assignPublicIp"],
    }
    answer = ecs.run_task(
        cluster=event["cluster"],
        taskDefinition=event["taskDefinition"],
        launchType="FARGATE",
        clientToken=context.aws_request_id,
        enableECSManagedTags=True,
        propagateTags="TASK_DEFINITION",
        networkConfiguration={"awsvpcConfiguration": network},
    )
    if answer.get("failures") or not answer.get("tasks"):
        raise RuntimeError(f"ECS did not start {event['taskDefinition']}: {json.dumps(answer.get('failures'))}")
    arn = answer["tasks"][0]["taskArn"]
    while context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS:
        (task,) = ecs.describe_tasks(cluster=event["cluster"], tasks=[arn])["tasks"]
        if task["lastStatus"] == "STOPPED":
            return _ended(task, event["container"])
        time.sleep(PAUSE_SECONDS)
    # It is left alone: a migration that is cut off in its middle is worse than one that takes long.
    raise RuntimeError(f"{arn} still runs; wait for its end, then deploy again")


def _ended(task: dict[str, Any], container: str) -> dict[str, Any]:
    codes = [one.get("exitCode") for one in task.get("containers", []) if one["name"] == container]
    if codes != [0]:
        why = task.get("stoppedReason", "")
        raise RuntimeError(f"{task['taskArn']} ended with {codes[0] if codes else 'no status'}: {why}")
    return {"taskArn": task["taskArn"], "exitCode": 0}
