"""The price book: a table of list prices that says of each row where it is from, of when, and how sure it is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import MOST
from ascent.cost.units import Unit
from ascent.output.console.values import printable
from common.problems import InputError, closest
from settings.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GLOBAL: Final = "global"
"""Region of the prices of services that have none, such as CloudFront and Route 53."""

STALE_DAYS: Final = 400
"""Age from which a price needs to be looked at again; AWS changes few list prices within a year."""

SHIPPED: Final = Path(__file__).parent / "data" / "prices.csv"
"""The price book that comes with Ascent."""

_COLUMNS: Final = ("item", "region", "price", "unit", "what", "source", "date", "confidence")


class Confidence(StrEnum):
    """How sure a price is."""

    HIGH = "H"
    """A list price that has stood for long and is quoted everywhere."""
    MEDIUM = "M"
    """Probably right; look it up before a contract rests on it."""
    LOW = "L"
    """An estimate: the price floats, or the service's billing has details that are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One row of the book."""

    item: str
    region: str
    price: Decimal
    """US dollars per unit, without tax."""
    unit: Unit
    what: str
    source: str
    """Name of the page that publishes it."""
    date: date
    """Day on which the row was last reviewed."""
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices by item and region."""

    prices: Mapping[tuple[str, str], Price]

    def find(self, item: str, region: str) -> Price | None:
        """The price of an item in a region, or the item's global price; None where the book has neither."""
        return self.prices.get((item, region)) or self.prices.get((item, GLOBAL))

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions that have prices, sorted."""
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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise InputError(f"{path.name}: cannot be read: {reason}; name a price book in CSV") from None
    return parse_prices(text, path.name)


def parse_prices(text: str, source: str) -> PriceBook:
    """Read a price book from text; see `load_prices`.

    Args:
        text: the CSV text.
        source: name of the file, for error messages.
    """
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    try:
        header = tuple(reader.fieldnames or ())
        if header != _COLUMNS:
            raise InputError(
                f"{source}:1: the columns are {printable(','.join(header)) or 'missing'}; "
                f"they must be {','.join(_COLUMNS)}"
            )
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"{source}:{reader.line_num}: not valid CSV: {error}") from None
    found: dict[tuple[str, str], Price] = {}
    lines: dict[tuple[str, str], int] = {}
    problems: list[str] = []
    for line, row in rows:
        wrong = list(_wrong(row))
        key = (row["item"], row["region"])
        if not wrong and key in lines:
            wrong = [f"there is already a price on line {lines[key]}; delete one of them"]
        if wrong:
            problems += [f"{source}:{line}: {_entry(row)}: {problem}" for problem in wrong]
            continue
        lines[key], found[key] = line, _price(row)
    if problems:
        raise InputError("\n".join(problems))
    return PriceBook(found)


def _entry(row: Mapping[str, str | None]) -> str:
    return printable(f"{row.get('item') or 'a row without an item'} in {row.get('region') or 'no region'}")


def _wrong(row: Mapping[str, str | None]) -> Iterator[str]:
    """What is wrong with a row, a sentence for each problem."""
    if "" in row or None in row.values():
        yield f"has not {len(_COLUMNS)} values; put text that holds a comma between quotes"
        return
    values = {key: value or "" for key, value in row.items()}
    for column in ("item", "what", "source"):
        if not values[column].strip():
            yield f"{column} is missing; every price says it"
    yield from _wrong_word("region", values["region"], (*REGIONS, GLOBAL), f"an AWS region or {GLOBAL}")
    yield from _wrong_word("unit", values["unit"], tuple(Unit), f"one of {', '.join(Unit)}")
    yield from _wrong_word("confidence", values["confidence"], tuple(Confidence), "H, M or L")
    price = _decimal(values["price"])
    if price is None or not price.is_finite() or not 0 <= price <= MOST:
        yield f"price is {_shown(values['price'])}; it must be a number of US dollars that is not negative"
    if _date(values["date"]) is None:
        yield f"date is {_shown(values['date'])}; it must be a day such as 2026-11-01"


def _wrong_word(column: str, value: str, allowed: Iterable[str], wanted: str) -> Iterator[str]:
    if not value:
        yield f"{column} is missing; it must be {wanted}"
    elif value not in allowed:
        near = closest(value, allowed)
        yield f"{column} is {_shown(value)}; it must be {wanted}" + (f"; did you mean {near}?" if near else "")


def _shown(value: str) -> str:
    return printable(repr(value)) if value else "missing"


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _price(row: Mapping[str, str]) -> Price:
    return Price(
        item=row["item"],
        region=row["region"],
        price=Decimal(row["price"]),
        unit=Unit(row["unit"]),
        what=row["what"],
        source=row["source"],
        date=date.fromisoformat(row["date"]),
        confidence=Confidence(row["confidence"]),
    )


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
