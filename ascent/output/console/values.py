"""Values of a plan as people read them."""

from __future__ import annotations

from typing import Any, Final

from ascent.plan.model import UNKNOWN
from ascent.plan.offline.wire import is_secret

KNOWN_LATER: Final = "<known after deployment>"
"""What stands for a value that only AWS can tell."""

HIDDEN: Final = "[secret]"
"""What stands for a secret."""


def readable(value: Any) -> Any:  # noqa: ANN401 - any wire value
    """A wire value for people: secrets hidden, unknowns said in words."""
    if is_secret(value):
        return HIDDEN
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [readable(item) for item in value]
    return KNOWN_LATER if value == UNKNOWN else value


def printable(text: str) -> str:
    """A text as one line that does nothing to a terminal: what files and programs say may hold escape sequences."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
