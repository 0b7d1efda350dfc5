"""pydantic's errors in our one-line form: path, value, what is allowed, the fix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from settings.base import Section
from settings.problems import Problem, closest
from settings.schema import Settings
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

camel = to_camel


def problems_of(error: ValidationError, values: Mapping[str, Any]) -> Iterator[Problem]:
    """One problem per setting that pydantic refused.

    Args:
        error: what pydantic raised.
        values: the merged values it was given, to find neighbours of unknown keys.
    """
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        problem = _problem(detail, values)
        if problem.path not in seen:
            seen.add(problem.path)
            yield problem


def _problem(detail: ErrorDetails, values: Mapping[str, Any]) -> Problem:
    location = [part for part in detail["loc"] if part != "[key]"]
    path = "ascent:" + _dotted(location)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_at(location[:-1])
        near = closest(str(location[-1]), known)
        fix = f"write {near}" if near else "remove it"
        return Problem(path, "not a setting", f"settings here are {', '.join(known)}", fix)
    value = detail["input"]
    if is_sealed(value if isinstance(value, str) else ""):
        return Problem(
            path, "encrypted", "it decides what is built, so it must be readable", "store it without --secret"
        )
    if "[key]" in detail["loc"]:
        return Problem(path, repr(location[-1]), _wanted(kind, context, detail["msg"]), "rename the key")
    found = "[secret]" if path.startswith("ascent:security.secrets") else shown(value)
    return Problem(path, found, _wanted(kind, context, detail["msg"]), _fix(path, kind, context, value))


def _dotted(location: Sequence[int | str]) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _fields_at(location: Sequence[int | str]) -> list[str]:
    """camelCase names of the settings of the section at `location`."""
    model: type[Section] = Settings
    for part in location:
        by_alias = {camel(name): field for name, field in model.model_fields.items()}
        below = by_alias[str(part)].annotation if str(part) in by_alias else None
        if not (isinstance(below, type) and issubclass(below, Section)):
            break
        model = below
    return [camel(name) for name in model.model_fields]


_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "string": "text",
    "tuple": "a list",
    "dict": "an object",
    "model": "an object of settings",
}


def _wanted(kind: str, context: Mapping[str, Any], message: str) -> str:
    """What is allowed, in words of the stack file rather than of the validator."""
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        return "must be one of " + str(context["expected"]).replace("'", "").replace(" or ", ", ")
    if kind == "string_pattern_mismatch":
        return f"must match {context['pattern']}"
    limits = {
        "greater_than_equal": "at least {ge}",
        "less_than_equal": "at most {le}",
        "greater_than": "more than {gt}",
    }
    if kind in limits:
        return "must be " + limits[kind].format(**context)
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return f"must have {bound} entries"
    stem = kind.removesuffix("_type").removesuffix("_parsing").removesuffix("_from_float")
    return f"must be {_KINDS[stem]}" if stem in _KINDS else message[0].lower() + message[1:]


def _fix(path: str, kind: str, context: Mapping[str, Any], value: Any) -> str:  # noqa: ANN401
    if kind in ("enum", "literal_error"):
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        near = closest(str(value), allowed) or allowed[0]
        return f"for example {path}: {near}"
    bound = context.get("ge", context.get("le"))
    if bound is not None:
        return f"for example {path}: {bound}"
    return "correct it or remove it to take the tier's value"


def shown(value: Any) -> str:  # noqa: ANN401
    """A value as JSON, cut where it is too long for an error's line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
