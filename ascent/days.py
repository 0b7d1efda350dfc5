"""The day that a command judges for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from common.problems import InputError


def day_of(given: str | None, command: str) -> date:
    """The day given with `--as-of`, or today.

    Args:
        given: what the user gave, such as `2026-11-21`; None for today.
        command: the command, for the error message.

    Raises:
        InputError: it is no day.
    """
    try:
        return date.fromisoformat(given) if given is not None else datetime.now(tz=UTC).date()
    except ValueError:
        raise InputError(f"ascent {command} --as-of {given}: is no day; write it as YYYY-MM-DD") from None
