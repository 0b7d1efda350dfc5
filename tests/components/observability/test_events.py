"""EventBridge rules made of what components ask to be told about.

Not proven: that AWS sends these events, and that the mail reads well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.foundation.event import EventSpec
from components.observability.events import Events, EventsArgs
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

FAILED = EventSpec(
    key="release",
    subject="app",
    title='a release of "app" failed',
    pattern={"source": ["aws.ecs"], "resources": ["service-arn"]},
)


def events(*specs: EventSpec, chat: bool = False) -> Events:
    return Events("shop-events", EventsArgs(context=CONTEXT, topic_arn="topic-arn", specs=specs, chat=chat))


def test_a_rule_and_its_target_per_specification(build: Build) -> None:
    made = build(lambda: events(FAILED))
    assert made.children == {
        "shop-events-app-release": "aws:cloudwatch/eventRule:EventRule",
        "shop-events-app-release-topic": "aws:cloudwatch/eventTarget:EventTarget",
    }
    rule = made.inputs("shop-events-app-release")
    assert json.loads(rule["eventPattern"]) == FAILED.pattern
    assert rule["description"] == 'Severity high: a release of "app" failed. Runbook: docs/runbooks/release.md'
    assert rule["tags"] == CONTEXT.tags("shop-events-app-release")
    target = made.inputs("shop-events-app-release-topic")
    assert target["rule"] == made["shop-events-app-release"].outputs["name"]
    assert target["arn"] == "topic-arn"


def test_the_mail_says_what_happened_and_where_to_read_on(build: Build) -> None:
    given = build(lambda: events(FAILED)).inputs("shop-events-app-release-topic")["inputTransformer"]
    assert given["inputPaths"] == {"time": "$.time", "detail": "$.detail"}
    said = json.loads(given["inputTemplate"].replace("<detail>", json.dumps({"reason": "unhealthy"})))
    assert said == {
        "stack": "shop dev",
        "problem": 'a release of "app" failed',
        "severity": "high",
        "runbook": "docs/runbooks/release.md",
        "time": "<time>",
        "detail": {"reason": "unhealthy"},
    }


def test_nothing_to_hear_of(build: Build) -> None:
    assert build(events).children == {}


def test_a_chat_gets_the_only_form_that_it_shows(build: Build) -> None:
    given = build(lambda: events(FAILED, chat=True)).inputs("shop-events-app-release-topic")["inputTransformer"]
    said = json.loads(given["inputTemplate"])
    assert (said["version"], said["source"]) == ("1.0", "custom")
    assert said["content"]["title"] == 'shop dev: a release of "app" failed'
    assert "docs/runbooks/release.md" in said["content"]["description"]
    assert said["metadata"]["additionalContext"] == {"severity": "high"}
    assert given["inputPaths"] == {"time": "$.time"}


def test_a_rule_that_fails_is_an_alarm(build: Build) -> None:
    made = build(lambda: events(FAILED), lambda one: one.alarms())
    (failed,) = made.answer
    assert (failed.name, failed.metric) == ("app-release-rule-failed", "FailedInvocations")
    assert failed.dimensions == {"RuleName": made["shop-events-app-release"].outputs["name"]}
