"""How a new version takes over."""

from __future__ import annotations

from math import ceil

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place
from settings.enums import Strategy
from settings.fields import HeaderValue


class ReleaseSettings(Section):
    """What ECS does with a new version of a web service; workers are always renewed one by one."""

    strategy: Strategy = setting(
        Strategy.ROLLING,
        "rolling: tasks one by one; blue_green: all requests at once, after a test; canary: canaryPercent first, then "
        "all; linear: stepPercent more at a time (fargate)",
        cost="free; while a release shifts requests, twice the tasks run",
        changes=in_place(
            how="back to rolling: release once with blue_green and bakeMinutes 0 until the first target group serves"
        ),
    )
    bake_minutes: int = setting(
        5,
        "how long the old version stays after the new one has all requests, to go back to at once",
        unit="minutes",
        ge=0,
        le=1440,
        changes=IN_PLACE,
    )
    canary_percent: float = setting(
        10.0, "share of the requests that a canary gets", unit="percent", ge=0.1, lt=100, changes=IN_PLACE
    )
    canary_bake_minutes: int = setting(
        10, "how long it is watched before it gets all", unit="minutes", ge=1, le=1440, changes=IN_PLACE
    )
    step_percent: float = setting(
        10.0, "share of the requests that each step of linear moves", unit="percent", ge=3, lt=100, changes=IN_PLACE
    )
    step_bake_minutes: int = setting(
        1, "how long each step of linear is watched", unit="minutes", ge=1, le=1440, changes=IN_PLACE
    )
    test_header: HeaderValue | None = setting(
        None,
        "requests whose header X-Release has this value reach the new version before anybody else does; null for none",
        changes=IN_PLACE,
    )

    @property
    def shifts(self) -> bool:
        """Whether ECS leads requests from one group of tasks to another."""
        return self.strategy is not Strategy.ROLLING

    @property
    def minutes(self) -> int:
        """How long the steps of a release take by themselves."""
        steps = ceil(100 / self.step_percent) - 1
        first = {Strategy.CANARY: self.canary_bake_minutes, Strategy.LINEAR: steps * self.step_bake_minutes}
        return first.get(self.strategy, 0) + (self.bake_minutes if self.shifts else 0)
