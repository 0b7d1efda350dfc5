"""What a validator refused, as one line per problem: the place, the value, what is allowed, the fix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SHOWN = 60


def lines_of(error: ValidationError, source: str, place: str) -> Iterator[str]:
    """A line per thing that is wrong.

    Args:
        error: what the validator raised.
        source: the file's name.
        place: where in it the validated object stands; empty for the file as a whole.
    """
    for detail in error.errors(include_url=False):
        path = place
        for part in detail["loc"]:
            path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
        yield printable(f"{source}: {path or 'the entry'} {_said(detail)}")


def printable(text: str) -> str:
    """A text without what would break its line or colour a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: Any) -> str:  # noqa: ANN401 - any value of a file
    """A value as a message has it, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _said(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is no field; correct its name or remove it"
    message = detail["msg"]
    if kind in ("enum", "literal_error"):
        message = "must be one of " + str(context["expected"]).replace("'", "").replace(" or ", ", ")
    elif kind == "value_error":
        message = str(context["error"])
    return f"is {shown(detail['input'])}: {message[0].lower()}{message[1:]}; correct it"
