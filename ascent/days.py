"""Days, as the command line takes them."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(tz=UTC).date()


def day(text: str) -> date:
    """A day as it is written.

    Args:
        text: such as `2026-11-21`.

    Raises:
        ValueError: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is no day; write it as YYYY-MM-DD") from None
