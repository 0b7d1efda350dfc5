"""Values as Pulumi's wire carries them, as plain data, and where two of them differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct  # ty: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"

Json: TypeAlias = Any
Message: TypeAlias = Any
"""A generated protobuf message; their classes are described to type checkers only in part."""


def plain(value: Json) -> Json:
    """`value` without the wrappers of secrets, so that a secret compares equal to its plaintext."""
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET:
            return plain(value["value"])
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def to_struct(values: Mapping[str, Json]) -> Message:
    """Plain data as the wire's Struct."""
    return json_format.ParseDict(values, Struct())


def from_struct(message: Message) -> dict[str, Json]:
    """The wire's Struct as data, secrets still wrapped."""
    return json_format.MessageToDict(message)


def changed(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[str]:
    """Names of the inputs that differ; one that holds an unknown value always does."""
    return sorted({path.partition(".")[0] for path in changed_paths(old, new)})


def changed_paths(old: Mapping[str, Json], new: Mapping[str, Json]) -> set[str]:
    """Paths of the inputs that differ, places in lists left out: `origins.domainName`."""
    before, after = _leaves(plain(dict(old))), _leaves(plain(dict(new)))
    return {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) or json.dumps(UNKNOWN) in after[path]
    }


def values_at(value: Json, path: str) -> list[Json]:
    """Everything that stands at `path`, and inside of it."""
    head, _, rest = path.partition(".")
    if isinstance(value, list):
        return [found for item in value for found in values_at(item, path)]
    if not path:
        return list(strings_in(value))
    if isinstance(value, dict) and head in value:
        return values_at(value[head], rest) if rest else list(strings_in(value[head]))
    return []


def strings_in(value: Json) -> Iterator[str]:
    """Every string inside of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


def _leaves(value: Json) -> dict[str, list[str]]:
    """Path → the values there, in their order, each as JSON text."""
    found: dict[str, list[str]] = {}

    def walk(item: Json, path: str) -> None:
        if isinstance(item, dict) and item:
            for key, inner in item.items():
                walk(inner, f"{path}.{key}" if path else key)
        elif isinstance(item, list) and item:
            for inner in item:
                walk(inner, path)
        elif path:
            found.setdefault(path, []).append(json.dumps(item, sort_keys=True))

    walk(value, "")
    return found
