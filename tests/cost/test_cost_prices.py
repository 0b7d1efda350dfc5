"""The price book: the shipped one is whole, and every kind of wrong row gets one clear line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ascent.cost.book.prices import GLOBAL, load_prices, parse_prices, stale_line
from ascent.cost.book.sizes import sizes_in
from ascent.cost.book.tables import allowances, discounts
from common.problems import InputError

HEADER = "item,region,price,unit,what,source,date,confidence"
ROW = "nat.hour,us-east-1,0.045,hour,NAT gateway,Amazon VPC pricing,2026-11-01,H"
ONLY_US = {
    *(f"rds.cluster.postgres.db.{size}" for size in ("c6gd.medium", "m6gd.large", "m6gd.xlarge", "r6gd.large")),
    *(f"elasticache.valkey.cache.{size}" for size in ("m7g.large", "r7g.large")),
    *(f"opensearch.{size}.search" for size in ("m7g.medium", "m7g.large", "r7g.large")),
}
"""Items of the book without a price in eu-west-1, none of them a default below the enterprise tier."""


def book(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


def lines(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_prices(text, "prices.csv")
    return str(caught.value).splitlines()


def test_the_second_region_has_what_the_first_has() -> None:
    prices = load_prices()
    assert prices.regions == ("eu-west-1", "us-east-1")
    items = {region: {i for i, r in prices.prices if r == region} for region in (*prices.regions, GLOBAL)}
    assert items["us-east-1"] - items["eu-west-1"] == ONLY_US
    assert items["eu-west-1"] <= items["us-east-1"]
    assert not items[GLOBAL] & items["us-east-1"]
    assert len(items["us-east-1"]) + len(sizes_in("us-east-1")) > 1000


def test_the_tables_beside_it_name_items_that_exist() -> None:
    prices = load_prices()
    assert allowances()
    assert all(prices.find(item, "us-east-1") for item in allowances())
    assert all(0 < discount.percent < 100 for discount in discounts().values())


def test_a_fine_row() -> None:
    found = parse_prices(book(ROW), "prices.csv").find("nat.hour", "us-east-1")
    assert found is not None
    assert (str(found.price), found.unit, found.source) == ("0.045", "hour", "Amazon VPC pricing")


UNITS = (
    "hour, vCPU-hour, GB-hour, LCU-hour, month, GB-month, GB, piece, thousand, ten thousand, hundred thousand, million"
)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            ROW.replace("hour,NAT", ",NAT"),
            f"nat.hour in us-east-1: unit is missing: what the price is per, one of {UNITS}; add it",
        ),
        (
            ROW.replace("hour,NAT", "huor,NAT"),
            f'nat.hour in us-east-1: unit is "huor": must be one of {UNITS}; for example unit: hour',
        ),
        (
            ROW.replace("0.045", "-1"),
            'nat.hour in us-east-1: price is "-1": must be at least 0; for example price: 0',
        ),
        (ROW.replace("0.045", "NaN"), 'nat.hour in us-east-1: price is "NaN": must be a number; correct it'),
        (ROW.replace("0.045", "much"), 'nat.hour in us-east-1: price is "much": must be a number; correct it'),
        (
            ROW.replace("0.045", "1e99"),
            'nat.hour in us-east-1: price is "1e99": must be at most 1000000000000000; '
            "for example price: 1000000000000000",
        ),
        (
            ROW.replace("0.045", ""),
            "nat.hour in us-east-1: price is missing: US dollars per unit, without tax; add it",
        ),
        (
            ROW.replace("us-east-1", "us-east-11"),
            'nat.hour in us-east-11: region is "us-east-11": must be an AWS region or global; did you mean us-east-1?',
        ),
        (
            ROW.replace("2026-11-01", "01.11.2026"),
            'nat.hour in us-east-1: date is "01.11.2026": must be a day as YYYY-MM-DD; correct it',
        ),
        (
            ROW.replace(",H", ",X"),
            'nat.hour in us-east-1: confidence is "X": must be one of H, M, L; for example confidence: H',
        ),
        (
            ROW.replace("Amazon VPC pricing", " "),
            "nat.hour in us-east-1: source is missing: name of the page that publishes the price; add it",
        ),
        (
            ROW.replace("NAT gateway", "NAT, gateway"),
            "nat.hour in us-east-1 is a row of 9 values: it must have 8; put text that holds a comma between quotes",
        ),
        (
            "nat.hour",
            "nat.hour in no region is a row of 1 values: it must have 8; put text that holds a comma between quotes",
        ),
    ],
)
def test_a_wrong_row_is_one_line(row: str, line: str) -> None:
    assert lines(book(row)) == [f"prices.csv:2: {line}"]


def test_a_duplicate_names_both_lines() -> None:
    assert lines(book(ROW, ROW.replace("0.045", "0.05"))) == [
        "prices.csv:3: nat.hour in us-east-1 is there already, on line 2: it must stand once; delete one of them"
    ]


def test_all_wrong_rows_are_told_at_once() -> None:
    wrong = lines(book(ROW.replace("0.045", "x").replace(",H", ",Q"), ROW, ROW))
    assert [line.split(":")[1] for line in wrong] == ["2", "2", "4"]


def test_other_columns() -> None:
    (line,) = lines("item,price\nnat.hour,1\n")
    wanted = f"the columns must be {HEADER}; write them as the first line"
    assert line == f"prices.csv:1: the header is item,price: {wanted}"
    assert lines("") == [f"prices.csv:1: the header is missing: {wanted}"]


def test_text_that_is_no_csv() -> None:
    (line,) = lines(book('"nat.hour,us-east-1'))
    assert line == "prices.csv:2: not valid CSV: unexpected end of data"


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    (line,) = lines(book(ROW.replace("nat.hour", "\x1b[31mnat").replace(",H", ",Q")))
    assert "\x1b" not in line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^none\.csv: cannot be read: No such file or directory; "):
        load_prices(tmp_path / "none.csv")


def test_stale_prices_are_one_line() -> None:
    old = ROW.replace("2026-11-01", "2025-01-31").replace("nat.hour", "alb.hour")
    prices = parse_prices(book(ROW, old), "prices.csv")
    assert stale_line(prices, date(2026, 11, 2)) == (
        "price book: 1 of 2 prices were reviewed more than 400 days ago, first of all alb.hour in us-east-1 on "
        "2025-01-31; check them against Amazon VPC pricing and set their date"
    )
    assert stale_line(prices, date(2025, 1, 31) + timedelta(days=400)) is None
    assert len(prices.stale(date(2026, 11, 3), days=1)) == 2


def test_the_shipped_book_is_not_stale_on_its_own_day() -> None:
    prices = load_prices()
    assert stale_line(prices, max(p.date for p in prices.prices.values())) is None


def test_a_global_price_holds_in_every_region_and_own_rows_come_first() -> None:
    shipped = load_prices()
    assert shipped.find("cloudfront.gb", "eu-west-1") is shipped.find("cloudfront.gb", GLOBAL)
    own = parse_prices(book(ROW.replace("0.045", "0.03")), "own.csv").over(shipped)
    for item, wanted in (("nat.hour", "0.03"), ("nat.gb", "0.045")):
        price = own.find(item, "us-east-1")
        assert price is not None
        assert str(price.price) == wanted
