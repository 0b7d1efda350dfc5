"""The base of all settings models and the one way to declare a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.alias_generators import to_camel

from settings.words.written import as_written

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from settings.description.changes import Changes


class Section(BaseModel):
    """A frozen group of settings; keys in stack files are camelCase, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)

    GIVES: ClassVar[tuple[str, ...]] = ()
    """Environment variables that the application gets for what the section describes."""

    @field_validator("*", mode="before", check_fields=False)
    @classmethod
    def _as_written(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any value of a stack file
        field = cls.model_fields[info.field_name or ""]
        extra = field.json_schema_extra
        return as_written(field.annotation, value, str(extra.get("unit", "")) if isinstance(extra, dict) else "")


def setting(
    default: Any = ...,  # noqa: ANN401 - pydantic's Field has the same signature
    about: str = "",
    *,
    unit: str = "",
    cost: str = "",
    changes: Changes | None = None,
    needs: tuple[str, Any] | None = None,
    **constraints: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """A field with its meaning, unit, cost and what changing it does, which `explain` prints.

    Args:
        default: value where neither the tier nor the stack file gives one; a callable makes a fresh one.
        about: what the setting is for.
        unit: unit of the value, such as `days`; empty where it has none.
        cost: what choosing it costs, us-east-1 list prices; empty where it is free.
        changes: what another value does to a live stack; None for a section, whose settings say it.
        needs: another setting and the value that it must have for this one to count, `("edge.waf", True)`; None where
            it always counts. Settings beside an `enabled` or a `mode` need that one without saying so.
        constraints: pydantic's `ge`, `le`, `min_length` and the like.
    """
    extra = {"unit": unit, "cost": cost, "changes": changes, "needs": needs}
    options: dict[str, Any] = {"description": about, "json_schema_extra": extra, **constraints}
    options["default_factory" if callable(default) else "default"] = default
    return Field(**options)


def sections_by_name(value: object) -> dict[str, Section]:
    """The sections that a setting holds by name, such as services; empty for any other value."""
    if isinstance(value, dict) and value and all(isinstance(one, Section) for one in value.values()):
        return value
    return {}
