"""Every resolved setting as a row: path, value, unit, origin, meaning, cost, what changing it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from settings.base import Section, sections_by_name
from settings.sealed import is_sealed
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.description.changes import Changes
    from settings.load import Origin, Resolved


@dataclass(frozen=True, slots=True)
class Row:
    """One setting of a stack.

    Attributes:
        path: dotted, as in a stack file: `network.nat`.
        value: plain JSON value; secrets as `[secret]`.
        unit: such as `days`; empty where there is none.
        origin: default, tier or stack file.
        about: what it is for.
        cost: what choosing it costs; empty where it is free.
        changes: what another value does to a live stack.
    """

    path: str
    value: Any
    unit: str
    origin: Origin
    about: str
    cost: str
    changes: Changes


def rows(resolved: Resolved) -> Iterator[Row]:
    """All settings of a stack, section by section."""
    yield from _rows(resolved, resolved.settings, "")


def _rows(resolved: Resolved, section: Section, path: str) -> Iterator[Row]:
    for name, field in type(section).model_fields.items():
        value, where = getattr(section, name), f"{path}{camel(name)}"
        if isinstance(value, Section):
            yield from _rows(resolved, value, f"{where}.")
            continue
        if named := sections_by_name(value):
            for key, one in named.items():
                yield from (row for row in _rows(resolved, one, f"{where}.{key}.") if row.value is not None)
            continue
        extra: Any = field.json_schema_extra
        yield Row(
            path=where,
            value=_plain(value),
            unit=extra["unit"],
            origin=resolved.origins[where],
            about=field.description or "",
            cost=extra["cost"],
            changes=extra["changes"],
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    """A value as JSON has it; what is secret or encrypted is not shown."""
    if isinstance(value, SecretStr):
        return "[secret]"
    if isinstance(value, str):
        return "[encrypted]" if is_sealed(value) else str(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    return value
