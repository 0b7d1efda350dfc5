"""Whether somebody hears of alarms and of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_asked, not_well, well
from ascent.verify.aws import NotAnsweredError
from ascent.verify.reads import Read
from policies.pack.types import SNS_TOPIC_SUBSCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_PAGE = "verify.md#subscriptions"


def check_topic(topic: Found, subject: Subject) -> Iterator[Said]:
    """A topic: each of the stack's subscriptions is there and confirmed; none where the settings have no address."""
    arn = topic.text("arn") or topic.id
    wanted = [one for one in subject.deployed.of(SNS_TOPIC_SUBSCRIPTION) if one.text("topic") == arn]
    found = subject.aws.ask_all(Read.SUBSCRIPTIONS, "Subscriptions", topic.region, TopicArn=arn)
    command = subject.aws.command("sns", "list-subscriptions-by-topic", "--topic-arn", arn, region=topic.region)
    confirmed = [one for one in found if one["SubscriptionArn"].startswith("arn:")]
    waiting = [one for one in found if one["SubscriptionArn"] == "PendingConfirmation"]
    # Somebody else's subscription does not stand for one of the stack's; an address that is a secret is only counted.
    heard = {one.get("Endpoint") for one in found}
    named = [address for one in wanted if (address := one.text("endpoint"))]
    lost = max(sum(address not in heard for address in named), len(wanted) - len(confirmed) - len(waiting))
    for one in waiting:
        yield not_well(
            f"{one['Endpoint']} has not confirmed: AWS sent a mail with a link", runbook=_PAGE, command=command
        )
    if lost > 0:
        yield not_well(f"{lost} of {len(wanted)} subscriptions are gone", runbook=_PAGE, command=command)
    if confirmed:
        yield well(f"{len(confirmed)} confirmed")
    elif not wanted and not waiting and subject.settings.observability.alarm_emails:
        text = "nobody is subscribed: the addresses under ascent:observability.alarmEmails are not deployed yet"
        yield not_well(text, runbook=_PAGE, command=f"pulumi up --stack {subject.stack}")
    elif not wanted and not waiting:
        yield well("nobody hears of alarms, because no address is set: ascent:observability.alarmEmails")


def check_budget(budget: Found, subject: Subject) -> Iterator[Said]:
    """A budget: each of its notifications has a subscriber. Whether a mail arrives cannot be asked."""
    name, account = budget.text("name") or budget.id.partition(":")[2], budget.text("accountId") or subject.aws.account
    named = {"AccountId": account, "BudgetName": name}
    command = subject.aws.command(
        *("budgets", "describe-notifications-for-budget", "--account-id", account, "--budget-name", name)
    )
    found = subject.aws.ask(Read.NOTIFICATIONS, **named).get("Notifications", [])
    if not found:
        yield not_well("notifies nobody: it has no notification", runbook=_PAGE, command=command)
    heard = 0
    for one in found:
        keys = ("NotificationType", "ComparisonOperator", "Threshold", "ThresholdType")
        notification = {key: one[key] for key in keys if key in one}
        label = f"{one['NotificationType'].lower()} {one['Threshold']:g} %"
        try:
            listed = subject.aws.ask(Read.SUBSCRIBERS, **named, Notification=notification)["Subscribers"]
        except NotAnsweredError as error:
            yield not_asked(f"who hears of {label}: {error}")
            continue
        if listed:
            heard += 1
        else:
            yield not_well(f"nobody hears of {label}", runbook=_PAGE, command=command)
    if heard:
        yield well(f"{heard} of {len(found)} notifications have subscribers")
