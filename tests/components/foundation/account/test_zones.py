"""What a preview does about zones that lack something: it ends, or warns where somebody chose them.

Not proven: that nothing is made before the answer arrives, which the engine decides; a preview makes nothing anyway.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.runtime import MockCallArgs

from components.foundation.account import zones
from settings.load import resolve
from settings.schema import Settings
from tests.components.mocks import AwsMocks, Build

IDS = {"us-east-1a": "use1-az1", "us-east-1b": "use1-az3", "us-east-1c": "use1-az2"}


def settings(**network: object) -> Settings:
    config = {"ascent:tier": "mvp", "ascent:network": json.dumps(network)}
    return resolve(config, stack="dev", project="shop").settings


def test_counted_zones_end_the_preview() -> None:
    line = r"^Pulumi\.dev\.yaml: ascent:network\.azCount is 2: us-east-1b is use1-az3 .*: \[us-east-1a, us-east-1c\]$"
    with pytest.raises(pulumi.RunError, match=line):
        zones._check("dev", settings(), IDS, {})


def test_named_zones_warn() -> None:
    with patch.object(pulumi.log, "warn") as warn:
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1b"]), IDS, {})
    (text,) = warn.call_args.args
    assert text.startswith(
        "Pulumi.dev.yaml: ascent:network.availabilityZones is us-east-1a, us-east-1b: us-east-1b is "
    )


def test_named_zones_that_the_account_lacks_end_the_preview() -> None:
    with pytest.raises(pulumi.RunError, match="this account has no us-east-1f"):
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1f"]), IDS, {})


@pytest.mark.parametrize(
    ("tier", "asked"),
    [
        ("mvp", [("aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings", "t4g.micro")]),
        ("startup", [("aws:rds/getOrderableDbInstance:getOrderableDbInstance", "db.t4g.micro")]),
    ],
)
def test_aws_is_asked_only_for_what_the_stack_has(build: Build, tier: str, asked: list[tuple[str, str]]) -> None:
    sections = {"edge": {"domain": "a.example.com"}, "observability": {"alarmEmails": ["a@example.com"]}}
    config = {"ascent:tier": tier, **{f"ascent:{key}": json.dumps(value) for key, value in sections.items()}}
    stack = resolve(config, stack="dev", project="shop").settings
    seen: list[tuple[str, str]] = []

    with patch.object(AwsMocks, "call", answering(seen)):
        build(lambda: zones.check_zones(stack, aws.Provider("aws")))
    assert sorted(set(seen)) == sorted([*asked, ("aws:index/getAvailabilityZones:getAvailabilityZones", "")])


def answering(seen: list[tuple[str, str]]) -> Callable[..., tuple[dict[str, Any], list[tuple[str, str]]]]:
    """The mocks' look-ups; what was looked up, with the type or class, goes into `seen`."""
    answer = AwsMocks.call

    def call(self: AwsMocks, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        named = {one["name"]: one["values"][0] for one in args.args.get("filters") or ()}
        seen.append((args.token, args.args.get("instanceClass") or named.get("instance-type", "")))
        return answer(self, args)

    return call


def test_zones_that_have_all_say_nothing() -> None:
    with patch.object(pulumi.log, "warn") as warn:
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1c"]), IDS, {})
    warn.assert_not_called()
