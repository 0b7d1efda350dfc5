"""The monthly budget."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from settings.base import Section, setting
from settings.description.changes import IN_PLACE
from settings.fields import distinct


class BudgetSettings(Section):
    """A monthly budget that warns before the bill does."""

    monthly_limit_usd: int = setting(50, "the month's limit", unit="USD", ge=1, le=1_000_000_000, changes=IN_PLACE)
    actual_percent: Annotated[tuple[Annotated[int, Field(ge=1, le=1000)], ...], AfterValidator(distinct)] = setting(
        (80, 100),
        "shares of the limit at which actual spending notifies",
        unit="percent",
        min_length=1,
        max_length=4,
        changes=IN_PLACE,
    )
    forecast_percent: int = setting(
        100,
        "share of the limit at which forecast spending notifies",
        unit="percent",
        ge=1,
        le=1000,
        changes=IN_PLACE,
    )
