"""Alarms in a chat.

Not proven: that the workspace was authorised in the console, without which AWS refuses the channel.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from components.observability.chat import Chat, ChatArgs, has_chat
from settings.sections.watch.notices import NoticeSettings, SlackSettings, TeamsSettings
from tests.components.mocks import ACCOUNT
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

SLACK = SlackSettings(workspace_id="T07EA123LEP", channel_id="C07EZ1ABC23")
UUID = "12345678-1234-1234-1234-123456789012"
TEAMS = TeamsSettings(tenant_id=UUID, team_id=UUID, channel_id="19:ab12@thread.tacv2")
NOBODY = NoticeSettings()


def chat(notices: NoticeSettings) -> Chat:
    return Chat("shop-chat", ChatArgs(context=CONTEXT, notices=notices, topic_arns=["topic", "topic-abroad"]))


@pytest.mark.parametrize(
    ("notices", "name"),
    [(NoticeSettings(slack=SLACK), "shop-chat-slack"), (NoticeSettings(teams=TEAMS), "shop-chat-teams")],
)
def test_a_channel_hears_all_topics_and_may_only_look(build: Build, notices: NoticeSettings, name: str) -> None:
    made = build(lambda: chat(notices))
    inputs = made.inputs(name)
    assert inputs["snsTopicArns"] == ["topic", "topic-abroad"]
    # Without a guardrail, AWS's is AdministratorAccess.
    assert inputs["guardrailPolicyArns"] == ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"]
    assert inputs["tags"] == CONTEXT.tags(name)
    assert set(made.children) == {name, "shop-chat-show"}


def test_its_role_serves_this_account_alone(build: Build) -> None:
    made = build(lambda: chat(NoticeSettings(slack=SLACK)))
    (trust,) = json.loads(made.inputs("shop-chat-show-role")["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["chatbot.amazonaws.com"]}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_who_has_a_chat() -> None:
    assert not has_chat(NOBODY)
    assert has_chat(NoticeSettings(slack=SLACK))
    assert has_chat(NoticeSettings(teams=TEAMS))
