"""The harness itself: it finds what Pulumi's mocks would let pass, and each run stands alone.

Not proven: that AWS answers as the mocks do; tests/engine compares with the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.runtime import is_dry_run
from pulumi.runtime.settings import SETTINGS, get_root_resource

from tests.components.mocks import UNKNOWN, Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.mocks import Build


class Holder(pulumi.ComponentResource):
    """A component that does whatever a test wants of it."""

    def __init__(self, fill: Callable[[Holder, pulumi.ResourceOptions], object], name: str = "holder") -> None:
        super().__init__("test:index:Holder", name)
        fill(self, pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


def holding(fill: Callable[[Holder, pulumi.ResourceOptions], object]) -> Callable[[], Holder]:
    return lambda: Holder(fill)


def two_of_a_name(_: Holder, child: pulumi.ResourceOptions) -> None:
    aws.sns.Topic("holder-topic", opts=child)
    aws.sns.Topic("holder-topic", opts=child)


def more_in_a_preview(_: Holder, child: pulumi.ResourceOptions) -> None:
    if is_dry_run():
        aws.sns.Topic("holder-topic", opts=child)


def an_output_that_nobody_answers(_: Holder, child: pulumi.ResourceOptions) -> None:
    topic = aws.sns.Topic("holder-topic", opts=child)
    aws.sns.TopicSubscription(
        "holder-mail", topic=topic.beginning_archive_time, protocol="email", endpoint="a@example.com", opts=child
    )


def another_value_in_a_preview(_: Holder, child: pulumi.ResourceOptions) -> None:
    aws.sns.Topic("holder-topic", display_name="preview" if is_dry_run() else "deployed", opts=child)


def known_too_early(_: Holder, child: pulumi.ResourceOptions) -> None:
    """Builds an ARN by hand that only AWS knows."""
    aws.sns.Topic("holder-topic", opts=child)
    aws.sns.TopicSubscription(
        "holder-mail",
        topic="arn:aws:sns:us-east-1:111111111111:holder-topic",
        protocol="email",
        endpoint="a@example.com",
        opts=child,
    )


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        (two_of_a_name, "two aws:sns/topic:Topic are called holder-topic"),
        (lambda _, child: aws.sns.Topic("topic", opts=child), "topic is not called after holder"),
        (lambda _, child: aws.sns.Topic("holder-topic"), "holder-topic lies beside holder, not in it"),
        (more_in_a_preview, "holder-topic: in a deployment or in a preview only"),
        (an_output_that_nobody_answers, "holder-mail: inputs: {'topic'} in one of both runs only"),
        (another_value_in_a_preview, "displayName"),
        (known_too_early, "holder-mail: inputs.topic is .* before AWS has answered"),
    ],
    ids=lambda value: getattr(value, "__name__", "") if callable(value) else None,
)
def test_what_mocks_let_pass(
    build: Build, fill: Callable[[Holder, pulumi.ResourceOptions], object], message: str
) -> None:
    with pytest.raises(AssertionError, match=message):
        build(holding(fill))


def test_an_error_of_a_component_is_the_tests_error(build: Build) -> None:
    def fail(_: Holder, child: pulumi.ResourceOptions) -> None:
        aws.sns.Topic("holder-topic", opts=child)
        raise ValueError("too many zones")

    with pytest.raises(ValueError, match="too many zones"):
        build(holding(fail))


def test_runs_leave_nothing_behind(build: Build) -> None:
    before = (SETTINGS.monitor, SETTINGS.project, SETTINGS.dry_run, get_root_resource())
    first = build(holding(lambda _, child: aws.sns.Topic("holder-topic", opts=child)))
    second = build(holding(lambda _, child: aws.sns.Topic("holder-topic", opts=child)))
    assert first.children == second.children == {"holder-topic": "aws:sns/topic:Topic"}
    assert (SETTINGS.monitor, SETTINGS.project, SETTINGS.dry_run, get_root_resource()) == before


def test_secrets_and_unknowns_stand_out(build: Build) -> None:
    def fill(_: Holder, child: pulumi.ResourceOptions) -> None:
        topic = aws.sns.Topic("holder-topic", display_name=pulumi.Output.secret("hidden"), opts=child)
        aws.sns.Topic("holder-other", display_name=pulumi.Output.concat("like ", topic.name), opts=child)

    made = build(holding(fill))
    assert made.inputs("holder-topic") == {"displayName": Secret("hidden")}
    assert made.inputs("holder-other") == {"displayName": "like holder-topic-0a1b2c3"}
    assert made.preview.inputs("holder-other") == {"displayName": UNKNOWN}


def test_options_of_a_registration(build: Build) -> None:
    def fill(holder: Holder, child: pulumi.ResourceOptions) -> None:
        topic = aws.sns.Topic("holder-topic", opts=child)
        options = pulumi.ResourceOptions(
            parent=holder,
            protect=True,
            ignore_changes=["displayName"],
            depends_on=[topic],
            delete_before_replace=True,
            custom_timeouts=pulumi.CustomTimeouts(create="5m"),
        )
        aws.sns.Topic("holder-other", opts=options)

    options = build(holding(fill))["holder-other"].options
    assert options.protect
    assert options.ignore_changes == ("displayName",)
    assert options.depends_on == {"holder-topic"}
    assert options.delete_before_replace is True
    assert options.timeouts == ("5m", "", "")
