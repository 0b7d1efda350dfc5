"""`ascent prices refresh`: the table of instance and database prices, anew from AWS's public price lists."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.usage import must_be_one_of
from ascent.cost.book.price_list import OFFERS, sizes_of
from ascent.cost.book.sizes import SHIPPED_SIZES, Size, rows_of, written
from ascent.output.files import write_whole
from common.problems import InputError
from settings.offers.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws"


class Action(StrEnum):
    """What to do with the prices."""

    REFRESH = "refresh"


def run(
    _action: Annotated[Action, typer.Argument(help="refresh: write the table anew.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Price lists that are here already: index.csv."),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Download the price lists of this region; give it again for more.")
    ] = None,
    lists: Annotated[str, typer.Option(metavar="URL", help="Where the price lists are.")] = _LISTS,
    book: Annotated[Path, typer.Option(metavar="FILE", help="The table to write.")] = SHIPPED_SIZES,
) -> None:
    """Exit status: 0 written, 2 bad input. Rows that the lists lack stay as they are. No credentials are needed."""
    if not files and not region:
        raise InputError(
            "ascent prices refresh: nothing to read; name price lists, or download them with --region us-east-1"
        )
    for name in region or ():
        if name not in REGIONS:
            raise InputError(f"ascent prices refresh --region {name}: {must_be_one_of(name, REGIONS)}")
    before = {(row.region, row.item): row for row in rows_of(book)} if book.exists() else {}
    found: dict[tuple[str, str], Size] = {}
    for row in chain(_read(files or ()), _downloaded(region or (), lists)):
        key = (row.region, row.item)
        # Of several rates of a size the lowest is without what comes on top of it.
        found[key] = min(row, found.get(key, row), key=lambda one: one.price)
    if not found:
        raise InputError("ascent prices refresh: the price lists hold no rate of an instance or a database")
    write_whole(book, written({**before, **found}.values()), f"ascent prices refresh --book {book}")
    new = sum(key not in before for key in found)
    changed = sum(key in before and before[key].price != row.price for key, row in found.items())
    whole = len(before.keys() | found)
    print(f"{book}: {len(found)} rates read: {new} new, {changed} with another price; {whole} in all")


def _read(files: list[Path] | tuple[()]) -> Iterator[Size]:
    for file in files:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield from sizes_of(lines, str(file))
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
            raise InputError(f"{file}: cannot be read: {reason}; name a price list as CSV") from None


def _downloaded(regions: list[str] | tuple[()], lists: str) -> Iterator[Size]:
    import io
    from urllib.error import URLError
    from urllib.request import urlopen

    if not lists.startswith(("https://", "http://127.0.0.1:")):
        raise InputError(f"ascent prices refresh --lists {lists}: must begin with https://; leave it out for AWS's own")
    for region in regions:
        for offer in OFFERS:
            address = f"{lists}/{offer}/current/{region}/index.csv"
            print(f"reading {address} ...", file=sys.stderr)
            try:
                with urlopen(address) as answer:
                    yield from sizes_of(io.TextIOWrapper(answer, encoding="utf-8", newline=""), address)
            except (URLError, OSError) as error:
                reason = getattr(error, "reason", None) or error
                raise InputError(
                    f"{address}: cannot be read: {reason}; download it elsewhere and name the file instead"
                ) from None
