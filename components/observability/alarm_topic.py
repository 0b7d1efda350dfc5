"""The topic that people hear alarms from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class AlarmTopicArgs:
    """Who hears of alarms.

    Args:
        context: names and tags.
        emails: addresses; each gets a mail to confirm first.
        key_arn: KMS key that admits CloudWatch and Budgets; None leaves messages unencrypted at rest, because AWS's
            own SNS key does not admit CloudWatch.
        region: where, if not in the context's region: an alarm tells a topic of its own region only.
        publishers: AWS services that may publish besides CloudWatch, Budgets and EventBridge.
    """

    context: Context
    emails: Sequence[str] = ()
    key_arn: pulumi.Input[str] | None = None
    region: str | None = None
    publishers: Sequence[str] = ()


class AlarmTopic(pulumi.ComponentResource):
    """An SNS topic that CloudWatch alarms, EventBridge rules and budgets of this account may publish to.

    Attributes:
        arn: the topic's ARN.
    """

    arn: pulumi.Output[str]

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
        publishers = Statement(
            sid="Publish",
            actions=["sns:Publish"],
            resources=[topic.arn],
            principals={"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", *args.publishers]},
            conditions={"StringEquals": {"aws:SourceAccount": args.context.account_id}},
        )
        rules = Statement(
            sid="PublishEvents",
            actions=["sns:Publish"],
            resources=[topic.arn],
            principals={"Service": ["events.amazonaws.com"]},
            conditions={"ArnLike": {"aws:SourceArn": args.context.arn("events", "rule/*", region=region)}},
        )
        policy = policy_document(publishers, rules)
        aws.sns.TopicPolicy(f"{name}-policy", arn=topic.arn, policy=policy, region=region, opts=child)
        for email in args.emails:
            # An address may be encrypted in the stack file; a resource's name never is.
            key = hashlib.sha256(email.encode()).hexdigest()[:8]
            aws.sns.TopicSubscription(
                f"{name}-{key}", topic=topic.arn, protocol="email", endpoint=email, region=region, opts=child
            )
        self.arn = topic.arn
        self.register_outputs({"arn": self.arn})
