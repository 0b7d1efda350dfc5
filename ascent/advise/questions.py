"""Asks for the triggers on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.advise.triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.advise.triggers import Trigger

_YES, _NO = ("y", "yes"), ("n", "no")


def ask_all(ask: Callable[[str], str]) -> dict[str, float | bool]:
    """Answers by trigger's key; a question that is answered with nothing is left out.

    Args:
        ask: shows a question and yields the line that is typed, as `input` does.
    """
    answers: dict[str, float | bool] = {}
    for trigger in TRIGGERS:
        hint = ""
        while True:
            line = ask(f"{hint}{trigger.question} ").strip().lower()
            if not line:
                break
            found = _read(trigger, line)
            if found is not None:
                answers[trigger.key] = found
                break
            hint = "A number, or nothing to skip. " if trigger.above is not None else "y, n, or nothing to skip. "
    return answers


def _read(trigger: Trigger, line: str) -> float | bool | None:
    if trigger.above is None:
        return True if line in _YES else False if line in _NO else None
    try:
        number = float(line.replace(",", "").replace("_", "").removeprefix("$"))
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
