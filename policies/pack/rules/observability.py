"""Observability: logs, alarms, tags and budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..baseline import AUDITED, uses_aws
from ..checks import at_least, is_true, present
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, PerTier, mandatory_from
from ..parameters import pairs, texts, whole
from ..rule import Layer, Severity
from ..tags import AUTOSCALING_GROUP, TAGGABLE, tags_of
from ..values import items, known_items, show
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts import ResourceFacts, StackFacts, Value
    from ..parameters import Values
    from ..rule import Changes

layer = Layer("observability")

LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC: Final = "aws:sns/topic:Topic"
SUBSCRIPTION: Final = "aws:sns/topicSubscription:TopicSubscription"
BUDGET: Final = "aws:budgets/budget:Budget"
ANOMALY_MONITOR: Final = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
ANOMALY_SUBSCRIPTION: Final = "aws:costexplorer/anomalySubscription:AnomalySubscription"

REQUIRED_TAGS: Final = ("Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy")
"""Keys that every taggable resource carries."""

LOG_DAYS: Final = whole("days", "Shortest retention in days", PerTier(7, 30, 90, 365), minimum=1, maximum=3653)

_RETENTIONS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Days that CloudWatch Logs can keep."""

TAG_KEYS: Final = texts("keys", "Keys of the tags that everything carries", REQUIRED_TAGS)
TAG_VALUES: Final = pairs("values", "Values that the remedy gives to missing tags, by key", {})


def _keep_long_enough(_: ResourceFacts, given: Values) -> Changes:
    """The next retention that CloudWatch Logs knows; of logs kept for ever until now, older ones go."""
    return {("retentionInDays",): next(days for days in _RETENTIONS if days >= given[LOG_DAYS])}


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
    parameters=(LOG_DAYS,),
    remedy=_keep_long_enough,
)
def log_retention(group: ResourceFacts, given: Values) -> Outcome:
    """`retentionInDays`; unset and 0 mean for ever."""
    return at_least(group, "retentionInDays", given[LOG_DAYS], unit="days")


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


def _missing(tags: Mapping[str, Value], given: Values) -> list[str]:
    return [key for key in given[TAG_KEYS] if tags.get(key) in (None, "")]


def _tag(resource: ResourceFacts, given: Values) -> Changes:
    """Values for the missing tags. An autoscaling group's are a list, which is left to people."""
    tags = tags_of(resource)
    if isinstance(tags, Unknown) or resource.type == AUTOSCALING_GROUP:
        return {}
    values = given[TAG_VALUES]
    return {("tags", key): values[key] for key in _missing(tags, given) if key in values}


@layer.resource(
    "required-tags",
    "Everything says whose it is and what for",
    on=TAGGABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="A resource without an owner and a cost centre is nobody's when it breaks and nobody's on the bill.",
    fix="Set the tags, best once as the provider's defaultTags.",
    items=(117, 118, 163),
    parameters=(TAG_KEYS, TAG_VALUES),
    remedy=_tag,
)
def required_tags(resource: ResourceFacts, given: Values) -> Outcome:
    """All the tags with a value, from the resource or from its provider."""
    wanted = f"tags {', '.join(given[TAG_KEYS])}"
    tags = tags_of(resource)
    if isinstance(tags, Unknown):
        return unverified("tags are known only after deployment", wanted)
    missing = _missing(tags, given)
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
    if not uses_aws(stack):
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


@layer.stack(
    "cost-anomaly",
    "Somebody hears of spending that is out of line",
    on=(ANOMALY_MONITOR, ANOMALY_SUBSCRIPTION),
    severity=Severity.LOW,
    levels=AUDITED,
    why="A budget notices the sum at the end; an anomaly is noticed on the day, service by service, at no charge.",
    fix="Add an aws.costexplorer.AnomalyMonitor and an AnomalySubscription with its ARN and a subscriber.",
    items=(165,),
)
def cost_anomaly(stack: StackFacts) -> Outcome | None:
    """A monitor and a subscription that tells somebody. Nothing to ask of a stack without AWS resources."""
    if not uses_aws(stack):
        return None
    subscriptions = tuple(stack.of_type(ANOMALY_SUBSCRIPTION))
    if not subscriptions and not any(stack.of_type(ANOMALY_MONITOR)):
        return failed("the stack has no cost anomaly monitor", "a monitor and a subscription")
    if not subscriptions:
        return failed("nobody subscribes to the cost anomaly monitor", "a subscription")
    keys = (("monitorArnLists", "a monitor"), ("subscribers", "a subscriber"))
    return worst(present(subscriptions[0], key, wanted) for key, wanted in keys)
