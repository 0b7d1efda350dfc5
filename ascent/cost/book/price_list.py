"""AWS's public price lists: what they say an hour of an instance or a database costs.

An offer file of one region as CSV: five lines on the file itself, a line of columns, then a line per rate. See AWS's
Billing user guide, "Reading service price list files".
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ascent.cost.book.sizes import Size
from common.problems import InputError
from settings.offers.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SOURCE: Final = "AWS price list"
"""What rows from these files say where they are from."""

OFFERS: Final = ("AmazonEC2", "AmazonRDS")
"""Codes of the offers whose files are read."""

_ABOUT: Final = 5
"""Lines on the file before the columns."""

_ENGINES: Final = {"PostgreSQL": "postgres", "MySQL": "mysql", "MariaDB": "mariadb"}

_EC2: Final = {
    "Operating System": ("Linux",),
    "Tenancy": ("Shared",),
    "Pre Installed S/W": ("NA",),
    "CapacityStatus": ("Used",),
    "Product Family": ("Compute Instance", "Compute Instance (bare metal)"),
    "MarketOption": ("OnDemand", ""),
}
"""What an instance's rate says of itself: Linux alone, on shared hardware, without a reservation."""

_RDS: Final = {
    "Database Engine": tuple(_ENGINES),
    "Deployment Option": ("Single-AZ",),
    "Product Family": ("Database Instance",),
}

_BOTH: Final = {
    "TermType": ("OnDemand",),
    "Unit": ("Hrs", "Hours"),
    "Currency": ("USD",),
    "Location Type": ("AWS Region",),
}


def sizes_of(lines: Iterable[str], name: str) -> Iterator[Size]:
    """The rates on demand of instances with Linux, or of databases in one zone.

    Args:
        lines: those of a file.
        name: what errors call it.

    Raises:
        InputError: it is no such file, or of another offer.
    """
    reader = csv.reader(lines)
    try:
        about = {row[0]: row[1] for row in (next(reader, ["", ""]) for _ in range(_ABOUT)) if len(row) == 2}
        columns = next(reader, [])
        day = date.fromisoformat(about.get("Publication Date", "")[:10])
    except (ValueError, csv.Error):
        raise InputError(_wanted(name)) from None
    offer = about.get("OfferCode")
    if offer not in OFFERS or "PricePerUnit" not in columns:
        raise InputError(_wanted(name))
    wanted = {**_BOTH, **(_EC2 if offer == "AmazonEC2" else _RDS)}
    for values in reader:
        row = dict(zip(columns, values, strict=False))
        if all(row.get(column, allowed[0]) in allowed for column, allowed in wanted.items()):
            found = _size(row, day, is_ec2=offer == "AmazonEC2")
            if found is not None:
                yield found


def _size(row: Mapping[str, str], day: date, *, is_ec2: bool) -> Size | None:
    """A rate; None where it is free, or of a place that no stack can be in, such as a local zone."""
    type_, region = row.get("Instance Type", ""), row.get("Region Code", "")
    try:
        price = Decimal(row.get("PricePerUnit", ""))
    except InvalidOperation:
        return None
    if not type_ or region not in REGIONS or price <= 0:
        return None
    item = f"ec2.{type_}" if is_ec2 else f"rds.{_ENGINES[row['Database Engine']]}.{type_}"
    return Size(region, item, price, SOURCE, day)


def _wanted(name: str) -> str:
    return (
        f"{name}: is no price list of {' or '.join(OFFERS)} as CSV; download index.csv of a region, "
        "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/us-east-1/index.csv"
    )
