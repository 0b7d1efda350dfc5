"""Alarms in the team's chat, through Amazon Q Developer in chat applications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.sections.watch.notices import NoticeSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_READ: Final = "CloudWatchReadOnlyAccess"
"""What the chat may ask: graphs of the alarms that it shows."""


@dataclass(frozen=True, kw_only=True)
class ChatArgs:
    """Which channels hear of what.

    Args:
        context: names and tags.
        notices: the channels.
        topic_arns: topics of all regions.
    """

    context: Context
    notices: NoticeSettings
    topic_arns: Sequence[pulumi.Input[str]]


class Chat(pulumi.ComponentResource):
    """Channels of Slack and Teams that show alarms with their graphs, and may change nothing. Free.

    Whoever writes in a channel has at most the guardrail's permissions; without one AWS allows everything.
    """

    def __init__(self, name: str, args: ChatArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Chat", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        role = ServiceRoleArgs(
            context=context,
            description="Chat channels, to show graphs of alarms",
            services=["chatbot.amazonaws.com"],
            managed_policies=[_READ],
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
        )
        common: dict[str, Any] = {
            "iam_role_arn": ServiceRole(f"{name}-show", role, opts=child).arn,
            "sns_topic_arns": list(args.topic_arns),
            "guardrail_policy_arns": [f"arn:{context.partition}:iam::aws:policy/{_READ}"],
            "logging_level": "ERROR",
        }
        slack, teams = args.notices.slack, args.notices.teams
        # Another workspace or tenant makes a new one, under the same name.
        replaced = pulumi.ResourceOptions(parent=self, delete_before_replace=True)
        if slack.workspace_id and slack.channel_id:
            aws.chatbot.SlackChannelConfiguration(
                f"{name}-slack",
                configuration_name=context.physical_name("slack", limit=128),
                slack_team_id=slack.workspace_id,
                slack_channel_id=slack.channel_id,
                tags=context.tags(f"{name}-slack"),
                opts=replaced,
                **common,
            )
        if teams.tenant_id and teams.team_id and teams.channel_id:
            aws.chatbot.TeamsChannelConfiguration(
                f"{name}-teams",
                configuration_name=context.physical_name("teams", limit=128),
                tenant_id=teams.tenant_id,
                team_id=teams.team_id,
                channel_id=teams.channel_id,
                tags=context.tags(f"{name}-teams"),
                opts=replaced,
                **common,
            )
        self.register_outputs({})


def has_chat(notices: NoticeSettings) -> bool:
    """Whether anybody reads alarms in a chat."""
    return notices.slack.channel_id is not None or notices.teams.channel_id is not None
