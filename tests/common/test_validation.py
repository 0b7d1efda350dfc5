"""The translator: every error of pydantic as a problem with place, value, what is allowed and fix."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from common.problems import RefusedError
from common.validation import Translation, fields_at
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from pathlib import Path


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Wheel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int = Field(ge=1, le=30, strict=True)
    name: str = Field(default="", alias="wheelName", max_length=5)


class Car(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: Colour = Field(default=Colour.RED, description="what it looks like")
    owner: str = Field(description="who drives it")
    wheels: tuple[Wheel, ...] = Field(default=(), max_length=4)
    spare: dict[str, Wheel] = {}
    sold: date | None = None
    plate: str = Field(default="A1", pattern="^[A-Z]+[0-9]+$")
    seats: int = Field(default=4, gt=0, lt=10)
    code: str = Field(default="", min_length=0)
    key: str = "k"

    @field_validator("key")
    @classmethod
    def _turns(cls, key: str) -> str:
        if key == "own":
            raise RefusedError("it turns nothing", "file it")
        if key == "plain":
            raise ValueError("it is too plain")
        return key


def lines(content: Any, **more: Any) -> list[str]:  # noqa: ANN401 - any content
    with pytest.raises(ValidationError) as error:
        Car.model_validate(content)
    return [problem.line("car.yaml") for problem in Translation(model=Car, **more).problems(error.value)]


FIELDS = "colour, owner, wheels, spare, sold, plate, seats, code, key"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ({}, "owner is missing: who drives it; add it"),
        ({"color": "red"}, f"color is not a field: fields here are {FIELDS}; write colour"),
        ({"zzz": 1}, f"zzz is not a field: fields here are {FIELDS}; remove it"),
        ({7: 1}, f"7 is not a field: fields here are {FIELDS}; remove it"),
        ({"colour": "gren"}, 'colour is "gren": must be one of red, green; for example colour: green'),
        ({"wheels": [{"size": 0}]}, "wheels[0].size is 0: must be at least 1; for example wheels[0].size: 1"),
        ({"wheels": [{"size": 31}]}, "wheels[0].size is 31: must be at most 30; for example wheels[0].size: 30"),
        ({"wheels": [{"size": 1}, {"size": "2"}]}, 'wheels[1].size is "2": must be a whole number; correct it'),
        ({"wheels": [{"size": True}]}, "wheels[0].size is true: must be a whole number; correct it"),
        ({"wheels": [{}]}, "wheels[0].size is missing: it must be given; add it"),
        (
            {"wheels": [{"size": 1, "wheelNam": "x"}]},
            "wheels[0].wheelNam is not a field: fields here are size, wheelName; write wheelName",
        ),
        (
            {"wheels": [{"size": 1, "wheelName": "longer"}]},
            'wheels[0].wheelName is "longer": must be at most 5 characters long; correct it',
        ),
        ({"wheels": [3]}, "wheels[0] is 3: must be an object of fields; correct it"),
        ({"wheels": 3}, "wheels is 3: must be a list; correct it"),
        ({"spare": {"left": {"size": 0}}}, "spare.left.size is 0: must be at least 1; for example spare.left.size: 1"),
        ({"spare": []}, "spare is []: must be an object; correct it"),
        ({"plate": "1A"}, 'plate is "1A": must match ^[A-Z]+[0-9]+$; correct it'),
        ({"seats": 0}, "seats is 0: must be more than 0; correct it"),
        ({"seats": 10}, "seats is 10: must be less than 10; correct it"),
        ({"key": 3}, "key is 3: must be text; correct it"),
        ({"key": "plain"}, 'key is "plain": it is too plain; correct it'),
        ({"key": "own"}, 'key is "own": it turns nothing; file it'),
    ],
)
def test_an_error_is_said_in_words_of_the_file(content: dict[Any, Any], line: str) -> None:
    given = content if content == {} else {"owner": "me", **content}
    assert lines(given) == [f"car.yaml: {line}"]


def test_too_many_entries_and_no_object_at_all() -> None:
    assert lines({"owner": "me", "wheels": [{"size": 1}] * 5})[0].endswith("must have at most 4 entries; correct it")
    assert lines("text") == ['car.yaml: the file is "text": must be an object of fields; correct it']


def test_one_place_has_one_problem() -> None:
    """pydantic names each kind that a value is not."""
    assert len([line for line in lines({"owner": "me", "sold": []}) if "sold" in line]) == 1


def test_the_input_has_its_words_its_place_and_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "car.yaml"
    path.write_text(
        "cars:\n  - owner: me\n    wheels:\n      - size: 1\n      - size: 0\n    zzz: 1\n", encoding="utf-8"
    )
    content, rows = read_with_rows(path)
    said = lines(content["cars"][0], root="cars[0]", noun="part", fix="ask", rows=rows, within=("cars", 0))
    assert said == [
        "car.yaml:5: cars[0].wheels[1].size is 0: must be at least 1; for example cars[0].wheels[1].size: 1",
        f"car.yaml:6: cars[0].zzz is not a part: parts here are {FIELDS}; remove it",
    ]


def test_a_value_that_breaks_a_line_or_is_long_does_not() -> None:
    (line,) = lines({"owner": "me", "plate": "a\n" + "b" * 100})
    assert "\n" not in line
    assert len(line) < 150


def test_what_hides_itself_stays_hidden() -> None:
    class Sealed:
        def __str__(self) -> str:
            return "[secret]"

    assert lines({"owner": Sealed()}) == ['car.yaml: owner is "[secret]": must be text; correct it']
    assert "hunter2" not in "".join(lines({"owner": {"plain": Sealed()}}))


@pytest.mark.parametrize(
    ("location", "fields"),
    [((), FIELDS), (("wheels", 0), "size, wheelName"), (("spare", "left"), "size, wheelName"), (("plate",), FIELDS)],
)
def test_the_fields_at_a_place(location: tuple[int | str, ...], fields: str) -> None:
    assert ", ".join(fields_at(Car, location)) == fields
