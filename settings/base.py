"""The base of all settings models and the one way to declare a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

if TYPE_CHECKING:
    from settings.description.changes import Changes


class Section(BaseModel):
    """A frozen group of settings; keys in stack files are camelCase, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)

    GIVES: ClassVar[tuple[str, ...]] = ()
    """Environment variables that the application gets for what the section describes."""


def setting(
    default: Any = ...,  # noqa: ANN401 - pydantic's Field has the same signature
    about: str = "",
    *,
    unit: str = "",
    cost: str = "",
    changes: Changes | None = None,
    **constraints: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """A field with its meaning, unit, cost and what changing it does, which `explain` prints.

    Args:
        default: value where neither the tier nor the stack file gives one; a callable makes a fresh one.
        about: what the setting is for.
        unit: unit of the value, such as `days`; empty where it has none.
        cost: what choosing it costs, us-east-1 list prices; empty where it is free.
        changes: what another value does to a live stack; None for a section, whose settings say it.
        constraints: pydantic's `ge`, `le`, `min_length` and the like.
    """
    extra = {"unit": unit, "cost": cost, "changes": changes}
    options: dict[str, Any] = {"description": about, "json_schema_extra": extra, **constraints}
    options["default_factory" if callable(default) else "default"] = default
    return Field(**options)


def sections_by_name(value: object) -> dict[str, Section]:
    """The sections that a setting holds by name, such as services; empty for any other value."""
    if isinstance(value, dict) and value and all(isinstance(one, Section) for one in value.values()):
        return value
    return {}
