"""What one resource costs: its charges, and what of it could not be priced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ascent.cost.amounts import NOTHING, Range

if TYPE_CHECKING:
    from ascent.cost.book.prices import Price


class Part(StrEnum):
    """Whether a charge depends on usage."""

    FIXED = "fixed"
    """Due whether anybody uses the stack or not."""
    USAGE = "usage"
    """Follows the usage profile."""


class Status(StrEnum):
    """What became of a resource."""

    PRICED = "priced"
    FREE = "free"
    NOT_PRICED = "not priced"
    """All or a part of it has no price; what could be priced counts nevertheless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of a bill."""

    what: str
    """What the quantity counts, as in `instance hours`."""
    part: Part
    price: Price
    quantity: Range
    """Pieces in a month; a price per million counts single pieces here."""

    @property
    def amount(self) -> Range:
        """US dollars a month."""
        return self.quantity * self.price.price / self.price.unit.size


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of a resource that could not be priced."""

    why: str


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing of a resource is charged, and why."""

    why: str


Line = Charge | Gap | Free
"""What a pricer says of a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one resource of the plan costs."""

    urn: str
    type: str
    name: str
    layer: str
    """One of `ascent.catalog.layers.LAYERS`, or `other`."""
    status: Status
    why: str = ""
    """Why it is free, or not priced."""
    charges: tuple[Charge, ...] = ()

    @property
    def total(self) -> Range:
        """US dollars a month."""
        return sum((charge.amount for charge in self.charges), NOTHING)

    @property
    def fixed(self) -> Decimal:
        """The part of `total` that is due without any usage."""
        return sum((c.amount.expected for c in self.charges if c.part is Part.FIXED), Decimal(0))
