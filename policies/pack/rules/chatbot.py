"""Channels of Amazon Q Developer in chat applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import items, reveal
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_ALL: Final = ("AdministratorAccess", "PowerUserAccess")
"""Policies that let a channel do nearly everything, by the last part of their ARN."""


@OBSERVABILITY.resource(
    "chat-guardrail",
    "Whoever writes in a chat can't run the account",
    on=(types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, types.CHATBOT_TEAMS_CHANNEL_CONFIGURATION),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without a guardrail AWS takes AdministratorAccess: only the role then limits every member of the channel.",
    fix="Set guardrailPolicyArns to a policy that reads, such as CloudWatchReadOnlyAccess.",
)
def chat_guardrail(channel: ResourceFacts) -> Outcome:
    """`guardrailPolicyArns`, without a policy that allows everything."""
    wanted = "a guardrail that reads"
    given = items(channel, "guardrailPolicyArns")
    if isinstance(given, Unknown):
        return unverified("guardrailPolicyArns are known only after deployment", wanted)
    if not given:
        return failed("there is no guardrail, so AWS takes AdministratorAccess", wanted)
    names = [str(arn).rpartition("/")[2] for arn in map(reveal, given) if isinstance(arn, str)]
    wide = sorted(set(names).intersection(_ALL))
    if wide:
        return failed(f"the guardrail is {', '.join(wide)}", wanted)
    if len(names) < len(given):
        return unverified("a guardrail is known only after deployment", wanted)
    return passed(f"the guardrail is {', '.join(names)}")
