"""The price book: a table of list prices that says of each row where it is from, of when, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ascent.cost.amounts import MOST
from ascent.cost.book.rows import parse_rows, read_rows
from ascent.cost.book.sizes import PREFIXES, is_sure, sizes_in
from ascent.cost.book.units import Unit
from common.fields import Day
from common.problems import RefusedError, closest
from settings.offers.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GLOBAL: Final = "global"
"""Region of the prices of services that have none, such as CloudFront and Route 53."""

STALE_DAYS: Final = 400
"""Age from which a price needs to be looked at again; AWS changes few list prices within a year."""

SHIPPED: Final = Path(__file__).parents[1] / "data" / "prices.csv"
"""The price book that comes with Ascent."""


class Confidence(StrEnum):
    """How sure a price is."""

    HIGH = "H"
    """A list price that has stood for long and is quoted everywhere."""
    MEDIUM = "M"
    """Probably right; look it up before a contract rests on it."""
    LOW = "L"
    """An estimate: the price floats, or the service's billing has details that are left out."""


def _region(value: str) -> str:
    known = (*REGIONS, GLOBAL)
    if value not in known:
        near = closest(value, known)
        raise RefusedError(f"must be an AWS region or {GLOBAL}", f"did you mean {near}?" if near else f"write {GLOBAL}")
    return value


class Price(BaseModel):
    """One row of the book."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: Annotated[str, Field(description="what is charged for, such as nat.hour")]
    region: Annotated[str, AfterValidator(_region), Field(description=f"an AWS region, or {GLOBAL}")]
    price: Annotated[Decimal, Field(ge=0, le=MOST, description="US dollars per unit, without tax")]
    unit: Annotated[Unit, Field(description=f"what the price is per, one of {', '.join(Unit)}")]
    what: Annotated[str, Field(description="the item in words")]
    source: Annotated[str, Field(description="name of the page that publishes the price")]
    date: Annotated[Day, Field(description="day on which the row was last reviewed, as YYYY-MM-DD")]
    confidence: Annotated[Confidence, Field(description="how sure the price is: H, M or L")]


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices by item and region, with those of all sizes in all regions behind them."""

    prices: Mapping[tuple[str, str], Price]

    def find(self, item: str, region: str) -> Price | None:
        """The price of an item in a region, its global price, or a size's in the long table; None where none is."""
        own = self.prices.get((item, region)) or self.prices.get((item, GLOBAL))
        return own or (_of_size(item, region) if item.startswith(PREFIXES) else None)

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions that have prices of more than instances and databases, sorted."""
        return tuple(sorted({region for _, region in self.prices} - {GLOBAL}))

    def stale(self, today: date, days: int = STALE_DAYS) -> tuple[Price, ...]:
        """Prices that were last reviewed more than `days` before `today`, the oldest first."""
        old = [price for price in self.prices.values() if (today - price.date).days > days]
        return tuple(sorted(old, key=lambda price: (price.date, price.item, price.region)))

    def over(self, other: PriceBook) -> PriceBook:
        """This book's prices in place of another's, and the other's where this one has none."""
        return PriceBook({**other.prices, **self.prices})


def load_prices(path: Path = SHIPPED) -> PriceBook:
    """Read a price book.

    Args:
        path: a CSV file with the columns item, region, price, unit, what, source, date, confidence.

    Raises:
        InputError: the file cannot be read, or rows are wrong; a line for each.
    """
    return _book(read_rows(path, Price, "item", "region"))


def parse_prices(text: str, source: str) -> PriceBook:
    """Read a price book from text; see `load_prices`.

    Args:
        text: the CSV text.
        source: name of the file, for error messages.
    """
    return _book(parse_rows(text, source, Price, "item", "region"))


def _of_size(item: str, region: str) -> Price | None:
    """The price of an instance type or a database class."""
    found = sizes_in(region).get(item)
    if found is None:
        return None
    _, _, name = item.partition(".")
    with_linux = item.startswith("ec2.")
    what = f"{name} with Linux" if with_linux else f"{name.partition('.')[2]} in one zone; a standby is a second one"
    return Price(
        item=item,
        region=region,
        price=found.price,
        unit=Unit.HOUR,
        what=what,
        source=found.source,
        date=found.date,
        confidence=Confidence.HIGH if is_sure(found) else Confidence.MEDIUM,
    )


def _book(rows: Iterable[Price]) -> PriceBook:
    return PriceBook({(row.item, row.region): row for row in rows})


def stale_line(book: PriceBook, today: date, days: int = STALE_DAYS) -> str | None:
    """One line on prices that are too old; None where there are none.

    Args:
        book: the prices.
        today: the day to count from.
        days: age that is still fine.
    """
    old = book.stale(today, days)
    if not old:
        return None
    oldest = old[0]
    return (
        f"price book: {len(old)} of {len(book.prices)} prices were reviewed more than {days} days ago, first of all "
        f"{oldest.item} in {oldest.region} on {oldest.date}; check them against {oldest.source} and set their date"
    )
