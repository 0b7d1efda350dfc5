"""Every rule against its cases, and every rule has some of each kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from common.layers import LAYERS
from policies.pack import rules
from policies.pack.levels import TIERS, Level
from policies.pack.registry import RULES, collect, modules
from policies.pack.rule import ResourceRule, Rule, StackRule
from policies.pack.rules import vpc
from policies.pack.verdict import Status
from tests.policies.building import Case, facts
from tests.policies.rule_cases import ALL_CASES

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts


@pytest.mark.parametrize("case", ALL_CASES, ids=str)
def test_rule_judges_its_case(case: Case) -> None:
    rule, stack = RULES[case.rule], facts(*case.resources, tier=case.tier)
    subject = stack.urn if isinstance(rule, StackRule) else case.resources[0].urn

    verdicts = [v for v in rule.judge(stack) if v.urn == subject]

    assert [v.status for v in verdicts] == ([] if case.expected is None else [case.expected])


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_passing_a_failing_and_an_unknown_case(rule: str) -> None:
    assert {c.kind for c in ALL_CASES if c.rule == rule} >= {"pass", "fail", "unknown"}


def test_cases_name_existing_rules() -> None:
    assert {c.rule for c in ALL_CASES} == set(RULES)


def test_every_layer_has_several_rules() -> None:
    for layer in LAYERS:
        assert sum(r.layer == layer for r in RULES.values()) >= 5, layer


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_says_what_people_need_to_know(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    assert rule.layer in LAYERS
    assert rule.on
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert all(" " in anchor for anchor in rule.anchors), "an anchor is a framework and an id"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_grows_stricter_with_the_tier(rule: Rule) -> None:
    order = [Level.DISABLED, Level.ADVISORY, Level.MANDATORY]
    ranks = [order.index(rule.level(tier)) for tier in TIERS]
    assert ranks == sorted(ranks)
    assert rule.level("no-such-tier") is rule.level("enterprise")


def test_a_second_rule_with_the_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="a second rule has the id 'vpc-flow-logs'"):
        collect([*modules(rules), vpc])


def test_a_rule_that_raises_is_an_error_and_hides_nothing() -> None:
    def broken(resource: ResourceFacts) -> None:
        raise KeyError("hunter2")

    rule = RULES["rds-not-public"]
    assert isinstance(rule, ResourceRule)
    case = next(c for c in ALL_CASES if c.rule == rule.id)

    verdicts = list(replace(rule, check=broken).judge(facts(*case.resources)))

    assert [v.status for v in verdicts] == [Status.ERROR]
    assert "KeyError" in verdicts[0].message
    assert "hunter2" not in verdicts[0].message
