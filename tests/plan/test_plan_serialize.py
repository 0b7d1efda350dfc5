"""Plans as JSON: there and back, without plaintexts, in step with the published schema."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from ascent.plan.model import SCHEMA_VERSION, UNKNOWN, Options, Plan, Resource, partly, secret
from ascent.plan.serialize import from_dict, from_json, to_dict, to_json
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.record import Recording

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "plan.schema.json").read_text())
FULL = Resource(
    urn="urn:pulumi:s::p::p:x:C$t:x:T::r",
    type="t:x:T",
    name="r",
    parent="urn:pulumi:s::p::p:x:C::c",
    custom=True,
    provider="urn:pulumi:s::p::pulumi:providers:t::main",
    inputs={"a": [1, 2.5, None, {"b": UNKNOWN}], "é": True},
    dependencies=("urn:pulumi:s::p::t:x:T::q",),
    property_dependencies={"a": ("urn:pulumi:s::p::t:x:T::q",)},
    options=Options(
        protect=True,
        retain_on_delete=True,
        delete_before_replace=True,
        ignore_changes=("a",),
        replace_on_changes=("b",),
        additional_secret_outputs=("c",),
        aliases=("urn:pulumi:s::p::t:x:T::old",),
        import_id="i",
        deleted_with="urn:pulumi:s::p::t:x:T::q",
        custom_timeouts={"create": "40m"},
    ),
    partly_known={"a": [1, 2.5, None, {"b": partly(["text ", ("urn:pulumi:s::p::t:x:T::q", "arn")])}]},
)
PLAN = Plan(project="p", stack="s", tier="mvp", region="eu-west-1", resources=(FULL,), outputs={"x": UNKNOWN})


def check(value: Any) -> None:  # noqa: ANN401 - any JSON value
    assert [f"{error.json_path}: {error.message}" for error in validator_for(SCHEMA)(SCHEMA).iter_errors(value)] == []


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(map(str.capitalize, rest))


def test_there_and_back() -> None:
    assert from_json(to_json(PLAN)) == PLAN


@pytest.mark.parametrize("program", ["options", "values", "network"])
def test_recorded_plans_there_and_back(recorded: Callable[..., Recording], program: str) -> None:
    plan = recorded(program).plan
    read = from_json(to_json(plan))
    assert [r.urn for r in read.resources] == [r.urn for r in plan.resources]
    assert to_json(read) == to_json(plan)
    check(to_dict(plan))
    if program != "values":
        assert read == plan


def test_same_plan_same_bytes() -> None:
    turned = replace(FULL, inputs=dict(reversed(list(FULL.inputs.items()))))
    assert to_json(replace(PLAN, resources=(turned,))) == to_json(PLAN)


def test_schema_names_every_field() -> None:
    own = {camel(f.name) for f in fields(Plan)} | {"schemaVersion"}
    assert set(SCHEMA["properties"]) == set(SCHEMA["required"]) == own
    definitions = SCHEMA["$defs"]
    assert set(definitions["Resource"]["properties"]) == {camel(f.name) for f in fields(Resource)}
    assert set(definitions["Options"]["properties"]) == {camel(f.name) for f in fields(Options)}
    assert SCHEMA["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION


def test_schema_holds_for_a_plan_that_fills_everything() -> None:
    written = to_dict(PLAN)
    check(written)
    assert set(written["resources"][0]) == set(SCHEMA["$defs"]["Resource"]["properties"])
    assert set(written["resources"][0]["options"]) == set(SCHEMA["$defs"]["Options"]["properties"])
    with pytest.raises(AssertionError, match="surprise"):
        check({**written, "surprise": 1})


def test_defaults_are_left_out() -> None:
    bare = Resource(urn="u", type="t", name="n", parent=None, custom=False, inputs={})
    written = to_dict(replace(PLAN, resources=(bare,)))
    assert set(written["resources"][0]) == set(SCHEMA["$defs"]["Resource"]["required"])
    assert from_dict(written).resources == (bare,)


PLAINTEXT = "hunter2-plaintext"
NESTED = st.recursive(
    st.just(secret(PLAINTEXT)) | st.builds(lambda: secret({"deep": [PLAINTEXT]})) | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(value=NESTED)
def test_plaintexts_are_never_written(value: object) -> None:
    resource = replace(FULL, inputs={"a": value})
    text = to_json(replace(PLAN, resources=(resource,), outputs={"b": value}))
    assert PLAINTEXT not in text
    if value == secret(PLAINTEXT):
        assert from_json(text).outputs == {"b": secret(UNKNOWN)}


HEAD = '{"schemaVersion": 1, "project": "p", "stack": "s", "tier": "", "region": "r", "outputs": {}, "resources": '
BARE = '[{"urn": "u", "type": "t", "name": "n", "custom": true, "inputs": {}}]}'


def test_a_bare_plan_is_read() -> None:
    assert from_json(HEAD + BARE).resources[0].type == "t"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"schemaVersion": 1,', "f.json:1:21: not valid JSON: "),
        ("[]", "f.json: not a plan: schemaVersion is missing"),
        ('{"schemaVersion": true}', "f.json: not a plan: schemaVersion is missing"),
        ('{"schemaVersion": 2}', "f.json: has schema version 2, newer than 1"),
        ('{"schemaVersion": 1, "resources": []}', "f.json: project is missing: "),
        (HEAD + '[{"urn": "u"}]}', "f.json: resources[0].type is missing: "),
        (HEAD + "[7]}", "f.json: resources[0] is 7: must be an object of fields; write the plan again with `ascent "),
        (HEAD + "7}", "f.json: resources is 7: must be a list; write the plan again with `ascent plan --out`"),
        (HEAD + BARE.replace("{}", "[]"), "f.json: resources[0].inputs is []: must be an object; "),
        (HEAD + BARE.replace('"t"', "7"), "f.json: resources[0].type is 7: must be text; "),
        (HEAD + BARE.replace('"t"', '"t", "dependencies": [1]'), "f.json: resources[0].dependencies[0] is 1: "),
        ("[" * 100_000, "f.json: is nested too deeply for a plan; "),
    ],
)
def test_what_is_no_plan_is_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text, "f.json")
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_reading_plans_needs_no_sdk() -> None:
    modules = ", ".join(f"ascent.plan.{name}" for name in ("model", "serialize", "check", "config", "awsx"))
    code = f"import sys, {modules}; sys.exit('pulumi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0
