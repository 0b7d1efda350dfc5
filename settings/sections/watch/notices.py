"""Who hears of alarms besides those who get mails."""

from __future__ import annotations

from pydantic import SecretStr

from settings.base import Section, setting
from settings.description.changes import IN_PLACE
from settings.enums import Severity
from settings.fields import SlackChannelId, SlackWorkspaceId, TeamsChannelId, Uuid


class SlackSettings(Section):
    """A Slack channel; the workspace is authorised once in the console of Amazon Q Developer in chat applications."""

    workspace_id: SlackWorkspaceId | None = setting(
        None, "the workspace, as the console shows it once it is authorised", changes=IN_PLACE
    )
    channel_id: SlackChannelId | None = setting(
        None, "the channel's id, the last part of its link; a private one must invite the app", changes=IN_PLACE
    )


class TeamsSettings(Section):
    """A channel of Microsoft Teams, authorised like a Slack workspace."""

    tenant_id: Uuid | None = setting(None, "the tenant", changes=IN_PLACE)
    team_id: Uuid | None = setting(None, "the team", changes=IN_PLACE)
    channel_id: TeamsChannelId | None = setting(
        None, "the channel as its link has it, 19:…@thread.tacv2", changes=IN_PLACE
    )


class PagerSettings(Section):
    """A pager such as PagerDuty that takes messages of SNS."""

    url: SecretStr | None = setting(
        None,
        "its https address; the key in it is a secret: `pulumi config set --secret --path`",
        cost="$0.60 per million messages",
        changes=IN_PLACE,
    )
    least_severity: Severity = setting(Severity.HIGH, "what matters less than this wakes nobody", changes=IN_PLACE)


class NoticeSettings(Section):
    """Chats and pagers; none of them costs anything here."""

    slack: SlackSettings = setting(SlackSettings, "a Slack channel")
    teams: TeamsSettings = setting(TeamsSettings, "a channel of Microsoft Teams")
    pager: PagerSettings = setting(PagerSettings, "a pager")
