"""Partly known values: known text and the sources of the rest, and never a piece of a marker."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.plan.config import StackConfig
from ascent.plan.model import PARTLY_KNOWN_SIGNATURE, SIGNATURE_KEY, UNKNOWN, Plan, partly
from ascent.plan.partly.marks import Marks, Style
from ascent.plan.partly.record import record_partly
from ascent.plan.record import record
from ascent.plan.serialize import from_json, to_json
from ascent.verdicts.judge import facts_of
from policies.pack.facts import UNKNOWN as OPEN
from policies.pack.facts.documents import document

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = Path(__file__).parent / "programs" / "partly"
BUCKET = "urn:pulumi:test::partly::aws:s3/bucket:Bucket::bucket"
ARN = (BUCKET, "arn")
CONFIG = {"aws:region": "us-east-1"}
OPAQUE = (
    *("constant", "length", "branch", "split", "slice", "first", "lower", "upper", "reversed"),
    *("base64", "hash", "number", "secret", "count", "joined"),
)


def config(directory: Path = PROGRAM) -> StackConfig:
    return StackConfig(
        project="partly", stack="test", directory=directory, values=CONFIG, secret_keys=frozenset(), environments=()
    )


@cache
def plan() -> Plan:
    return record_partly(config()).plan


def known_of(name: str) -> Mapping[str, Any]:
    return next(r.partly_known for r in plan().resources if r.name == name)


def test_nothing_but_what_is_partly_known_differs_from_a_preview() -> None:
    plain = record(PROGRAM, "partly", "test", CONFIG).plan
    assert [r.urn for r in plan().resources] == [r.urn for r in plain.resources]
    assert [dict(r.inputs) for r in plan().resources] == [dict(r.inputs) for r in plain.resources]
    assert plan().outputs == plain.outputs


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("concat", [ARN, "/*"]),
        ("json", ['{"Resource": ["', ARN, '", "literal"], "Effect": "Allow"}']),
        ("all", [ARN, " and ", (BUCKET, "id")]),
        ("apply", ['{"Resource": "', ARN, '"}']),
        ("look-up", ["arn:aws:iam::", ("aws:index/getCallerIdentity:getCallerIdentity", "accountId"), ":root"]),
    ],
)
def test_text_around_outputs_is_known(name: str, parts: list[Any]) -> None:
    assert known_of(name) == {"policy": partly(parts)}


@pytest.mark.parametrize("name", OPAQUE)
def test_what_is_computed_from_an_output_stays_unknown(name: str) -> None:
    assert known_of(name) == {}


def test_objects_keep_their_structure_unless_a_key_is_an_output() -> None:
    of = partly(["bucket ", ARN])
    assert known_of("key") == {}
    assert known_of("value") == known_of("inner") == {"tags": {"of": of, "kept": "text"}}


def test_no_marker_and_no_secret_is_in_a_plan() -> None:
    text = to_json(plan()).lower()
    pieces = [piece for style in Style for piece in (style.core, style.value[1].lower())]
    assert [piece for piece in (*pieces, "000000000000", "hidden-plaintext") if piece in text] == []


def test_plans_with_partly_known_values_are_read_back() -> None:
    assert from_json(to_json(plan())) == plan()
    assert to_json(record_partly(config()).plan) == to_json(plan())


def test_programs_that_fail_with_markers_only_keep_whole_unknowns(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(
        "import pulumi\nimport pulumi_aws as aws\n"
        "bucket = aws.s3.Bucket('bucket')\n"
        "def again(arn):\n    raise SystemExit(3)\n"
        "aws.sqs.Queue('queue', name=bucket.arn.apply(again), tags={'of': pulumi.Output.concat('x', bucket.arn)})\n"
    )
    queue = record_partly(config(tmp_path)).plan.resources[-1]
    assert queue.partly_known == {}
    assert queue.inputs["name"] == UNKNOWN


def test_markers_are_told_from_text_that_only_looks_like_a_piece_of_one() -> None:
    marks = Marks(Style.ARN)
    marker = marks.mark("urn:x", "arn")
    assert marks.parts(f"a{marker}b") == ["a", ("urn:x", "arn"), "b"]
    assert marks.parts(f"a{marker}{marker[-3:]}") is not None
    assert marks.parts(marker[10:]) is None
    assert marks.parts(marker.upper()) is None


def test_documents_have_unknown_leaves() -> None:
    facts = {resource.name: resource for resource in facts_of(plan()).resources}
    assert document(facts["json"], "policy") == {"Resource": [OPEN, "literal"], "Effect": "Allow"}
    assert document(facts["apply"], "policy") == {"Resource": OPEN}
    assert document(facts["concat"], "policy") is OPEN
    assert document(facts["hash"], "policy") is OPEN


def test_plans_name_the_source_in_json() -> None:
    written = json.loads(to_json(plan()))
    found = next(r for r in written["resources"] if r["name"] == "concat")["partlyKnown"]["policy"]
    hole = {"source": BUCKET, "output": "arn"}
    assert found == {SIGNATURE_KEY: PARTLY_KNOWN_SIGNATURE, "parts": [hole, "/*"]}
