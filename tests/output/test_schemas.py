"""The published schemas are those of the classes that read and write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for

from ascent.cost.usage.profiles import SHIPPED
from ascent.output.schemas import DIRECTORY, schemas, text_of
from common.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name.removesuffix(".schema.json") for path in DIRECTORY.iterdir())


def test_every_schema_is_published_and_no_other() -> None:
    assert list(schemas()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_published_schema_is_what_the_classes_give(name: str) -> None:
    text = (DIRECTORY / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == text_of(schemas()[name]), "run python -m ascent.output.schemas"
    schema = json.loads(text)
    validator_for(schema).check_schema(schema)
    assert schema["description"]
    assert schema["additionalProperties"] is False


def errors(name: str, value: Any) -> list[str]:  # noqa: ANN401 - any JSON value
    schema = schemas()[name]
    return [error.message for error in validator_for(schema)(schema).iter_errors(value)]


def test_the_shipped_files_keep_to_their_schemas() -> None:
    for usage in read_yaml(SHIPPED).values():
        assert errors("usage", usage) == []
    assert errors("probe-about", read_yaml(ROOT / "app" / "probe.yaml")) == []
    assert errors("attestations", read_yaml(ROOT / "docs" / "attestations.yaml")) == []


@pytest.mark.parametrize(
    "usage", [{"request": 1}, {"requests": "many"}, {"requests": {"low": 1}}, {"loadPercent": 101}, {"natGb": -1}]
)
def test_a_wrong_usage_breaks_its_schema(usage: dict[str, Any]) -> None:
    assert errors("usage", usage)


def test_an_amount_may_be_written_in_three_ways() -> None:
    written = {"requests": 5, "egressGb": "5_000_000", "natGb": {"low": 1, "expected": 2.5, "high": "1_000"}}
    assert errors("usage", written) == []
