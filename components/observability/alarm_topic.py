"""The topic that people hear alarms from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, on_the_first
from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document
from settings.enums import Severity
from settings.sections.watch.notices import PagerSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class AlarmTopicArgs:
    """Who hears of alarms.

    Args:
        context: names and tags.
        emails: addresses; each gets a mail to confirm first.
        pager: address of a pager, and what it hears of.
        key_arn: KMS key that admits CloudWatch and Budgets; None leaves messages unencrypted at rest, because AWS's
            own SNS key does not admit CloudWatch.
        prometheus: whether an alert manager of this account publishes as well.
        region: where, if not in the context's region: an alarm tells a topic of its own region only.
        publishers: AWS services that may publish besides CloudWatch, Budgets and EventBridge.
    """

    context: Context
    emails: Sequence[str] = ()
    pager: PagerSettings | None = None
    key_arn: pulumi.Input[str] | None = None
    prometheus: bool = False
    region: str | None = None
    publishers: Sequence[str] = ()


class AlarmTopic(pulumi.ComponentResource):
    """An SNS topic that CloudWatch alarms, EventBridge rules and budgets of this account may publish to.

    Attributes:
        arn: the topic's ARN.
        name: its name in metrics.
    """

    arn: pulumi.Output[str]
    name: pulumi.Output[str]

    def __init__(self, name: str, args: AlarmTopicArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:AlarmTopic", name, None, opts)
        child, region = pulumi.ResourceOptions(parent=self), args.region
        topic = aws.sns.Topic(
            f"{name}-topic",
            kms_master_key_id=args.key_arn,
            region=region,
            tags=args.context.tags(name),
            opts=child,
        )
        policy = policy_document(*_publishers(args, topic.arn))
        aws.sns.TopicPolicy(f"{name}-policy", arn=topic.arn, policy=policy, region=region, opts=child)
        for email in args.emails:
            # An address may be encrypted in the stack file; a resource's name never is.
            key = hashlib.sha256(email.encode()).hexdigest()[:8]
            aws.sns.TopicSubscription(
                f"{name}-{key}", topic=topic.arn, protocol="email", endpoint=email, region=region, opts=child
            )
        if args.pager and args.pager.url:
            aws.sns.TopicSubscription(
                f"{name}-pager",
                topic=topic.arn,
                protocol="https",
                endpoint=pulumi.Output.secret(args.pager.url.get_secret_value()),
                endpoint_auto_confirms=True,
                filter_policy_scope="MessageBody",
                filter_policy=json.dumps(_waking(args.pager.least_severity)),
                region=region,
                opts=child,
            )
        self.arn, self.name, self._region = topic.arn, topic.name, region
        self.register_outputs({"arn": self.arn})

    def alarms(self) -> list[AlarmSpec]:
        """Messages that did not reach one of the subscribers; the others hear of it."""
        return [
            on_the_first(
                key="notice-failed",
                subject=self._region or "",
                title="a message of the alarm topic did not reach one of its subscribers",
                namespace="AWS/SNS",
                metric="NumberOfNotificationsFailed",
                dimensions={"TopicName": self.name},
                severity=Severity.LOW,
                region=self._region,
            )
        ]


def _waking(least: Severity) -> dict[str, object]:
    """Messages of a severity or worse: alarms say it in their description, events in a field, in two forms."""
    severities = [one.value for one in least.or_worse()]
    return {
        "$or": [
            {"AlarmDescription": [{"prefix": f"Severity {one}"} for one in severities]},
            {"severity": severities},
            {"metadata": {"additionalContext": {"severity": severities}}},
        ]
    }


def _publishers(args: AlarmTopicArgs, topic_arn: pulumi.Output[str]) -> list[Statement]:
    context = args.context
    statements = [
        Statement(
            sid="Publish",
            actions=["sns:Publish"],
            resources=[topic_arn],
            principals={"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", *args.publishers]},
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
        ),
        Statement(
            sid="PublishEvents",
            actions=["sns:Publish"],
            resources=[topic_arn],
            principals={"Service": ["events.amazonaws.com"]},
            conditions={"ArnLike": {"aws:SourceArn": context.arn("events", "rule/*", region=args.region)}},
        ),
    ]
    if args.prometheus:
        statements.append(
            Statement(
                sid="PublishPrometheus",
                actions=["sns:GetTopicAttributes", "sns:Publish"],
                resources=[topic_arn],
                principals={"Service": ["aps.amazonaws.com"]},
                conditions={
                    "StringEquals": {"aws:SourceAccount": context.account_id},
                    "ArnLike": {"aws:SourceArn": context.arn("aps", "workspace/*", region=args.region)},
                },
            )
        )
    return statements
