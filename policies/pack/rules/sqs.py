"""Queues of SQS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true
from policies.pack.facts import UNKNOWN
from policies.pack.facts.documents import open_text, record
from policies.pack.layers import DATA
from policies.pack.levels import mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import as_number, at, is_set, known, text
from policies.pack.verdict import Outcome, Status, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_WANTED: Final = "a dead-letter queue, and the number of tries before"

_DEAD_LETTERS_OF: Final = (
    (types.SQS_QUEUE, "redrivePolicy"),
    (types.SQS_REDRIVE_POLICY, "redrivePolicy"),
    (types.SNS_TOPIC_SUBSCRIPTION, "redrivePolicy"),
    (types.LAMBDA_FUNCTION, "deadLetterConfig"),
    (types.CLOUDWATCH_EVENT_TARGET, "deadLetterConfig"),
    (types.SCHEDULER_SCHEDULE, "target"),
    (types.PIPES_PIPE, "sourceParameters"),
)
"""What sends to a queue the messages that it could not deliver, and the property that names the queue."""


@DATA.joined(
    "sqs-encrypted-dlq",
    "Queues are encrypted and put aside what cannot be processed",
    on=types.SQS_QUEUE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="One message that always fails is tried until it expires, holds up the others, and then is lost.",
    fix="Remove sqsManagedSseEnabled false (or set kmsMasterKeyId), and set redrivePolicy with deadLetterTargetArn and "
    "maxReceiveCount.",
    anchors=(
        "FSBP SQS.1",
        "checkov CKV_AWS_27",
        "cdk-nag AwsSolutions-SQS2",
        "cdk-nag AwsSolutions-SQS3",
        "trivy AWS-0096",
    ),
)
def sqs_encrypted_dlq(queue: ResourceFacts, stack: StackFacts) -> Outcome:
    """Encryption, which is on by default, and a dead-letter queue unless it is one."""
    return worst([_encrypted(queue), _redriven(queue, stack)])


def _encrypted(queue: ResourceFacts) -> Outcome:
    if is_set(at(queue, "kmsMasterKeyId")):
        return passed("kmsMasterKeyId is set")
    return is_true(queue, "sqsManagedSseEnabled", default=True)


def _redriven(queue: ResourceFacts, stack: StackFacts) -> Outcome:
    policies = [queue] if is_set(at(queue, "redrivePolicy")) else []
    policies += stack.referring(queue, types.SQS_REDRIVE_POLICY, "queueUrl")
    judged = [_redrives(policy, queue, stack) for policy in policies]
    if any(outcome.status is Status.PASS for outcome in judged):
        return passed("what fails goes to a dead-letter queue")
    if _takes_dead_letters(queue, stack):
        return passed("it is a dead-letter queue")
    return judged[0] if judged else failed("redrivePolicy is not set", _WANTED)


def _redrives(source: ResourceFacts, queue: ResourceFacts, stack: StackFacts) -> Outcome:
    """Whether a redrive policy sends what fails to another queue, after a number of tries."""
    policy = record(source, "redrivePolicy")
    targets = stack.referred(source, "redrivePolicy", types.SQS_QUEUE)
    target, own = at(policy, "deadLetterTargetArn"), known(queue, "arn")
    if [t.urn for t in targets] == [queue.urn] or (isinstance(own, str) and own == target):
        return failed("redrivePolicy sends what fails to the queue itself", _WANTED)
    if policy is UNKNOWN:
        if targets or at(source, "redrivePolicy") is UNKNOWN:
            return passed("redrivePolicy is set")
        return unverified(open_text(source, "redrivePolicy"), _WANTED)
    tries = as_number(at(policy, "maxReceiveCount"))
    if is_set(target) and (tries is UNKNOWN or (isinstance(tries, float) and tries >= 1)):
        return passed("redrivePolicy is set")
    return failed("redrivePolicy lacks deadLetterTargetArn or maxReceiveCount", _WANTED)


def _takes_dead_letters(queue: ResourceFacts, stack: StackFacts) -> bool:
    """Whether something's failures go here: by reference, by permission, or by name where that stands elsewhere."""
    allowing = [queue] if is_set(at(queue, "redriveAllowPolicy")) else []
    allowing += stack.referring(queue, types.SQS_REDRIVE_ALLOW_POLICY, "queueUrl")
    if any(at(record(source, "redriveAllowPolicy"), "redrivePermission") != "denyAll" for source in allowing):
        return True
    senders = (s for token, key in _DEAD_LETTERS_OF for s in stack.referring(queue, token, key))
    if any(
        sender.urn != queue.urn and queue not in stack.referred(sender, "queueUrl", queue.type) for sender in senders
    ):
        return True
    names = f"{queue.name} {text(queue, 'name')}".lower()
    return any(word in names for word in ("dlq", "dead-letter", "deadletter", "dead_letter"))
