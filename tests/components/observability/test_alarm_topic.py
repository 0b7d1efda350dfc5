"""The alarm topic: who may publish, and who hears.

Not proven: that mails arrive; each address must confirm first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
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
    assert made.attributes == made.outputs == {"arn": made[TOPIC].outputs["arn"]}
    assert made.preview.attributes == {"arn": UNKNOWN}


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


def test_another_service_publishes_where_it_is_named(build: Build) -> None:
    said = statements(build(lambda: topic(publishers=["x.amazonaws.com"])).inputs("shop-alarms-policy")["policy"])
    assert said["Publish"]["Principal"]["Service"][-1] == "x.amazonaws.com"
    assert said["Publish"]["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
