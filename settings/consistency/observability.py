"""Who hears alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from common.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def alarms(settings: Settings) -> Iterator[Problem]:
    """Alarms that nobody hears."""
    if settings.tier is not Tier.MVP and not settings.observability.alarm_emails:
        yield Problem(
            "ascent:observability.alarmEmails",
            "empty",
            f"tier {settings.tier.value} needs somebody who hears its alarms",
            "add an address, such as [oncall@example.com]",
        )
