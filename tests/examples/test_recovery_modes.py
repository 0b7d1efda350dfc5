"""The example stack of each recovery mode: it plans, keeps the mandatory rules, and stands where it says.

Not proven: that AWS has room for it in the second region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.plan.check import problems
from ascent.plan.config import read_stack
from ascent.plan.record import record
from ascent.verdicts.judge import judge
from policies.pack import types
from policies.pack.levels import Level
from policies.pack.verdict import Status
from settings.enums import SecondRegion
from settings.load import resolve
from tests.stacks.planning import ROOT

if TYPE_CHECKING:
    from ascent.plan.config import StackConfig
    from ascent.plan.model import Plan

MODES: Final = [mode for mode in SecondRegion if mode is not SecondRegion.OFF]


@pytest.fixture(scope="module", params=MODES)
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> StackConfig:
    """The example as a stack of a project beside the repository's program."""
    name = request.param.replace("_", "-")
    place = tmp_path_factory.mktemp(name)
    (place / "Pulumi.yaml").write_text(f"name: ascent\nruntime: python\nmain: {ROOT}\n")
    text = (ROOT / "examples" / "stacks" / f"{name}.yaml").read_text(encoding="utf-8")
    (place / f"Pulumi.{name}.yaml").write_text(text)
    return read_stack(place, name)


@pytest.fixture(scope="module")
def mode(stack: StackConfig) -> SecondRegion:
    return resolve(stack.values, stack=stack.stack, project=stack.project).settings.resilience.second_region.mode


@pytest.fixture(scope="module")
def plan(stack: StackConfig) -> Plan:
    recording = record(stack.directory, stack.project, stack.stack, stack.values, keep_modules=True)
    assert problems(recording.plan, recording.reads) == []
    return recording.plan


def test_each_example_is_called_after_its_mode(stack: StackConfig, mode: SecondRegion) -> None:
    assert stack.stack == mode.replace("_", "-")


def test_no_mandatory_rule_is_broken(plan: Plan) -> None:
    bad = [r for r in judge(plan).results if r.level is Level.MANDATORY and r.verdict.status is Status.FAIL]
    assert [(r.verdict.rule, r.verdict.urn) for r in bad] == []


def test_what_stands_in_the_second_region(plan: Plan, mode: SecondRegion) -> None:
    there = [one for one in plan.resources if "-r2-" in one.urn.rpartition("::")[2]]
    services = [one for one in there if one.type == types.ECS_SERVICE]
    assert bool(there) is mode.stands
    assert [one.inputs["desiredCount"] > 0 for one in services] == ([mode.serves] if mode.stands else [])
    assert bool([one for one in there if one.type == types.DYNAMODB_TABLE_REPLICA]) is mode.stands


def test_requests_find_one_region_or_the_nearest(plan: Plan, mode: SecondRegion) -> None:
    records = [one.inputs for one in plan.by_type[types.ROUTE53_RECORD] if one.inputs.get("aliases")]
    if not mode.stands:
        assert ["setIdentifier" in one for one in records] == [False]
        return
    assert sorted(one["setIdentifier"] for one in records) == ["us-east-1", "us-west-2"]
    nearest = mode is SecondRegion.ACTIVE_ACTIVE
    assert all(("latencyRoutingPolicies" in one) is nearest for one in records)
    checks = [one for one in plan.by_type.get(types.ROUTE53_HEALTH_CHECK, ()) if one.urn.endswith("-home-check")]
    assert len(checks) == (0 if nearest else 1)


def test_all_of_it_has_a_price(plan: Plan) -> None:
    found = cost_of(plan, load_prices())
    assert found is not None
    for token in (types.DYNAMODB_TABLE_REPLICA, types.RDS_INSTANCE_AUTOMATED_BACKUPS_REPLICATION):
        urns = {one.urn for one in plan.by_type.get(token, ())}
        assert all(bill.charges for bill in found.estimate.bills if bill.urn in urns)
