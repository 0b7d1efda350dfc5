"""No rule raises, whatever JSON stands in the properties it reads."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.checklist.registry import RULES
from policies.checklist.verdict import Status
from tests.policies.building import Made, U, facts, secret
from tests.policies.rule_cases import ALL_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(U)
KEYS = st.sampled_from(["Statement", "Effect", "Action", "Principal", "AWS", "name", "value", "tags", "key"])
WIRE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=3) | inner.map(secret)
    ),
    max_leaves=6,
)
VALUES = WIRE | WIRE.map(json.dumps) | st.just("{") | st.just("[" * 100_000)
"""Any property's value, documents and broken ones included."""


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """All places in a JSON value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*here, key)
        yield from paths(child, (*here, key))


def planted(value: object, path: Path, new: object) -> object:
    """The value with something else in one place."""
    if not path:
        return new
    held = copy.copy(value)
    assert isinstance(held, dict | list)
    held[path[0]] = planted(held[path[0]], path[1:], new)  # ty: ignore[invalid-argument-type, invalid-assignment]
    return held


def opened(props: object) -> object:
    """Properties with the documents in them as objects, so that values can be planted inside."""
    if not isinstance(props, dict):
        return props
    return {k: json.loads(v) if isinstance(v, str) and v.startswith(("{", "[")) else v for k, v in props.items()}


PLACES = {
    rule: [
        (case, index, path)
        for case in ALL_CASES
        if case.rule == rule
        for index, made in enumerate(case.resources)
        for path in paths(opened(made.props))
    ]
    for rule in RULES
}


@pytest.mark.parametrize("rule", [r for r in RULES if PLACES[r]])
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_value_makes_a_rule_raise(rule: str, data: st.DataObject) -> None:
    case, index, path = data.draw(st.sampled_from(PLACES[rule]))
    made = case.resources[index]
    props = planted(opened(made.props), path, data.draw(VALUES))
    assert isinstance(props, dict)
    changed: Made = replace(made, props=props)
    stack = facts(*case.resources[:index], changed, *case.resources[index + 1 :])

    verdicts = list(RULES[rule].judge(stack))

    assert [v for v in verdicts if v.status is Status.ERROR] == []
    assert all(v.found and (v.wanted or v.status is Status.PASS) for v in verdicts)


def test_the_places_reach_into_documents() -> None:
    assert any(len(path) >= 4 for *_, path in PLACES["s3-tls-only"])
    assert sum(map(len, PLACES.values())) > 500
