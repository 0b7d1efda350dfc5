"""Cases of the rules in policies/pack/rules/chatbot.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

if TYPE_CHECKING:
    from policies.pack.facts import Value
    from tests.policies.building import Made

READ = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
ALL = "arn:aws:iam::aws:policy/AdministratorAccess"


def slack(*arns: Value) -> Made:
    return of(types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, guardrailPolicyArns=list(arns))


CASES = [
    *cases(
        "chat-guardrail",
        passing=[slack(READ), of(types.CHATBOT_TEAMS_CHANNEL_CONFIGURATION, guardrailPolicyArns=[READ])],
        failing=[slack(), of(types.CHATBOT_SLACK_CHANNEL_CONFIGURATION), slack(READ, ALL), slack(U, ALL)],
        unknown=[slack(U), of(types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, guardrailPolicyArns=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.SNS_TOPIC)],
    ),
]
