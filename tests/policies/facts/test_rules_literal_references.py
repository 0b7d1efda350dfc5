"""Every rule that joins resources answers the same where references are written as ids or ARNs and none is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.pack.engine.wire import Deployed, facts_from_wire
from policies.pack.facts import StackFacts
from policies.pack.registry import RULES
from policies.pack.rule import JoinedRule, StackRule
from tests.policies.building import PROJECT, STACK, Case, Made, Ref, wire
from tests.policies.rule_cases import ALL_CASES

FORMS = ("id", "arn")


def literal(form: str, name: str) -> str:
    """How the resource `name` is written; made up, because what counts is that it is the same in both places."""
    return f"id-{name}" if form == "id" else f"arn:aws:any:eu-west-1:123456789012:{name}"


def written_out(made: Made, form: str, known: set[str]) -> Made:
    """A resource with each reference to another of its stack as a literal."""
    props = {
        key: literal(form, value.names[0])
        if isinstance(value, Ref) and len(value.names) == 1 and value.names[0] in known
        else [literal(form, name) for name in value.names]
        if isinstance(value, Ref) and value.names and set(value.names) <= known
        else value
        for key, value in made.props.items()
    }
    return replace(made, props=props)


def deployed(form: str, *resources: Made, tier: str) -> StackFacts:
    """A stack of which each resource's id and ARN are known, and no dependency is recorded."""
    names = {r.name for r in resources}
    found = wire(*(written_out(r, form, names) for r in resources))
    for one in found:
        one.dependencies, one.property_dependencies = (), {}
    known = {r.urn: Deployed(literal("id", r.name), {"arn": literal("arn", r.name)}) for r in resources}
    return facts_from_wire(found, project=PROJECT, stack=STACK, tier=tier, deployed=known)


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
