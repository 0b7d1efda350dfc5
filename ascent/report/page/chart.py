"""Cost bars: rectangles alone, so that they can be stretched to any width while the text beside them stays text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ascent.cost.amounts import dollars
from ascent.cost.estimate import fixed_of, total_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.cost.amounts import Range
    from ascent.cost.estimate import Estimate

_FULL = Decimal(1000)
"""Width of the drawing; its height is 20."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what is fixed, what usage adds to it, and from where to where the total may go.

    Attributes:
        name: what it stands for.
        resources: number of resources in it.
        fixed: dollars a month without any usage.
        total: dollars a month.
        scale: dollars that fill the whole width.
    """

    name: str
    resources: int
    fixed: Decimal
    total: Range
    scale: Decimal

    @property
    def label(self) -> str:
        """The bar in words."""
        return (
            f"{self.name}: {dollars(self.total.expected)} a month expected, {dollars(self.fixed)} of it fixed, "
            f"{dollars(self.total.low)} to {dollars(self.total.high)}"
        )

    def at(self, amount: Decimal) -> str:
        """Where an amount stands in the drawing."""
        return f"{_FULL * amount / self.scale:.1f}" if self.scale else "0"

    @property
    def usage(self) -> Decimal:
        """What usage adds."""
        return self.total.expected - self.fixed


def layer_bars(found: Estimate) -> Sequence[Bar]:
    """A bar per layer that costs anything or not, on one scale.

    Args:
        found: what a stack costs.
    """
    sums = {layer: total_of(bills) for layer, bills in found.layers.items()}
    scale = max((total.high for total in sums.values()), default=Decimal(0))
    return [Bar(layer, len(bills), fixed_of(bills), sums[layer], scale) for layer, bills in found.layers.items()]


def stack_bars(estimates: Sequence[Estimate]) -> Sequence[Bar]:
    """A bar per stack, on one scale.

    Args:
        estimates: what the stacks cost.
    """
    scale = max((found.total.high for found in estimates), default=Decimal(0))
    return [Bar(found.stack, len(found.bills), found.fixed, found.total, scale) for found in estimates]
