"""What an account needs once is asked of the stack that answers for the account, and advised to others."""

from __future__ import annotations

import pytest

from policies.pack import types
from policies.pack.evaluate import Result, evaluate
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.rule import StackRule
from policies.pack.verdict import Status
from tests.policies.building import Made, facts, of

ACCOUNT_RULES = [rule for rule in RULES.values() if rule.account]

BUCKET = of(types.S3_BUCKET, "bucket")


def result(rule: str, *resources: Made) -> Result:
    [found] = evaluate(facts(*resources)).by_rule()[rule]
    return found


def test_there_are_rules_about_the_account_and_each_is_about_the_stack_as_a_whole() -> None:
    assert len(ACCOUNT_RULES) >= 9
    assert all(isinstance(rule, StackRule) for rule in ACCOUNT_RULES)


def test_a_foreign_stack_without_a_budget_is_advised() -> None:
    found = result("budget-notifies", BUCKET)
    assert (found.verdict.status, found.level) == (Status.FAIL, Level.ADVISORY)
    assert not found.stops_deployment


def test_a_foreign_stack_with_a_budget_answers_for_it() -> None:
    found = result("budget-notifies", BUCKET, of(types.BUDGETS_BUDGET, "budget"))
    assert (found.verdict.status, found.level) == (Status.FAIL, Level.MANDATORY)


@pytest.mark.parametrize("rule", [r.id for r in ACCOUNT_RULES if r.id != "inspector-enabled"])
def test_an_own_stack_owes_all_of_it(rule: str) -> None:
    own = Made("ascent:network:Network", "network", {})
    assert result(rule, BUCKET, own).level is RULES[rule].level("enterprise")


def test_other_rules_are_as_strict_in_foreign_stacks() -> None:
    assert result("rds-not-public", of(types.RDS_INSTANCE, "db", publiclyAccessible=True)).level is Level.MANDATORY
