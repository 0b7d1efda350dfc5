"""What a remedy costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.amounts import NOTHING
from ascent.cost.usage.model import KEYS

if TYPE_CHECKING:
    from decimal import Decimal

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.readiness.remedy import Remedy


def dollars_of(remedy: Remedy, book: PriceBook, usage: Usage, region: str) -> tuple[Decimal | None, str]:
    """Expected dollars a month, and what the figure covers; None and the reason where there is none.

    Args:
        remedy: a remedy of the checklist.
        book: the prices.
        usage: a month's usage.
        region: where the stack is.
    """
    if remedy.charges is None:
        return None, remedy.unknown
    total = NOTHING.expected
    for charge in remedy.charges:
        price = book.find(charge.price, region)
        if price is None:
            return None, f"no price for {charge.price} in {region}"
        pieces = charge.quantity or getattr(usage, KEYS[charge.usage]).expected
        total += price.price * pieces / price.unit.size
    return total, remedy.what
