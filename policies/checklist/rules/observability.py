"""Observability: logs, alarms, tags and budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import at_least, is_true, present
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, mandatory_from
from ..rule import Layer, Severity
from ..tags import TAGGABLE, tags_of
from ..values import items, known_items, show
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("observability")

LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC: Final = "aws:sns/topic:Topic"
SUBSCRIPTION: Final = "aws:sns/topicSubscription:TopicSubscription"
BUDGET: Final = "aws:budgets/budget:Budget"

REQUIRED_TAGS: Final = ("Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy")
"""Keys that every taggable resource carries."""

_MIN_LOG_DAYS: Final = {"mvp": 7, "startup": 30, "production": 90}
_MIN_LOG_DAYS_STRICT: Final = 365


@layer.resource(
    "log-retention",
    "Logs are kept long enough, and not for ever",
    on=LOG_GROUP,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="AWS keeps logs for ever, at $0.03 per GB and month; too short, and an incident cannot be traced back.",
    fix="Set retentionInDays (at least 7 in mvp, 30 in startup, 90 in production, 365 in enterprise).",
    anchors=("checkov CKV_AWS_66", "checkov CKV_AWS_338", "Control Tower CT.CLOUDWATCH.PR.2"),
    items=(121, 130),
)
def log_retention(group: ResourceFacts) -> Outcome:
    """`retentionInDays`; unset and 0 mean for ever."""
    days = _MIN_LOG_DAYS.get(group.tier, _MIN_LOG_DAYS_STRICT)
    return at_least(group, "retentionInDays", days, unit="days")


@layer.resource(
    "log-group-kms",
    "Logs are encrypted with a key of our own",
    on=LOG_GROUP,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Logs quote what the application handles; with a key of our own reading them needs a second permission.",
    fix="Set kmsKeyId to a key whose policy admits logs.<region>.amazonaws.com.",
    anchors=("checkov CKV_AWS_158", "trivy AWS-0017", "Control Tower CT.CLOUDWATCH.PR.3"),
    items=(78, 129),
)
def log_group_kms(group: ResourceFacts) -> Outcome:
    """`kmsKeyId`."""
    return present(group, "kmsKeyId", "a KMS key")


@layer.resource(
    "alarm-actions",
    "Every alarm tells somebody",
    on=ALARM,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="An alarm without an action changes colour in a console that nobody looks at.",
    fix="Set alarmActions to an SNS topic's ARN and leave actionsEnabled true.",
    anchors=("checkov CKV_AWS_319", "Control Tower CT.CLOUDWATCH.PR.1"),
    items=(131, 132),
)
def alarm_actions(alarm: ResourceFacts) -> Outcome:
    """`alarmActions`, switched on."""
    return worst((present(alarm, "alarmActions", "an action"), is_true(alarm, "actionsEnabled", default=True)))


@layer.joined(
    "alarm-topic-subscribed",
    "Somebody reads what alarms say",
    on=TOPIC,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A topic without subscribers drops every message.",
    fix="Add an aws.sns.TopicSubscription with the topic's ARN, e.g. for an e-mail address or an incident tool.",
    items=(131, 222),
)
def alarm_topic_subscribed(topic: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A subscription to each topic that alarms send to."""
    if not stack.referring(topic, ALARM, "alarmActions"):
        return None
    count = len(stack.referring(topic, SUBSCRIPTION, "topic"))
    return (
        passed(f"{count} subscription(s)")
        if count
        else failed("nobody subscribes to the alarms' topic", "a subscription")
    )


@layer.resource(
    "sns-encrypted",
    "Topics are encrypted with KMS",
    on=TOPIC,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Messages wait on disk until they are delivered, unencrypted unless a key is named.",
    fix="Set kmsMasterKeyId to a key that cloudwatch.amazonaws.com may use; alias/aws/sns does not admit alarms.",
    anchors=("FSBP SNS.1", "checkov CKV_AWS_26", "trivy AWS-0095"),
    items=(78,),
)
def sns_encrypted(topic: ResourceFacts) -> Outcome:
    """`kmsMasterKeyId`."""
    return present(topic, "kmsMasterKeyId", "a KMS key")


@layer.resource(
    "required-tags",
    "Everything says whose it is and what for",
    on=TAGGABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="A resource without an owner and a cost centre is nobody's when it breaks and nobody's on the bill.",
    fix="Set the tags, best once as the provider's defaultTags.",
    items=(117, 118, 163),
)
def required_tags(resource: ResourceFacts) -> Outcome:
    """All of `REQUIRED_TAGS` with a value, from the resource or from its provider."""
    wanted = f"tags {', '.join(REQUIRED_TAGS)}"
    tags = tags_of(resource)
    if isinstance(tags, Unknown):
        return unverified("tags are known only after deployment", wanted)
    missing = [key for key in REQUIRED_TAGS if tags.get(key) in (None, "")]
    return failed(f"missing tags: {', '.join(missing)}", wanted) if missing else passed("all required tags are set")


@layer.stack(
    "budget-notifies",
    "A budget tells somebody before the money is spent",
    on=BUDGET,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="Without one, a mistake that costs money is found on the bill at the end of the month.",
    fix="Add an aws.budgets.Budget with notifications to an e-mail address or a topic.",
    items=(164,),
)
def budget_notifies(stack: StackFacts) -> Outcome | None:
    """A budget with a subscriber. Nothing to ask of a stack without AWS resources."""
    if not any(token.startswith("aws:") for token in stack.by_type):
        return None
    budgets = tuple(stack.of_type(BUDGET))
    if not budgets:
        return failed("the stack has no budget", "a budget with a notification")
    if any(_notifies(b) for b in budgets):
        return passed("a budget notifies somebody")
    return failed(f"the budget's {show(budgets[0], 'notifications')}, without a subscriber", "a notification")


def _notifies(budget: ResourceFacts) -> bool:
    if items(budget, "notifications") is UNKNOWN:
        return False
    keys = ("subscriberEmailAddresses", "subscriberSnsTopicArns")
    return any(items(n, key) not in ([], [""]) for n in known_items(budget, "notifications") for key in keys)
