"""Experiments: what breaks, what of the stack, and what stops them.

Not proven: that FIS finds what the tags name; that an alarm is fast enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.resilience.experiments import Experiments, ExperimentsArgs
from settings.enums import ComputeKind
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

TEMPLATE = "aws:fis/experimentTemplate:ExperimentTemplate"
TAGS = [{"key": "Project", "value": "shop"}, {"key": "Environment", "value": "dev"}]


def experiments(
    kind: ComputeKind = ComputeKind.FARGATE, *, standby: bool = True, alarms: tuple[str, ...] = ("errors", "latency")
) -> Experiments:
    args = ExperimentsArgs(context=CONTEXT, kind=kind, zone="us-east-1c", standby=standby, stop_alarms=alarms)
    return Experiments("shop-experiments", args)


def test_what_breaks(build: Build) -> None:
    made = build(experiments)
    assert {
        one.name.removeprefix("shop-experiments-"): [action["actionId"] for action in one.inputs["actions"]]
        for one in made.of_type(TEMPLATE)
    } == {
        "stop-task": ["aws:ecs:stop-task"],
        "cut-zone": ["aws:network:disrupt-connectivity"],
        "fail-over-database": ["aws:rds:reboot-db-instances"],
    }


def test_only_what_bears_the_stacks_tags(build: Build) -> None:
    made = build(experiments)
    for one in made.of_type(TEMPLATE):
        for target in one.inputs["targets"]:
            assert target["resourceTags"] == TAGS
            assert "resourceArns" not in target
    said = statements(made.inputs("shop-experiments-run-policy")["policy"])
    for sid in ("StopOne", "FailOver"):
        assert said[sid]["Condition"] == {
            "StringEquals": {"aws:ResourceTag/Project": "shop", "aws:ResourceTag/Environment": "dev"}
        }


def test_each_stops_at_every_alarm_and_does_nothing_where_it_finds_nothing(build: Build) -> None:
    for one in build(experiments).of_type(TEMPLATE):
        stops = one.inputs["stopConditions"]
        assert {stop["source"] for stop in stops} == {"aws:cloudwatch:alarm"}
        assert [stop["value"].rpartition(":")[2] for stop in stops] == ["errors", "latency"]
        assert one.inputs["experimentOptions"]["emptyTargetResolutionMode"] == "fail"


def test_one_zone_alone_is_cut_off(build: Build) -> None:
    (target,) = build(experiments).inputs("shop-experiments-cut-zone")["targets"]
    assert target["parameters"] == {"availabilityZoneIdentifier": "us-east-1c"}


def test_without_a_standby_the_database_stays(build: Build) -> None:
    made = build(lambda: experiments(standby=False))
    assert "shop-experiments-fail-over-database" not in made.children
    assert "FailOver" not in statements(made.inputs("shop-experiments-run-policy")["policy"])


def test_instances_go_one_at_a_time(build: Build) -> None:
    made = build(lambda: experiments(ComputeKind.EC2))
    (target,) = made.inputs("shop-experiments-lose-instance")["targets"]
    assert (target["resourceType"], target["selectionMode"]) == ("aws:ec2:instance", "COUNT(1)")


def test_nothing_is_broken_without_an_alarm(build: Build) -> None:
    with pytest.raises(ValueError, match="without an alarm"):
        build(lambda: experiments(alarms=()))
