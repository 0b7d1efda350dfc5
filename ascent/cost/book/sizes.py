"""Prices of every instance type and database class, by region: a table too long to be read by people, so compressed."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHIPPED_SIZES: Final = Path(__file__).parents[1] / "data" / "sizes.csv.gz"
"""The table that comes with Ascent."""

PREFIXES: Final = ("ec2.", "rds.")
"""Beginnings of the items that the table may have."""

COLUMNS: Final = ("region", "item", "price", "source", "date")

SURE_DAYS: Final = 400
"""Age from which a row is no longer sure, counted from the newest row; AWS changes few of them within a year."""


class Size(NamedTuple):
    """A row: what an hour of a size costs in a region.

    Attributes:
        region: an AWS region.
        item: such as `ec2.t4g.micro` or `rds.postgres.db.t4g.micro`; the latter in one zone.
        price: US dollars an hour, on demand; of EC2 with Linux and shared hardware.
        source: who published it.
        date: when.
    """

    region: str
    item: str
    price: Decimal
    source: str
    date: date


def rows_of(path: Path = SHIPPED_SIZES) -> Iterator[Size]:
    """All rows of a table.

    Args:
        path: a gzipped CSV file with the columns region, item, price, source, date.

    Raises:
        InputError: it cannot be read.
    """
    for region, item, price, source, day in _raw(path):
        yield Size(region, item, Decimal(price), source, date.fromisoformat(day))


def written(rows: Iterable[Size]) -> bytes:
    """A table as it stands in its file; the same rows always yield the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((r.region, r.item, f"{r.price.normalize():f}", r.source, r.date) for r in sorted(rows))
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.getvalue().encode())
    return file.getvalue()


@cache
def sizes_in(region: str) -> Mapping[str, Size]:
    """What sizes cost in a region, by item; empty for a region of which nobody has published them.

    Args:
        region: an AWS region.
    """
    return {
        item: Size(region, item, Decimal(price), source, date.fromisoformat(day))
        for home, item, price, source, day in _shipped()
        if home == region
    }


def is_sure(size: Size) -> bool:
    """Whether a row is about as young as the newest one."""
    return date.fromisoformat(max(row[4] for row in _shipped())) - size.date <= timedelta(days=SURE_DAYS)


@cache
def _shipped() -> tuple[tuple[str, ...], ...]:
    return tuple(_raw(SHIPPED_SIZES))


def _raw(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: cannot be read: {error}; write it anew with `ascent prices refresh`") from None
    rows = csv.reader(lines)
    if tuple(next(rows, ())) != COLUMNS:
        raise InputError(f"{path.name}:1: the columns must be {','.join(COLUMNS)}; write it anew")
    for row in rows:
        yield tuple(row)
