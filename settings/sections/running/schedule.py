"""When a task starts by itself."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE
from settings.fields import ScheduleExpression, TimeZone


class ScheduleSettings(Section):
    """A schedule of one task."""

    expression: ScheduleExpression | None = setting(
        None,
        "when the task starts: rate(6 hours), cron(30 2 * * ? *), or once at(2030-01-31T02:30:00) (task)",
        cost="the first 14 million starts a month are free; a task costs what it runs",
        changes=IN_PLACE,
    )
    timezone: TimeZone = setting("UTC", "zone that the schedule is meant in, such as Europe/Berlin", changes=IN_PLACE)
    retries: int = setting(
        3, "how often a start that ECS refuses is tried again within an hour", ge=0, le=185, changes=IN_PLACE
    )
    silent_hours: int | None = setting(
        None,
        "hours without any start after which somebody is told; a little more than the longest pause",
        unit="hours",
        ge=1,
        le=168,
        cost="$0.10 a month",
        changes=IN_PLACE,
    )
