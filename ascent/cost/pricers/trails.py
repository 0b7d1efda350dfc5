"""What trails of CloudTrail record, for everything that is charged by it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import NOTHING, Range
from ascent.cost.meter import parts
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.cost.meter import Meter

_EVENT_GB: Final = Decimal("0.0000015")
"""An event of CloudTrail: about 1.5 KB of JSON."""


def records_objects(inputs: Mapping[str, Any]) -> bool:
    """Whether a trail with these inputs records reads and writes of objects."""
    selectors = [*parts(inputs.get("eventSelectors")), *parts(inputs.get("advancedEventSelectors"))]
    return any(
        selector.get("dataResources")
        or any(
            field.get("field") == "eventCategory" and field.get("equals") == ["Data"]
            for field in parts(selector.get("fieldSelectors"))
        )
        for selector in selectors
    )


def trail_gb(meter: Meter) -> Range:
    """GB of events that the plan's trails write in a month, before compression; nothing without a trail."""
    trails = meter.plan.by_type.get(types.CLOUDTRAIL_TRAIL, ())
    if not trails:
        return NOTHING
    written = meter.usage.api_events
    if any(records_objects(one.inputs) for one in trails):
        written = written + meter.usage.object_events
    return written * _EVENT_GB
