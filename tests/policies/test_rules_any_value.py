"""No rule raises, whatever JSON stands in the properties it reads and whatever it is told; and none prints a secret."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.pack.facts import Secret
from policies.pack.facts.secret.blotting import secrets_of, without
from policies.pack.policy_file import read_policy_config
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import Made, U, facts, secret
from tests.policies.rule_cases import ALL_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.parameters import Schema

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


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)


def told(rule: str) -> st.SearchStrategy[dict[str, object]]:
    """Any parameters that a rule may be given."""
    return st.fixed_dictionaries({}, optional={p.name: _admitted(p.schema) for p in RULES[rule].parameters})


def _admitted(schema: Schema) -> st.SearchStrategy[object]:
    """Values that a parameter's schema admits."""
    match schema["type"]:
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "array":
            least = schema.get("minItems", 0)
            return st.lists(_admitted(schema["items"]), min_size=least, max_size=4, unique=True)
        case "object":
            return st.dictionaries(WORDS, _admitted(schema["additionalProperties"]), max_size=3)
        case _:
            return st.sampled_from(schema["enum"]) if "enum" in schema else WORDS


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

    verdicts = list(RULES[rule].judge(stack, data.draw(told(rule))))

    assert [v for v in verdicts if v.status is Status.ERROR] == []
    assert all(v.found and (v.wanted or v.status is Status.PASS) for v in verdicts)


@pytest.mark.parametrize("rule", [r for r in RULES if any(RULES[r].parameters)])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_a_rule_is_told_in_these_tests_is_what_it_may_be_told(rule: str, data: st.DataObject) -> None:
    values = data.draw(told(rule))
    assert read_policy_config({rule: values}).values.get(rule, {}).keys() == values.keys()


MARKS = ("hunter2secret", 918273645)
"""A text and a number that occur nowhere else."""


@pytest.mark.parametrize("rule", [r for r in RULES if PLACES[r]])
def test_no_rule_prints_a_secret(rule: str) -> None:
    """Each value of each case in turn becomes a secret: by itself, with all it is part of, and inside a document."""
    for case, index, path in PLACES[rule]:
        made = case.resources[index]
        for mark in MARKS:
            marked = planted(opened(made.props), path, mark)
            alone = planted(opened(made.props), path, secret(mark))
            assert isinstance(marked, dict)
            assert isinstance(alone, dict)
            top = path[0]
            whole = {**marked, top: secret(marked[top])}
            document = {**marked, top: secret(json.dumps(marked[top]))}
            for props in (alone, whole, document):
                changed = replace(made, props=props)
                stack = facts(*case.resources[:index], changed, *case.resources[index + 1 :], tier=case.tier)
                said = repr([*RULES[rule].judge(stack)])
                assert str(mark) not in said
                assert f"{mark:g}" not in said if isinstance(mark, int) else True


def test_without_the_last_line_of_defence_a_secret_would_be_printed() -> None:
    """That test is not vacuous: rules do quote names, and the same value is quoted where it is no secret."""
    definition = json.dumps([{"name": "hunter2secret", "image": "app"}])
    for value, quoted in ((definition, True), (secret(definition), False)):
        task = Made("aws:ecs/taskDefinition:TaskDefinition", "it", {"containerDefinitions": value})
        assert ("hunter2secret" in repr([*RULES["ecs-nonroot"].judge(facts(task))])) is quoted


def test_blotting_out_leaves_other_words_alone() -> None:
    secrets = secrets_of(
        {"a": Secret("1"), "b": Secret('{"k": ["db pass\\nword", 7.0]}'), "c": "open", "d": Secret(True)}
    )
    said = "1 of 10 days, 7 and 17, open, true, 'db pass word', db pass\nword"
    assert without(secrets, said) == ("[secret] of 10 days, [secret] and 17, open, true, '[secret]', [secret]")


def test_the_places_reach_into_documents() -> None:
    assert any(len(path) >= 4 for *_, path in PLACES["s3-tls-only"])
    assert sum(map(len, PLACES.values())) > 500
