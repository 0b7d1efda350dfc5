"""How many tasks or instances there are, and when."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place
from settings.enums import ScalingMethod
from settings.fields import ScheduleExpression, ShortName, TimeZone


class SleepSettings(Section):
    """Nights and weekends without tasks or instances, outside production."""

    enabled: bool = setting(
        False,
        "stop everything at night and at weekends",
        cost="saves about two thirds of what runs",
        changes=in_place(downtime="outside working hours nothing answers"),
    )
    from_hour: int = setting(
        20, "hour of Monday to Friday at which it stops", unit="hours", ge=0, le=23, changes=IN_PLACE
    )
    to_hour: int = setting(
        7, "hour of Monday to Friday at which it starts", unit="hours", ge=0, le=23, changes=IN_PLACE
    )
    timezone: TimeZone = setting("UTC", "zone of these hours, such as Europe/Berlin", changes=IN_PLACE)


class ScheduledCapacity(Section):
    """Other bounds from a moment on, until another schedule changes them again."""

    when: ScheduleExpression = setting(
        ..., "cron(0 8 ? * MON-FRI *), or once at(2030-11-29T06:00:00)", changes=IN_PLACE
    )
    min_count: int = setting(..., "fewest tasks from then on", ge=0, le=1000, changes=IN_PLACE)
    max_count: int = setting(..., "most tasks from then on", ge=0, le=1000, changes=IN_PLACE)
    timezone: TimeZone = setting("UTC", "zone of the schedule, such as Europe/Berlin", changes=IN_PLACE)


class ScalingSettings(Section):
    """What capacity follows."""

    method: ScalingMethod = setting(
        ScalingMethod.TARGET,
        "target: keeps CPU use near targetCpuPercent; steps: adds above it and removes below cpuInPercent (fargate)",
        changes=IN_PLACE,
    )
    cpu_in_percent: int = setting(
        30, "CPU use below which steps remove a task (fargate)", unit="percent", ge=1, le=90, changes=IN_PLACE
    )
    requests_per_target: int | None = setting(
        None,
        "requests a minute that each task should get, of web services; null for no such policy",
        cost="$0.20 a month for its two alarms",
        ge=1,
        changes=IN_PLACE,
    )
    predictive: bool = setting(
        False,
        "also add tasks ahead of load that comes back each day or week; it learns for a day first (fargate)",
        changes=IN_PLACE,
    )
    schedules: dict[ShortName, ScheduledCapacity] = setting(
        dict, "bounds that follow the clock, by name (fargate)", max_length=20, changes=IN_PLACE
    )
    sleep: SleepSettings = setting(SleepSettings, "nights and weekends off")

    @property
    def by_the_clock(self) -> bool:
        """Whether schedules change the bounds of what runs."""
        return self.sleep.enabled or bool(self.schedules)
