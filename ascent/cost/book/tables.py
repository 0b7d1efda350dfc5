"""The small tables beside the price book: an account's allowances, discounts."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from ascent.cost.book.prices import Confidence
from ascent.cost.book.rows import read_rows
from common.fields import Day

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = Path(__file__).parents[1] / "data"


class Allowance(BaseModel):
    """Pieces of an item that an account does not pay for in any month."""

    item: str
    quantity: Decimal
    source: str


class Discount(BaseModel):
    """What a commitment or spare capacity takes off the list price."""

    discount: str
    percent: Decimal
    what: str
    source: str
    date: Day
    confidence: Confidence


@cache
def allowances() -> Mapping[str, Decimal]:
    """Item → pieces that an account does not pay for in any month, however old it is. All its stacks share them."""
    return {row.item: row.quantity for row in read_rows(_DATA / "allowances.csv", Allowance, "item")}


@cache
def discounts() -> Mapping[str, Discount]:
    """Discounts by their id, such as `savings-plan.fargate`."""
    return {row.discount: row for row in read_rows(_DATA / "discounts.csv", Discount, "discount")}
