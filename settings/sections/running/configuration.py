"""What the application is told while it runs."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, removes
from settings.fields import FlagName


class ConfigurationVariable(StrEnum):
    """What the application is told of its configuration."""

    FLAGS_URL = "FLAGS_URL"
    CONFIGURATION_URL = "CONFIGURATION_URL"


class ConfigurationSettings(Section):
    """Feature flags and values in AppConfig, which the application asks an agent beside it for."""

    GIVES: ClassVar = tuple(ConfigurationVariable)

    enabled: bool = setting(
        False,
        "flags and values that change without a release; an agent beside each task serves them at FLAGS_URL and "
        "CONFIGURATION_URL (fargate)",
        cost="about $0.03 a month per task",
        changes=removes("AppConfig application", data="the history of flags and values"),
    )
    flags: dict[FlagName, bool] = setting(dict, "features, and whether they are on", max_length=200, changes=IN_PLACE)
    values: dict[FlagName, str | bool | int | float] = setting(
        dict, "other values by name; no secrets", max_length=200, changes=IN_PLACE
    )
    rollout_minutes: int = setting(
        10, "time in which a change reaches all tasks, a few at a time", unit="minutes", ge=0, le=1440, changes=IN_PLACE
    )
    step_percent: float = setting(
        20.0, "share of the tasks that each step adds", unit="percent", ge=1, le=100, changes=IN_PLACE
    )
    bake_minutes: int = setting(
        10,
        "time after it in which alarms of the load balancer take the change back",
        unit="minutes",
        ge=0,
        le=1440,
        changes=IN_PLACE,
    )
