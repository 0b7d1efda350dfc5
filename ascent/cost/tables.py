"""The small tables beside the price book: an account's allowances, discounts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ascent.cost.prices import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = Path(__file__).parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def allowances() -> Mapping[str, Decimal]:
    """Item → pieces that an account does not pay for in any month, however old it is. All its stacks share them."""
    return {row["item"]: Decimal(row["quantity"]) for row in _rows("allowances.csv")}


@dataclass(frozen=True, slots=True)
class Discount:
    """What a commitment or spare capacity takes off the list price."""

    percent: Decimal
    what: str
    confidence: Confidence


@cache
def discounts() -> Mapping[str, Discount]:
    """Discounts by their id, such as `savings-plan.fargate`."""
    return {
        row["discount"]: Discount(Decimal(row["percent"]), row["what"], Confidence(row["confidence"]))
        for row in _rows("discounts.csv")
    }
