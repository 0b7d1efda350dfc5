"""Breaking a mandatory rule never raises a score: by resources that go or change, by settings, by waivers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascent.readiness.assess import score_of
from ascent.readiness.model import Status
from ascent.readiness.prove import broken_rules
from policies.pack.evaluate import Report
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.verdict import Status as Verdict
from policies.pack.waivers import Waiver
from tests.readiness.honesty.gaming import assessed, honest, known, shipped, waivers
from tests.readiness.readiness_things import TODAY, result
from tests.stacks.planning import SHIPPED, merged, planned, smallest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan
    from ascent.readiness.assess import Readiness

GONE = object()
"""In place of a value: the property is left out."""
CRITICAL = 8


def others(value: object) -> list[Any]:
    """What a value could be instead."""
    if isinstance(value, bool):
        return [GONE, not value]
    if isinstance(value, int | float):
        return [GONE, 0, 1, value * 100]
    if isinstance(value, str):
        return [GONE, "", "x"]
    return [GONE, type(value)()] if isinstance(value, dict | list) else [GONE]


def places(value: object, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Keys and positions that lead to each value within another."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for key, inner in entries:
        yield (*above, key)
        yield from places(inner, (*above, key))


def put(value: Any, place: tuple[Any, ...], new: object) -> Any:  # noqa: ANN401 - any JSON value
    """A value with another one at a place in it."""
    if not place:
        return new
    key, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is GONE and not rest:
        copy.pop(key)
    else:
        copy[key] = put(value[key], tuple(rest), new)
    return copy


def at(value: Any, place: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any JSON value
    for key in place:
        value = value[key]
    return value


@cache
def changeable(stack: str) -> list[tuple[int, tuple[Any, ...]]]:
    """Resources of AWS, and the places of their properties; an empty place is the resource itself."""
    resources = shipped(stack).resources
    mine = [(n, r) for n, r in enumerate(resources) if r.type.startswith("aws:")]
    return [(n, place) for n, r in mine for place in [(), *places(r.inputs)]]


@st.composite
def changes(draw: st.DrawFn, most: int) -> tuple[str, Plan]:
    """A shipped stack, and a plan of it in which something is otherwise."""
    stack = draw(st.sampled_from(SHIPPED))
    plan = shipped(stack)
    resources: list[Any] = list(plan.resources)
    for number, place in draw(st.lists(st.sampled_from(changeable(stack)), min_size=1, max_size=most)):
        resource = resources[number]
        if resource is None:
            continue
        if not place:
            resources[number] = None
            continue
        try:
            new = draw(st.sampled_from(others(at(resource.inputs, place))))
            resources[number] = replace(resource, inputs=put(resource.inputs, place, new))
        except (KeyError, IndexError, TypeError):
            continue
    return stack, replace(plan, resources=tuple(r for r in resources if r is not None))


def not_above(after: Readiness, before: Readiness) -> bool:
    return after.score.earned * before.score.possible <= before.score.earned * after.score.possible


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes(most=4))
def test_a_change_that_breaks_a_mandatory_rule_never_raises_a_score(change: tuple[str, Plan]) -> None:
    stack, plan = change
    after = assessed(plan)
    if after.broken:
        assert not_above(after, honest(stack)), after.broken


WORSE: list[tuple[str, dict[str, Any]]] = [
    ("production", {"security": {"customerManagedKeys": ["data", "logs"]}}),
    ("production", {"security": {"customerManagedKeys": []}}),
    ("production", {"network": {"nat": "single"}}),
    ("production", {"network": {"interfaceEndpoints": []}}),
    ("production", {"edge": {"waf": False}}),
    ("production", {"edge": {"waf": False, "ingress": "cloudfront"}}),
    ("production", {"compute": {"minCount": 1}}),
    ("production", {"compute": {"placement": "public"}}),
    ("production", {"data": {"postgres": {"multiAz": False}}}),
    ("production", {"resilience": {"weeklyRetentionDays": 7}, "edge": {"ingress": "cloudfront"}}),
    ("production", {"resilience": {"protect": False}}),
    ("startup", {"compute": {"placement": "public"}, "network": {"nat": "none"}}),
    ("enterprise", {"security": {"customerManagedKeys": ["data"]}}),
]
"""Settings that break mandatory rules, some of them together with one that meets an item."""


@pytest.mark.parametrize(("tier", "change"), WORSE, ids=str)
def test_a_setting_that_breaks_a_mandatory_rule_never_raises_a_score(tier: str, change: dict[str, Any]) -> None:
    before = assessed(planned(smallest(tier)))
    after = assessed(planned(merged(smallest(tier), change)))
    assert set(after.broken) - set(before.broken)
    assert not_above(after, before)
    assert after.score.earned < before.score.earned


def test_a_waiver_lets_deploy_and_brings_no_point() -> None:
    plan = planned(merged(smallest("production"), {"data": {"postgres": {"multiAz": False}}}))
    before = assessed(plan)
    waiver = Waiver(rule="rds-multi-az", urn="*", reason="dear", owner="team", expires=TODAY)
    after = assessed(plan, book=replace(waivers(), in_force=(waiver,)))
    assert "rds-multi-az" in after.broken
    assert after.score == before.score
    assert {j.status for j in after.items if j.item.number in (71, 73)} <= {Status.WAIVED, Status.UNMET}


def test_each_broken_rule_takes_what_the_heaviest_item_brings() -> None:
    items = honest("prod").items
    earned = score_of(items).earned
    for count in (0, 1, 3):
        score = score_of(items, [f"rule-{n}" for n in range(count)])
        assert (score.earned, score.taken) == (earned - CRITICAL * count, CRITICAL * count)
    assert score_of(items, [f"rule-{n}" for n in range(1000)]).earned == 0


def test_only_mandatory_rules_that_fail_are_broken() -> None:
    failed = result("rds-multi-az", Verdict.FAIL)
    found = [
        failed,
        failed,
        result("rds-force-tls", Verdict.FAIL, waived=True),
        result("alb-multi-az", Verdict.ERROR),
        replace(result("nat-per-az", Verdict.FAIL), level=Level.ADVISORY),
        result("kms-rotation", Verdict.UNKNOWN),
        result("s3-versioning", Verdict.PASS),
    ]
    assert broken_rules(Report(results=tuple(found))) == ("rds-multi-az", "rds-force-tls", "alb-multi-az")


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_shipped_stacks_break_nothing(stack: str) -> None:
    assert honest(stack).broken == ()
    assert honest(stack).score.taken == 0


@pytest.mark.parametrize("rule", ["rds-multi-az", "waf-associated", "sns-encrypted"])
def test_a_broken_rule_takes_points_from_its_area_and_phase(rule: str) -> None:
    before = honest("prod")
    after = replace(before, broken=(rule,))
    assert after.score.earned == before.score.earned - CRITICAL
    homes = [n for n, j in enumerate(before.items) if rule in j.item.proof.rules]
    area = before.items[homes[0]].item.area if homes else None
    for name, score in after.by_area.items():
        assert score.earned == before.by_area[name].earned - (CRITICAL if name == area else 0), name


def without(plan: Plan, *words: str) -> Plan:
    """A plan without the resources whose type holds a word."""
    return replace(plan, resources=tuple(r for r in plan.resources if not any(word in r.type for word in words)))


@pytest.mark.parametrize("stack", SHIPPED)
def test_what_runs_nothing_answers_for_what_it_should_run(stack: str) -> None:
    """Without any compute no item on compute stops counting, so that taking it away brings nothing."""
    bare = without(shipped(stack), "aws:ecs/", "aws:autoscaling/", "aws:ec2/launchTemplate", "aws:appautoscaling/")
    after, before = assessed(bare), honest(stack)
    assert not_above(after, before)
    gone = {j.item.number for j in before.items if j.counts} - {j.item.number for j in after.items if j.counts}
    assert gone == set()


@pytest.mark.parametrize("stack", SHIPPED)
@pytest.mark.parametrize(
    "layer", ["aws:rds/", "aws:wafv2/", "aws:backup/", "aws:kms/", "aws:cloudwatch/", "aws:budgets/"]
)
def test_taking_a_service_away_never_raises_a_score(stack: str, layer: str) -> None:
    assert not_above(assessed(without(shipped(stack), layer)), honest(stack))


@pytest.mark.parametrize("stack", SHIPPED)
def test_more_of_the_same_brings_nothing(stack: str) -> None:
    """A second copy of every alarm, log group and bucket meets no further item."""
    plan = shipped(stack)
    words = ("metricAlarm", "logGroup", "s3/bucket:", "dashboard")
    copies = [
        replace(r, urn=f"{r.urn}-2", name=f"{r.name}-2") for r in plan.resources if any(w in r.type for w in words)
    ]
    assert copies
    assert not_above(assessed(replace(plan, resources=(*plan.resources, *copies))), honest(stack))


def test_levels_are_those_of_the_tier() -> None:
    report = known("prod")[1]
    assert all(RULES[r.verdict.rule].level("production") is r.level for r in report.results)
