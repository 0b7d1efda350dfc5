"""A chat's webhook, whose address no program, plan or state holds.

Not proven: that the chat takes the message, and that CloudFormation may read the secret.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.account.findings.webhook import Webhook, WebhookArgs
from components.foundation.event import EventSpec
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:chat-AbCdEf"
SPEC = EventSpec(key="finding", subject="guardduty", title="something was found", pattern={"source": ["aws.guardduty"]})


def webhook() -> Webhook:
    return Webhook("shop-chat", WebhookArgs(context=CONTEXT, secret_arn=SECRET, specs=[SPEC]))


def test_children(build: Build) -> None:
    made = build(webhook)
    assert made.children == {
        "shop-chat-destination": "aws:cloudformation/stack:Stack",
        "shop-chat-caller": "ascent:foundation:ServiceRole",
        "shop-chat-guardduty": "aws:cloudwatch/eventRule:EventRule",
        "shop-chat-guardduty-chat": "aws:cloudwatch/eventTarget:EventTarget",
    }


def test_address_and_key_stay_in_the_secret(build: Build) -> None:
    made = build(webhook)
    template = json.loads(made.inputs("shop-chat-destination")["templateBody"])
    connection, destination = (template["Resources"][key]["Properties"] for key in ("Connection", "Destination"))
    assert destination["InvocationEndpoint"] == f"{{{{resolve:secretsmanager:{SECRET}:SecretString:url}}}}"
    key = connection["AuthParameters"]["ApiKeyAuthParameters"]
    assert key == {
        "ApiKeyName": "Authorization",
        "ApiKeyValue": f"{{{{resolve:secretsmanager:{SECRET}:SecretString:token}}}}",
    }
    assert destination["Name"] == connection["Name"] == "shop-dev-findings"


def test_eventbridge_calls_this_destination_only(build: Build) -> None:
    made = build(webhook)
    (call,) = statements(made.inputs("shop-chat-caller-policy")["policy"]).values()
    assert call["Action"] == ["events:InvokeApiDestination"]
    assert call["Resource"] == [f"arn:aws:events:us-east-1:{ACCOUNT}:api-destination/shop-dev-findings/*"]
    target = made.inputs("shop-chat-guardduty-chat")
    assert target["roleArn"] == made["shop-chat-caller-role"].outputs["arn"]
    assert target["arn"] == "shop-chat-destination-destination-arn"


def test_the_message_says_where_to_look(build: Build) -> None:
    target = build(webhook).inputs("shop-chat-guardduty-chat")
    said = json.loads(target["inputTransformer"]["inputTemplate"])["text"]
    assert said.startswith("shop dev: something was found (account <account>, <region>, <time>)")
    assert said.endswith("Runbook: docs/runbooks/finding.md")
    assert set(target["inputTransformer"]["inputPaths"]) == {"account", "region", "time"}


def test_what_does_not_arrive_is_an_alarm(build: Build) -> None:
    made = build(webhook, ask=lambda one: one.alarms())
    (alarm,) = made.answer
    assert (alarm.key, alarm.subject, alarm.metric) == ("findings-undelivered", "chat-guardduty", "FailedInvocations")
