"""Every plan query, on stacks that answer it and on stacks that do not."""

from __future__ import annotations

import pytest

from ascent.readiness.model import Status
from ascent.readiness.queries import QUERIES
from ascent.readiness.query import Query, collect
from tests.policies.building import facts
from tests.readiness.query_cases import CASES
from tests.readiness.query_cases.case import QueryCase


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answer(case: QueryCase) -> None:
    stack = facts(*case.resources, tier=case.tier)
    answer = QUERIES[case.query].ask(stack)
    assert answer.status is case.wanted, answer.found
    assert answer.found
    assert "\n" not in answer.found
    known = {resource.urn for resource in stack.resources}
    assert set(answer.urns) <= known
    if case.wanted is not Status.UNMET:
        assert answer.urns, "what is met or open names its resources"


def test_every_query_has_a_stack_that_answers_it_and_one_that_does_not() -> None:
    for wanted in (Status.MET, Status.UNMET):
        assert {case.query for case in CASES if case.wanted is wanted} == set(QUERIES)


def test_every_query_says_what_it_looks_for() -> None:
    for query in QUERIES.values():
        assert query.title[0].isupper()
        assert not query.title.endswith(".")
        assert query.ask.__doc__


def test_an_id_may_stand_once() -> None:
    module = type(pytest)("two")
    first = next(iter(QUERIES.values()))
    vars(module).update(a=first, b=Query(first.id, "Again", first.ask))
    with pytest.raises(ValueError, match="a second query has the id"):
        collect([module])
