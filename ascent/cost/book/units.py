"""What a price is per."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """A price's unit; AWS states some prices per million and the like."""

    HOUR = "hour"
    VCPU_HOUR = "vCPU-hour"
    GB_HOUR = "GB-hour"
    LCU_HOUR = "LCU-hour"
    MONTH = "month"
    GB_MONTH = "GB-month"
    GB = "GB"
    PIECE = "piece"
    THOUSAND = "thousand"
    TEN_THOUSAND = "ten thousand"
    HUNDRED_THOUSAND = "hundred thousand"
    MILLION = "million"

    @property
    def size(self) -> int:
        """How many pieces one unit is: quantities count pieces, prices count units."""
        return _SIZES.get(self, 1)


_SIZES: Final = {
    Unit.THOUSAND: 1_000,
    Unit.TEN_THOUSAND: 10_000,
    Unit.HUNDRED_THOUSAND: 100_000,
    Unit.MILLION: 1_000_000,
}
