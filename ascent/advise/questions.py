"""Asks for the triggers on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.advise.triggers import TRIGGERS
from settings.enums import DataClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.advise.triggers import Answer, Trigger

_YES, _NO = ("y", "yes"), ("n", "no")


def ask_all(ask: Callable[[str], str]) -> dict[str, Answer]:
    """Answers by trigger's key; a question that is answered with nothing is left out.

    Args:
        ask: shows a question and yields the line that is typed, as `input` does.
    """
    answers: dict[str, Answer] = {}
    for trigger in {trigger.key: trigger for trigger in TRIGGERS}.values():
        hint = ""
        while True:
            line = ask(f"{hint}{trigger.question} ").strip().lower()
            if not line:
                break
            found = _read(trigger, line)
            if found is not None:
                answers[trigger.key] = found
                break
            hint = f"{_wanted(trigger)}, or nothing to skip. "
    return answers


def _wanted(trigger: Trigger) -> str:
    if trigger.words:
        return "One of the words"
    return "y, n" if trigger.above is None else "A number"


def _read(trigger: Trigger, line: str) -> Answer | None:
    if trigger.words:
        return line if line in list(DataClass) else None
    if trigger.above is None:
        return True if line in _YES else False if line in _NO else None
    try:
        number = float(line.replace(",", "").replace("_", "").removeprefix("$"))
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
