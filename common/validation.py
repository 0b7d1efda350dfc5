"""pydantic's errors as problems: the one translator for everything that people write."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from common.problems import Problem, RefusedError, closest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from common.yaml_text import Rows

Location = tuple[int | str, ...]

_KEY: Final = "[key]"
"""What pydantic puts into the place of a mapping's key that is wrong."""
_UNKNOWN_FIELD: Final = ("extra_forbidden", "unexpected_keyword_argument", "invalid_key")
_MISSING_FIELD: Final = ("missing", "missing_argument", "missing_keyword_only_argument")
_OF_FIELDS: Final = (*_UNKNOWN_FIELD, *_MISSING_FIELD)


@dataclass(frozen=True, kw_only=True)
class Translation:
    """How to say what is wrong with one input.

    Args:
        model: what the input should be, a pydantic model or a dataclass; names the fields that are allowed at a place.
        root: where in the file the input stands, such as `waivers[2]`; empty for the file as a whole.
        noun: what its fields are called.
        fix: what to do where no better fix follows from the value.
        rows: lines of the file's values; None where they are not known.
        within: keys and positions that lead to the input in the file.
    """

    model: type
    root: str = ""
    noun: str = "field"
    fix: str = "correct it"
    rows: Rows | None = None
    within: Location = ()

    def problems(self, error: ValidationError) -> Iterator[Problem]:
        """One problem per place that pydantic refused.

        Args:
            error: what pydantic raised.
        """
        seen: set[str] = set()
        for detail in error.errors(include_url=False):
            problem = self.problem(detail)
            if problem.path not in seen:
                seen.add(problem.path)
                yield problem

    def problem(self, detail: ErrorDetails) -> Problem:
        """One of pydantic's errors as a problem."""
        location, (kind, context, value) = detail["loc"], (detail["type"], detail.get("ctx", {}), detail["input"])
        # Pydantic's mark stands last, after the key; somebody's own key may be called the same.
        of_key = len(location) > 1 and location[-1] == _KEY and kind not in _OF_FIELDS
        if of_key:
            location = location[:-1]
        if kind == "invalid_key":
            location = (*location[:-1], str(location[-1]))
        path = self.path(location)
        row = self.rows.at((*self.within, *location)) if self.rows else None
        if kind in _UNKNOWN_FIELD:
            known = fields_at(self.model, location[:-1])
            near = closest(str(location[-1]), known)
            fix = f"write {near}" if near else "remove it"
            return Problem(path, f"not a {self.noun}", f"{self.noun}s here are {', '.join(known)}", fix, row)
        if kind in _MISSING_FIELD:
            return Problem(path, "missing", self._meaning(location), "add it", row)
        if of_key:
            return Problem(path, repr(location[-1]), _wanted(kind, context, detail["msg"]), "rename the key", row)
        fix = _fix(path.rpartition(": ")[2], kind, context, value) or self.fix
        model = kind in ("model_type", "model_attributes_type", "dataclass_type")
        wanted = f"must be an object of {self.noun}s" if model else _wanted(kind, context, detail["msg"])
        return Problem(path, shown(value), wanted, fix, row)

    def path(self, location: Sequence[int | str]) -> str:
        """A place as its author would name it: `attestations[2].date`."""
        text = self.root
        for part in location:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text and text[-1] not in ": " else part
        return text or "the file"

    def _meaning(self, location: Location) -> str:
        """What a missing field is for, in the words of its description."""
        info = _field_at(self.model, location)
        return info.description if info and info.description else "it must be given"


def fields_at(model: type, location: Sequence[int | str]) -> list[str]:
    """The fields, as they are written, of the model at a place inside another.

    Args:
        model: the model of the whole.
        location: keys and positions that lead to the place; where it leads nowhere, the deepest known model answers.
    """
    for part in location:
        info = _named(model).get(str(part))
        below = _models(info.annotation) if info else []
        if len(below) != 1:
            # A position in a list, a key of a mapping, or a value without fields: the model stays.
            continue
        model = below[0]
    return list(_named(model))


def _field_at(model: type, location: Location) -> FieldInfo | None:
    for part in location[:-1]:
        info = _named(model).get(str(part))
        below = _models(info.annotation) if info else []
        model = below[0] if len(below) == 1 else model
    return _named(model).get(str(location[-1])) if location else None


def _named(model: type) -> dict[str, FieldInfo]:
    """The fields of a model by the names under which they are written."""
    if issubclass(model, BaseModel):
        return {info.alias or name: info for name, info in model.model_fields.items()}
    return {field.name: FieldInfo() for field in fields(model)} if is_dataclass(model) else {}


def _models(annotation: Any) -> list[type]:  # noqa: ANN401 - any annotation
    """The models that an annotation speaks of: itself, or those inside of it."""
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or is_dataclass(annotation)):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]


_KINDS: Final = {
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "finite_number": "a number",
    "bool": "true or false",
    "string": "text",
    "date": "a day as YYYY-MM-DD",
    "tuple": "a list",
    "list": "a list",
    "dict": "an object",
}


def _wanted(kind: str, context: Mapping[str, Any], message: str) -> str:
    """What is allowed, in words of the file rather than of the validator."""
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        return "must be one of " + ", ".join(_choices(context))
    if kind == "string_pattern_mismatch":
        return f"must match {context['pattern']}"
    limits = {
        "greater_than_equal": "at least {ge}",
        "less_than_equal": "at most {le}",
        "greater_than": "more than {gt}",
        "less_than": "less than {lt}",
        "string_too_short": "at least {min_length} characters long",
        "string_too_long": "at most {max_length} characters long",
    }
    if kind in limits:
        return "must be " + limits[kind].format(**context)
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return f"must have {bound} entries"
    stem = kind.removesuffix("_type").removesuffix("_parsing").removesuffix("_from_float")
    return f"must be {_KINDS[stem]}" if stem in _KINDS else message[0].lower() + message[1:]


def _fix(path: str, kind: str, context: Mapping[str, Any], value: Any) -> str:  # noqa: ANN401 - any value
    if kind == "value_error" and isinstance(context["error"], RefusedError):
        refused = context["error"]
        return refused.fix or (f"for example {path}: {written(refused.example)}" if refused.example is not None else "")
    if kind in ("enum", "literal_error"):
        allowed = _choices(context)
        return f"for example {path}: {_nearest(value, allowed)}"
    bound = context.get("ge", context.get("le"))
    return f"for example {path}: {bound}" if bound is not None else ""


def _nearest(value: Any, allowed: list[str]) -> str:  # noqa: ANN401 - any value
    """The choice that was most likely meant: of numbers the next larger one, of words the one that is meant or near."""
    numbers = [int(choice) for choice in allowed if choice.isdigit()]
    if len(numbers) == len(allowed) and isinstance(value, int | float):
        return str(next((n for n in sorted(numbers) if n >= value), max(numbers)))
    return closest(str(value), allowed) or allowed[0]


def written(value: Any) -> str:  # noqa: ANN401 - any value of an input
    """A value as it stands in a file: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _choices(context: Mapping[str, Any]) -> list[str]:
    return str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
