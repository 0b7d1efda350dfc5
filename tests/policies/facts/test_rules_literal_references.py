"""Every rule that joins resources answers the same where references are written as ids or ARNs and none is recorded."""

from __future__ import annotations

import pytest

from policies.pack.registry import RULES
from policies.pack.rule import JoinedRule, StackRule
from tests.policies.building import Case, Ref
from tests.policies.effects.literals import FORMS, deployed
from tests.policies.rule_cases import ALL_CASES


def refers(case: Case) -> bool:
    """Whether any resource of a case refers to another of its stack."""
    names = {r.name for r in case.resources}
    return any(
        isinstance(value, Ref) and names & set(value.names) for r in case.resources for value in r.props.values()
    )


JOINED = [
    case
    for case in ALL_CASES
    # What is unknown there is what no literal can be: a value made of several resources, say.
    if isinstance(RULES[case.rule], JoinedRule | StackRule) and refers(case) and case.kind != "unknown"
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", JOINED, ids=str)
def test_a_rule_answers_the_same_to_literals(case: Case, form: str) -> None:
    rule, stack = RULES[case.rule], deployed(form, *case.resources, tier=case.tier)
    subject = stack.urn if isinstance(rule, StackRule) else case.resources[0].urn

    verdicts = [v for v in rule.judge(stack) if v.urn == subject]

    assert [v.status for v in verdicts] == ([] if case.expected is None else [case.expected])


def test_many_rules_are_asked_so() -> None:
    assert len({case.rule for case in JOINED}) > 30
