"""The alarm topic: who may publish, and who hears.

Not proven: that mails arrive; each address must confirm first. That SNS filters messages as its guide says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from settings.enums import Severity
from settings.sections.watch.notices import PagerSettings
from tests.components.mocks import ACCOUNT, UNKNOWN, Secret, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

TOPIC = "shop-alarms-topic"
ALONE = {TOPIC: "aws:sns/topic:Topic", "shop-alarms-policy": "aws:sns/topicPolicy:TopicPolicy"}
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def topic(**args: Any) -> AlarmTopic:  # noqa: ANN401
    return AlarmTopic("shop-alarms", AlarmTopicArgs(context=CONTEXT, **args))


def test_without_addresses(build: Build) -> None:
    made = build(topic)
    assert made.children == ALONE
    assert "kmsMasterKeyId" not in made.inputs(TOPIC)
    assert made.outputs == {"arn": made[TOPIC].outputs["arn"]}
    assert made.attributes == {**made.outputs, "name": made[TOPIC].outputs["name"]}
    assert made.preview.attributes == {"arn": UNKNOWN, "name": UNKNOWN}


def test_only_this_accounts_alarms_budgets_and_rules_publish(build: Build) -> None:
    made = build(topic)
    arn = made[TOPIC].outputs["arn"]
    assert made.inputs("shop-alarms-policy")["arn"] == arn
    assert statements(made.inputs("shop-alarms-policy")["policy"]) == {
        "Publish": {
            "Sid": "Publish",
            "Effect": "Allow",
            "Principal": {"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]},
            "Action": ["sns:Publish"],
            "Resource": [arn],
            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        },
        "PublishEvents": {
            "Sid": "PublishEvents",
            "Effect": "Allow",
            "Principal": {"Service": ["events.amazonaws.com"]},
            "Action": ["sns:Publish"],
            "Resource": [arn],
            "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:events:us-east-1:{ACCOUNT}:rule/*"}},
        },
    }


def test_a_topic_abroad_is_there_with_all_that_belongs_to_it(build: Build) -> None:
    made = build(lambda: topic(emails=["a@example.com"], region="eu-west-1"))
    assert {one.inputs["region"] for one in made.registered.values() if one.type.startswith("aws:sns")} == {"eu-west-1"}
    (source,) = statements(made.inputs("shop-alarms-policy")["policy"])["PublishEvents"]["Condition"].values()
    assert source == {"aws:SourceArn": f"arn:aws:events:eu-west-1:{ACCOUNT}:rule/*"}


def test_each_address_subscribes_under_a_name_that_hides_it(build: Build) -> None:
    emails = ["a@example.com", "b@example.com"]
    made = build(lambda: topic(emails=emails))
    assert len(made.children) == len(ALONE) + 2
    found = made.of_type(SUBSCRIPTION)
    assert sorted(one.inputs["endpoint"] for one in found) == emails
    for one in found:
        assert one.inputs["protocol"] == "email"
        assert one.inputs["topic"] == made[TOPIC].outputs["arn"]
        assert "example" not in one.name


def test_messages_under_an_own_key(build: Build) -> None:
    assert build(lambda: topic(key_arn=KEY)).inputs(TOPIC)["kmsMasterKeyId"] == KEY


URL = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue"


def paged(**settings: Any) -> AlarmTopic:  # noqa: ANN401
    return topic(pager=PagerSettings(url=SecretStr(URL), **settings))


def test_a_pager_hears_of_what_can_not_wait_and_its_key_is_a_secret(build: Build) -> None:
    made = build(paged)
    (found,) = made.of_type(SUBSCRIPTION)
    assert found.inputs["endpoint"] == Secret(URL)
    assert (found.inputs["protocol"], found.inputs["endpointAutoConfirms"]) == ("https", True)
    assert found.inputs["filterPolicyScope"] == "MessageBody"
    alarms, events, chats = json.loads(found.inputs["filterPolicy"])["$or"]
    assert alarms == {"AlarmDescription": [{"prefix": "Severity critical"}, {"prefix": "Severity high"}]}
    assert events == {"severity": ["critical", "high"]}
    assert chats == {"metadata": {"additionalContext": events}}
    assert made.children == {**ALONE, "shop-alarms-pager": SUBSCRIPTION}


def test_a_pager_may_hear_of_less(build: Build) -> None:
    made = build(lambda: paged(least_severity=Severity.CRITICAL))
    (found,) = made.of_type(SUBSCRIPTION)
    assert json.loads(found.inputs["filterPolicy"])["$or"][1] == {"severity": ["critical"]}


def test_prometheus_publishes_only_where_there_is_one(build: Build) -> None:
    made = build(lambda: topic(prometheus=True))
    admitted = statements(made.inputs("shop-alarms-policy")["policy"])["PublishPrometheus"]
    assert admitted["Principal"] == {"Service": ["aps.amazonaws.com"]}
    assert admitted["Condition"]["ArnLike"] == {"aws:SourceArn": f"arn:aws:aps:us-east-1:{ACCOUNT}:workspace/*"}


def test_what_does_not_arrive_is_an_alarm(build: Build) -> None:
    made = build(topic, lambda one: one.alarms())
    (failed,) = made.answer
    assert (failed.key, failed.namespace, failed.metric) == ("notice-failed", "AWS/SNS", "NumberOfNotificationsFailed")
    assert failed.dimensions == {"TopicName": made[TOPIC].outputs["name"]}


def test_another_service_publishes_where_it_is_named(build: Build) -> None:
    said = statements(build(lambda: topic(publishers=["x.amazonaws.com"])).inputs("shop-alarms-policy")["policy"])
    assert said["Publish"]["Principal"]["Service"][-1] == "x.amazonaws.com"
    assert said["Publish"]["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
