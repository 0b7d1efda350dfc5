"""Schedules as EventBridge Scheduler and Application Auto Scaling write them: `rate(…)`, `cron(…)`, `at(…)`."""

from __future__ import annotations

import re
from typing import Final

_RATE: Final = re.compile(r"rate\((\d+) (minutes?|hours?|days?)\)")
_ONCE: Final = re.compile(r"at\((\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\)")
_MONTHS: Final = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAYS: Final = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
_FIELDS: Final = (
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 1, 7, _DAYS),
    ("year", 1970, 2199, ()),
)
_MONTH_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def wrong(expression: str) -> str:
    """What is wrong with a schedule; empty for nothing.

    Args:
        expression: as it stands in a stack file.
    """
    if rate := _RATE.fullmatch(expression):
        count, unit = int(rate[1]), rate[2]
        if count < 1 or unit.endswith("s") != (count > 1):
            return "a rate of 1 minute, 1 hour or 1 day, or of more with an s: rate(5 minutes)"
        return ""
    if once := _ONCE.fullmatch(expression):
        month, day, hour, minute, second = map(int, once.groups()[1:])
        fits = 1 <= month <= 12 and 1 <= day <= _MONTH_LENGTHS[month - 1] and hour < 24 and minute < 60 and second < 60
        return "" if fits else "a moment that there is, such as at(2030-01-31T02:30:00)"
    if expression.startswith("cron(") and expression.endswith(")"):
        return _wrong_cron(expression.removeprefix("cron(").removesuffix(")").split())
    return "rate(6 hours), cron(30 2 * * ? *) with six fields, or at(2030-01-31T02:30:00)"


def _wrong_cron(fields: list[str]) -> str:
    if len(fields) != len(_FIELDS):
        return "a cron of six fields: minutes, hours, day of the month, month, day of the week, year"
    if [fields[2], fields[4]].count("?") != 1:
        return "a cron with ? either as day of the month or as day of the week, as in cron(30 2 * * ? *)"
    for field, (name, least, most, words) in zip(fields, _FIELDS, strict=True):
        if field == "?" and name.startswith("day"):
            continue
        if not all(_is_part(part, least, most, words) for part in field.upper().split(",")):
            return f"a cron whose {name} is from {least} to {most}"
    return ""


def _is_part(part: str, least: int, most: int, words: tuple[str, ...] | list[str]) -> bool:
    """Whether one entry of a field is something that AWS knows: `*`, a value, a range, each with or without a step."""
    span, _, step = part.partition("/")
    if step and not (step.isdecimal() and int(step) >= 1):
        return False
    if part.endswith("/"):
        return False
    if span in ("*", "L") or re.fullmatch(r"\d{1,2}W|LW|[1-7]L|[1-7]#[1-5]", span):
        return True
    ends = span.split("-")
    values = [words.index(e) + least if e in words else int(e) if e.isdecimal() else -1 for e in ends]
    return len(ends) <= 2 and all(least <= value <= most for value in values)


def is_past(expression: str, today: str) -> bool:
    """Whether nothing of a schedule is to come.

    Args:
        expression: a schedule that is not `wrong`.
        today: the day, as 2030-01-31.
    """
    if _ONCE.fullmatch(expression):
        return expression.removeprefix("at(")[: len(today)] < today
    if not expression.startswith("cron("):
        return False
    years = re.findall(r"\d{4}", expression.removesuffix(")").rsplit(" ", 1)[-1])
    return bool(years) and "/" not in expression.rsplit(" ", 1)[-1] and max(years) < today[:4]
