"""Kinds of fields that several inputs have, stricter than pydantic's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints


def _day(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """A day from its text; pydantic's own parser takes numbers and times of day as well."""
    try:
        return value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("must be a day as YYYY-MM-DD") from None


_Written = Annotated[str, Field(json_schema_extra={"format": "date"})]

Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=_Written)]
"""A day, written as YYYY-MM-DD."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""
