"""Parameters: what a rule may be told, such as days of retention, with a default per tier.

A parameter is described by a JSON schema, because CrossGuard shows and checks one; the same schema is checked here, so
that a configuration is right or wrong offline as it is in the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from policies.pack.facts import Value
from policies.pack.levels import PerTier

T = TypeVar("T")

Schema = Mapping[str, Any]
"""A JSON schema, of which only the keywords below are used."""

RESERVED: Final = "enforcementLevel"
"""The one property of a policy's configuration that CrossGuard keeps for itself."""


@dataclass(frozen=True, kw_only=True)
class Parameter(Generic[T]):
    """One thing that a rule may be told. Make it with `whole`, `wholes`, `texts` or `pairs`."""

    name: str
    """Property in the policy's configuration, camelCase."""
    meaning: str
    """What it says, with its unit; a sentence without a full stop."""
    default: T | PerTier[T]
    """What holds where nothing is configured."""
    schema: Schema
    """JSON schema of the values allowed."""

    def at(self, tier: str) -> T:
        """The default at a tier."""
        return self.default.at(tier) if isinstance(self.default, PerTier) else self.default

    def wrong(self, value: Value) -> tuple[Value, ...]:
        """The parts of a configured value that are not allowed; the value itself where no part alone is to blame."""
        return _wrong(self.schema, value)

    def read(self, value: Value) -> T:
        """A value that is allowed, as rules get it: lists as tuples, whole numbers as ints."""
        return _read(value)

    def published(self, tier: str) -> dict[str, Any]:
        """The schema for CrossGuard, with the meaning and the tier's default."""
        return {**self.schema, "description": self.meaning, "default": _json(self.at(tier))}


@dataclass(frozen=True, slots=True)
class Values:
    """What a rule is told: `given[PARAMETER]`."""

    by_name: Mapping[str, Any]

    def __getitem__(self, parameter: Parameter[T]) -> T:
        return self.by_name[parameter.name]


NOTHING: Final = Values({})
"""What a rule without parameters is told."""


def whole(
    name: str, meaning: str, default: int | PerTier[int], *, minimum: int = 0, maximum: int = 2**31 - 1
) -> Parameter[int]:
    """A whole number within bounds."""
    schema = {"type": "integer", "minimum": minimum, "maximum": maximum}
    return Parameter(name=name, meaning=meaning, default=default, schema=schema)


def wholes(
    name: str,
    meaning: str,
    default: tuple[int, ...] | PerTier[tuple[int, ...]],
    *,
    minimum: int = 0,
    maximum: int = 2**31 - 1,
) -> Parameter[tuple[int, ...]]:
    """A list of different whole numbers within bounds; it may be empty."""
    item = {"type": "integer", "minimum": minimum, "maximum": maximum}
    schema = {"type": "array", "items": item, "uniqueItems": True}
    return Parameter(name=name, meaning=meaning, default=default, schema=schema)


def texts(
    name: str,
    meaning: str,
    default: tuple[str, ...] | PerTier[tuple[str, ...]],
    *,
    choices: Sequence[str] = (),
    pattern: str = ".+",
) -> Parameter[tuple[str, ...]]:
    """A list of at least one text, all different: from `choices`, or else matching `pattern`."""
    item = {"type": "string", "enum": list(choices)} if choices else {"type": "string", "pattern": f"^{pattern}$"}
    schema = {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}
    return Parameter(name=name, meaning=meaning, default=default, schema=schema)


def pairs(name: str, meaning: str, default: Mapping[str, str]) -> Parameter[Mapping[str, str]]:
    """An object of texts."""
    item = {"type": "string", "minLength": 1}
    schema = {"type": "object", "additionalProperties": item}
    return Parameter(name=name, meaning=meaning, default=default, schema=schema)


def allowed(schema: Schema) -> str:
    """The values that a schema admits, in words."""
    match schema["type"]:
        case "integer":
            return f"a whole number from {schema['minimum']} to {schema['maximum']}"
        case "string" if "enum" in schema:
            return " or ".join(schema["enum"])
        case "string":
            plain = schema.get("pattern", "^.+$") == "^.+$"
            return "a text that is not empty" if plain else f"a text that matches {schema['pattern']}"
        case "array":
            return f"a list of {schema.get('minItems', 0)} or more different values, each {allowed(schema['items'])}"
        case _:
            return f"an object whose values are each {allowed(schema['additionalProperties'])}"


def _wrong(schema: Schema, value: Value) -> tuple[Value, ...]:
    """The parts of a value that a schema does not admit."""
    match schema["type"]:
        case "integer":
            return () if _is_whole(value) and schema["minimum"] <= value <= schema["maximum"] else (value,)
        case "string":
            return () if _is_text(schema, value) else (value,)
        case "array":
            if not isinstance(value, list | tuple) or len(value) < schema.get("minItems", 0):
                return (value,)
            # Only what is known to be a number or a text can be compared.
            return _all_wrong(schema["items"], value) or tuple(v for i, v in enumerate(value) if v in value[:i])
        case _:
            inner = schema["additionalProperties"]
            return _all_wrong(inner, value.values()) if isinstance(value, Mapping) else (value,)


def _all_wrong(schema: Schema, values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(wrong for value in values for wrong in _wrong(schema, value))


def _is_whole(value: Value) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


def _is_text(schema: Schema, value: Value) -> bool:
    if not isinstance(value, str):
        return False
    if "enum" in schema:
        return value in schema["enum"]
    return bool(value) and re.search(schema.get("pattern", ""), value) is not None


def _read(value: Value) -> Any:  # noqa: ANN401 - the parameter's own type
    if isinstance(value, list | tuple):
        return tuple(_read(v) for v in value)
    return int(value) if isinstance(value, float) else value


def _json(value: Value) -> Value:
    return list(value) if isinstance(value, tuple) else value
