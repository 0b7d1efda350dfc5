"""Data, continued: MSK and SQS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_false, is_true, one_of
from ..keys import own_key
from ..levels import ALWAYS, Level, mandatory_from
from ..rule import Layer, Severity
from ..values import as_bool, at, is_set, text
from ..verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("data")

KAFKA: Final = "aws:msk/cluster:Cluster"
QUEUE: Final = "aws:sqs/queue:Queue"
REDRIVE: Final = "aws:sqs/redrivePolicy:RedrivePolicy"
REDRIVE_ALLOW: Final = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"

_IN_TRANSIT: Final = "encryptionInfo.encryptionInTransit"
_DEAD_LETTERS_OF: Final = (
    (QUEUE, "redrivePolicy"),
    (REDRIVE, "redrivePolicy"),
    ("aws:sns/topicSubscription:TopicSubscription", "redrivePolicy"),
    ("aws:lambda/function:Function", "deadLetterConfig"),
    ("aws:cloudwatch/eventTarget:EventTarget", "deadLetterConfig"),
    ("aws:scheduler/schedule:Schedule", "target"),
    ("aws:pipes/pipe:Pipe", "sourceParameters"),
)
"""What sends to a queue the messages that it could not deliver, and the property that names the queue."""


@layer.resource(
    "msk-in-transit",
    "Kafka speaks TLS only",
    on=KAFKA,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Brokers that also take plain connections get some: messages and credentials cross the network readable.",
    fix='Set encryptionInfo.encryptionInTransit with clientBroker "TLS" and inCluster true, both AWS\'s defaults.',
    anchors=(
        "FSBP MSK.1",
        "checkov CKV_AWS_81",
        "cdk-nag AwsSolutions-MSK2",
        "cdk-nag AwsSolutions-MSK3",
        "trivy AWS-0073",
    ),
    items=(18, 195),
)
def msk_in_transit(cluster: ResourceFacts) -> Outcome:
    """`clientBroker` and `inCluster`, both safe by default."""
    return worst(
        [
            one_of(cluster, f"{_IN_TRANSIT}.clientBroker", ("TLS",), default="TLS"),
            is_true(cluster, f"{_IN_TRANSIT}.inCluster", default=True),
        ]
    )


@layer.resource(
    "msk-at-rest-cmk",
    "Kafka's storage is encrypted with a key of our own",
    on=KAFKA,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away; it cannot be changed later.",
    fix="Set encryptionInfo.encryptionAtRestKmsKeyArn.",
    anchors=("checkov CKV_AWS_81", "trivy AWS-0179"),
    items=(78, 195),
)
def msk_at_rest_cmk(cluster: ResourceFacts) -> Outcome:
    """`encryptionInfo.encryptionAtRestKmsKeyArn`; AWS's default is its own key."""
    return own_key(cluster, "encryptionInfo.encryptionAtRestKmsKeyArn")


@layer.resource(
    "msk-broker-logs",
    "Kafka's brokers send their logs somewhere",
    on=KAFKA,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Brokers cannot be logged on to: without the logs a stuck partition or a refused client has no explanation.",
    fix="Set loggingInfo.brokerLogs with cloudwatchLogs, firehose or s3, enabled true.",
    anchors=("checkov CKV_AWS_80", "cdk-nag AwsSolutions-MSK6", "trivy AWS-0074"),
    items=(129, 195),
)
def msk_broker_logs(cluster: ResourceFacts) -> Outcome:
    """At least one enabled destination in `loggingInfo.brokerLogs`."""
    for kind in ("cloudwatchLogs", "firehose", "s3"):
        if as_bool(at(cluster, f"loggingInfo.brokerLogs.{kind}.enabled")) is True:
            return passed(f"broker logs go to {kind}")
    return failed("loggingInfo.brokerLogs enables no destination", "cloudwatchLogs, firehose or s3")


@layer.resource(
    "msk-private-authenticated",
    "Kafka is private and asks who connects",
    on=KAFKA,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Without authentication whatever reaches a broker reads, forges and deletes everything in it.",
    fix="Set clientAuthentication with sasl.iam true, remove unauthenticated, and leave "
    "brokerNodeGroupInfo.connectivityInfo.publicAccess at DISABLED.",
    anchors=("checkov CKV_AWS_291",),
    items=(1, 8, 195),
)
def msk_private_authenticated(cluster: ResourceFacts) -> Outcome:
    """No public access; a way to authenticate, and no other way in. Unset, AWS takes unauthenticated clients."""
    public = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type"
    return worst(
        [
            one_of(cluster, public, ("DISABLED",), default="DISABLED"),
            is_false(cluster, "clientAuthentication.unauthenticated"),
            _authenticates(cluster),
        ]
    )


def _authenticates(cluster: ResourceFacts) -> Outcome:
    for key in ("sasl.iam", "sasl.scram"):
        if as_bool(at(cluster, f"clientAuthentication.{key}")) is True:
            return passed(f"clientAuthentication.{key} is true")
    if is_set(at(cluster, "clientAuthentication.tls.certificateAuthorityArns")):
        return passed("clients authenticate by certificate")
    return failed("clientAuthentication names no way to authenticate", "IAM, SCRAM or certificates")


@layer.joined(
    "sqs-encrypted-dlq",
    "Queues are encrypted and put aside what cannot be processed",
    on=QUEUE,
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
    items=(78, 88, 210),
)
def sqs_encrypted_dlq(queue: ResourceFacts, stack: StackFacts) -> Outcome:
    """Encryption, which is on by default, and a dead-letter queue unless it is one."""
    return worst([_encrypted(queue), _redriven(queue, stack)])


def _encrypted(queue: ResourceFacts) -> Outcome:
    if is_set(at(queue, "kmsMasterKeyId")):
        return passed("kmsMasterKeyId is set")
    return is_true(queue, "sqsManagedSseEnabled", default=True)


def _redriven(queue: ResourceFacts, stack: StackFacts) -> Outcome:
    if is_set(at(queue, "redrivePolicy")) or stack.referring(queue, REDRIVE, "queueUrl"):
        return passed("what fails goes to a dead-letter queue")
    if _takes_dead_letters(queue, stack):
        return passed("it is a dead-letter queue")
    return failed("redrivePolicy is not set", "a dead-letter queue")


def _takes_dead_letters(queue: ResourceFacts, stack: StackFacts) -> bool:
    """Whether something's failures go here: by reference, by permission, or by name where that stands elsewhere."""
    if is_set(at(queue, "redriveAllowPolicy")) or stack.referring(queue, REDRIVE_ALLOW, "queueUrl"):
        return True
    if any(stack.referring(queue, token, key) for token, key in _DEAD_LETTERS_OF):
        return True
    names = f"{queue.name} {text(queue, 'name')}".lower()
    return any(word in names for word in ("dlq", "dead-letter", "deadletter", "dead_letter"))
