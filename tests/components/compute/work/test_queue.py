"""A worker's queue with its dead-letter queue, its parameter and its alarms.

Not proven: that SQS puts aside what fails, and that scaling follows what waits.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.compute.work.queue import Queue, QueueArgs
from settings.sections.running.queue import QueueSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

WORK, DEAD = "shop-mailer-queue-work", "shop-mailer-queue-dead"


def queue(key: str | None = None, **settings: Any) -> Queue:  # noqa: ANN401 - any setting
    given = QueueSettings(enabled=True, **settings)
    return Queue("shop-mailer-queue", QueueArgs(context=CONTEXT, service="mailer", settings=given, key_arn=key))


def test_children(build: Build) -> None:
    made = build(queue)
    assert made.children == {
        DEAD: "aws:sqs/queue:Queue",
        f"{DEAD}-policy": "aws:sqs/queuePolicy:QueuePolicy",
        WORK: "aws:sqs/queue:Queue",
        f"{WORK}-policy": "aws:sqs/queuePolicy:QueuePolicy",
        "shop-mailer-queue-redrive": "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        "shop-mailer-queue-address": "aws:ssm/parameter:Parameter",
    }
    assert made.attributes == made.outputs == {"parameter_arn": made["shop-mailer-queue-address"].outputs["arn"]}
    assert made.preview.attributes == {"parameter_arn": UNKNOWN}


def test_what_always_fails_is_put_aside_and_kept_longer(build: Build) -> None:
    made = build(lambda: queue(max_receives=3, retention_days=4, visibility_seconds=120))
    assert made.inputs(WORK) == {
        "messageRetentionSeconds": 345_600,
        "visibilityTimeoutSeconds": 120,
        "receiveWaitTimeSeconds": 20,
        "redrivePolicy": json.dumps({"deadLetterTargetArn": made[DEAD].outputs["arn"], "maxReceiveCount": 3}),
        "sqsManagedSseEnabled": True,
        "tags": CONTEXT.tags(WORK),
    }
    assert made.inputs(DEAD)["messageRetentionSeconds"] == 1_209_600
    allowed = json.loads(made.inputs("shop-mailer-queue-redrive")["redriveAllowPolicy"])
    assert allowed == {"redrivePermission": "byQueue", "sourceQueueArns": [made[WORK].outputs["arn"]]}


def test_a_key_of_the_stack_encrypts_both(build: Build) -> None:
    made = build(lambda: queue(KEY), lambda one: [statement.document() for statement in one.sending()])
    for name in (WORK, DEAD):
        assert made.inputs(name)["kmsMasterKeyId"] == KEY
        assert "sqsManagedSseEnabled" not in made.inputs(name)
    send, key = made.answer
    assert send["Resource"] == [made[WORK].outputs["arn"]]
    assert key["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert key["Condition"] == {"StringEquals": {"kms:ViaService": "sqs.us-east-1.amazonaws.com"}}


def test_the_parameter_holds_the_address(build: Build) -> None:
    made = build(queue)
    parameter = made.inputs("shop-mailer-queue-address")
    assert (parameter["name"], parameter["insecureValue"]) == ("/shop/dev/queues/mailer", made[WORK].outputs["url"])


def test_only_the_worker_may_fetch(build: Build) -> None:
    made = build(queue, lambda one: ([s.actions for s in one.sending()], [s.actions for s in one.receiving()]))
    sending, receiving = made.answer
    assert sending == [["sqs:GetQueueAttributes", "sqs:SendMessage"]]
    assert receiving == [["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]]


def test_alarms(build: Build) -> None:
    made = build(lambda: queue(alarm_seconds=600), lambda one: one.alarms())
    assert [(a.name, a.metric, a.threshold) for a in made.answer] == [
        ("mailer-queue-age", "ApproximateAgeOfOldestMessage", 600),
        ("mailer-dead-letters", "ApproximateNumberOfMessagesVisible", 0),
    ]
    assert made.answer[1].dimensions == {"QueueName": made[DEAD].outputs["name"]}


def test_how_much_may_wait_for_each_task() -> None:
    assert QueueSettings(wait_seconds=60, seconds_per_message=0.5).backlog_per_task == 120
    assert QueueSettings(wait_seconds=10, seconds_per_message=60).backlog_per_task == 1
