"""The queue of a worker, with one beside it for messages that always fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.sections.running.queue import QueueSettings

_NAMESPACE: Final = "AWS/SQS"
_DAY: Final = 86_400
_KEPT_DAYS: Final = 14
"""Longest time that SQS keeps a message: its age counts on in the dead-letter queue."""


@dataclass(frozen=True, kw_only=True)
class QueueArgs:
    """Whose queue it is.

    Args:
        context: names and tags.
        service: name of the worker.
        settings: times, tries and thresholds.
        key_arn: KMS key of the messages; None for SQS's own.
    """

    context: Context
    service: str
    settings: QueueSettings
    key_arn: pulumi.Input[str] | None = None


class Queue(pulumi.ComponentResource):
    """Two queues, and a parameter that tells where the first is. $0.40 per million requests, the first million free.

    Attributes:
        parameter_arn: parameter that holds the queue's address.
    """

    parameter_arn: pulumi.Output[str]

    def __init__(self, name: str, args: QueueArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Queue", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        dead = self._queue(f"{name}-dead", args, message_retention_seconds=_KEPT_DAYS * _DAY)
        work = self._queue(
            f"{name}-work",
            args,
            message_retention_seconds=settings.retention_days * _DAY,
            visibility_timeout_seconds=settings.visibility_seconds,
            # Whoever asks waits for a message instead of asking again, which is charged.
            receive_wait_time_seconds=20,
            redrive_policy=pulumi.Output.json_dumps(
                {"deadLetterTargetArn": dead.arn, "maxReceiveCount": settings.max_receives}
            ),
        )
        aws.sqs.RedriveAllowPolicy(
            f"{name}-redrive",
            queue_url=dead.url,
            redrive_allow_policy=pulumi.Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [work.arn]}
            ),
            opts=child,
        )
        parameter = aws.ssm.Parameter(
            f"{name}-address",
            name=f"/{context.application}/{context.environment}/queues/{args.service}",
            type="String",
            insecure_value=work.url,
            description=f"Where messages for {args.service} go",
            tags=context.tags(f"{name}-address"),
            opts=child,
        )
        self.parameter_arn = parameter.arn
        self._args, self._work, self._dead = args, work, dead
        self.register_outputs({"parameter_arn": self.parameter_arn})

    def _queue(self, name: str, args: QueueArgs, **settings: pulumi.Input[int] | pulumi.Input[str]) -> aws.sqs.Queue:
        child = pulumi.ResourceOptions(parent=self)
        queue = aws.sqs.Queue(
            name,
            kms_master_key_id=args.key_arn,
            sqs_managed_sse_enabled=None if args.key_arn else True,
            tags=args.context.tags(name),
            opts=child,
            **settings,  # ty: ignore[invalid-argument-type]
        )
        secure = Statement(
            sid="DenyInsecureTransport",
            effect="Deny",
            actions=["sqs:*"],
            resources=[queue.arn],
            principals={"AWS": ["*"]},
            conditions={"Bool": {"aws:SecureTransport": "false"}},
            wildcard_reason="whoever asks, and whatever for, must use TLS",
        )
        aws.sqs.QueuePolicy(f"{name}-policy", queue_url=queue.url, policy=policy_document(secure), opts=child)
        return queue

    def sending(self) -> list[Statement]:
        """What whoever has work for it may do."""
        sid = _sid(self._args.service)
        actions = ["sqs:GetQueueAttributes", "sqs:SendMessage"]
        send = Statement(sid=f"SendTo{sid}", actions=actions, resources=[self._work.arn])
        return [send, *self._encrypting(f"SendTo{sid}", "kms:Decrypt", "kms:GenerateDataKey")]

    def receiving(self) -> list[Statement]:
        """What the worker may do, beside sending."""
        sid = _sid(self._args.service)
        actions = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
        return [Statement(sid=f"WorkOn{sid}", actions=actions, resources=[self._work.arn])]

    def _encrypting(self, sid: str, *actions: str) -> list[Statement]:
        if self._args.key_arn is None:
            return []
        context = self._args.context
        through = {"StringEquals": {"kms:ViaService": f"sqs.{context.region}.{context.dns_suffix}"}}
        return [Statement(sid=f"{sid}Key", actions=actions, resources=[self._args.key_arn], conditions=through)]

    def waiting(self) -> Metric:
        """How many messages wait."""
        return self._metric(self._work, "ApproximateNumberOfMessagesVisible", "waiting")

    def _metric(self, queue: aws.sqs.Queue, metric: str, label: str) -> Metric:
        here = {"QueueName": queue.name}
        return Metric(namespace=_NAMESPACE, metric=metric, dimensions=here, statistic="Maximum", label=label)

    def alarms(self) -> list[AlarmSpec]:
        """Work that waits too long, and work that nobody can do."""
        service, limit = self._args.service, self._args.settings.alarm_seconds
        age = AlarmSpec(
            key="queue-age",
            subject=service,
            title=f"the oldest message for {service} waits for more than {limit} seconds",
            namespace=_NAMESPACE,
            metric="ApproximateAgeOfOldestMessage",
            dimensions={"QueueName": self._work.name},
            statistic="Maximum",
            threshold=limit,
            periods=3,
        )
        dead = AlarmSpec(
            key="dead-letters",
            subject=service,
            title=f"{service} could not do some of its work, which lies in the dead-letter queue",
            namespace=_NAMESPACE,
            metric="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": self._dead.name},
            statistic="Maximum",
            threshold=0,
            periods=1,
            period_seconds=300,
        )
        return [age, dead]

    def graphs(self) -> list[Graph]:
        """How much waits, and for how long."""
        service = self._args.service
        put_aside = self._metric(self._dead, "ApproximateNumberOfMessagesVisible", "put aside")
        age = self._metric(self._work, "ApproximateAgeOfOldestMessage", "oldest")
        return [
            Graph(title=f"Messages for {service}", lines=[self.waiting(), put_aside]),
            Graph(
                title=f"Oldest message for {service}, seconds",
                lines=[age],
                lines_at={"alarm": self._args.settings.alarm_seconds},
            ),
        ]


def _sid(service: str) -> str:
    return "".join(part.capitalize() for part in service.split("-"))
