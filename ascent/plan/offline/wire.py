"""Turns protobuf messages of the resource monitor into the plan's wire form.

Hand-written because a plan converts thousands of values and protobuf's own `MessageToDict` takes several times as
long, and because encrypted configuration is masked on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ascent.plan.model import SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN, secret
from settings.sealed import SEALED_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEALED_ASCII = SEALED_PREFIX.encode("ascii", "backslashreplace").decode().lstrip("\\")
"""A placeholder's start as it stands in JSON text, whatever the number of backslashes before it."""


class Struct(Protocol):
    """A protobuf `Struct`, whose module has no types."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """Its members, as protobuf `Value`s."""
        ...


def wire_of_struct(struct: Struct) -> dict[str, Any]:
    """The object that `struct` stands for, with encrypted configuration as unknown secrets."""
    fields = struct.fields
    return {key: _wire_of_value(fields[key]) for key in sorted(fields)}


def _wire_of_value(value: Any) -> Any:  # noqa: ANN401 - a protobuf Value, and any JSON value
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        return secret(UNKNOWN) if SEALED_PREFIX in text or _SEALED_ASCII in text else text
    if kind == "struct_value":
        return _wire_of_object(value.struct_value)
    if kind == "list_value":
        return [_wire_of_value(item) for item in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    return None


def _wire_of_object(struct: Struct) -> dict[str, Any]:
    found = wire_of_struct(struct)
    if found.get(SIGNATURE_KEY) == SECRET_SIGNATURE and is_secret(found.get("value")):
        return found["value"]
    return found


def is_secret(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether a wire value is a secret."""
    return isinstance(value, dict) and value.get(SIGNATURE_KEY) == SECRET_SIGNATURE
