"""Topics of SNS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import present
from policies.pack.facts import UNKNOWN
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import at
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_ALARMS: Final = (types.CLOUDWATCH_METRIC_ALARM, types.CLOUDWATCH_COMPOSITE_ALARM)

_READERS: Final = (
    (types.SNS_TOPIC_SUBSCRIPTION, "topic"),
    (types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, "snsTopicArns"),
    (types.CHATBOT_TEAMS_CHANNEL_CONFIGURATION, "snsTopicArns"),
)
"""What makes somebody read a topic, and the property that names it."""


@OBSERVABILITY.joined(
    "alarm-topic-subscribed",
    "Somebody reads what alarms say",
    on=types.SNS_TOPIC,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A topic without subscribers drops every message.",
    fix="Add an aws.sns.TopicSubscription with the topic's ARN, e.g. for an e-mail address or an incident tool.",
)
def alarm_topic_subscribed(topic: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A subscription to each topic that alarms send to; a chat channel subscribes by itself."""
    if not any(stack.referring(topic, token, "alarmActions") for token in _ALARMS):
        return None
    readers = [reader for token, key in _READERS for reader in stack.referring(topic, token, key)]
    if readers:
        return passed(f"{len(readers)} subscription(s)")
    return failed("nobody subscribes to the alarms' topic", "a subscription")


@OBSERVABILITY.resource(
    "sns-subscription-tls",
    "Messages leave AWS over TLS only",
    on=types.SNS_TOPIC_SUBSCRIPTION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Over plain HTTP everybody on the way reads what is wrong with the system, and the key in the address.",
    fix='Set protocol to "https", with an endpoint that begins with https://.',
)
def sns_subscription_tls(subscription: ResourceFacts) -> Outcome | None:
    """`protocol`, where it is one of HTTP."""
    protocol = at(subscription, "protocol")
    if protocol is UNKNOWN:
        return unverified("protocol is known only after deployment", "https")
    if protocol not in ("http", "https"):
        return None
    return passed("protocol is https") if protocol == "https" else failed("protocol is http", "https")


@OBSERVABILITY.resource(
    "sns-encrypted",
    "Topics are encrypted with KMS",
    on=types.SNS_TOPIC,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Messages wait on disk until they are delivered, unencrypted unless a key is named.",
    fix="Set kmsMasterKeyId to a key that cloudwatch.amazonaws.com may use; alias/aws/sns does not admit alarms.",
    anchors=("FSBP SNS.1", "checkov CKV_AWS_26", "trivy AWS-0095"),
)
def sns_encrypted(topic: ResourceFacts) -> Outcome:
    """`kmsMasterKeyId`."""
    return present(topic, "kmsMasterKeyId", "a KMS key")
