"""The long table of instance types and database classes: what it says, where from, and that it fits the names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ascent.cost.book.prices import Confidence, load_prices
from ascent.cost.book.sizes import SHIPPED_SIZES, Size, rows_of, sizes_in, written
from common.problems import InputError
from settings.offers.regions import REGIONS, partition
from settings.offers.sizes import is_offered, near

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = {"ap-east-2", "ap-southeast-6", "cn-north-1", "cn-northwest-1"}
"""Regions whose prices none of the sources has in dollars."""


@pytest.mark.parametrize(
    ("item", "region", "price"),
    [
        ("ec2.t4g.micro", "us-east-1", "0.0084"),
        ("ec2.t4g.micro", "ap-southeast-2", "0.0106"),
        ("ec2.m7i.24xlarge", "us-east-1", "4.8384"),
        ("ec2.c6g.xlarge", "eu-west-1", "0.1459"),
        ("ec2.m7g.large", "eu-west-1", "0.091"),
        ("ec2.m7g.xlarge", "eu-west-1", "0.1819"),
        ("ec2.p5.48xlarge", "us-east-1", "55.04"),
        ("rds.postgres.db.m5.large", "eu-west-1", "0.197"),
        ("rds.postgres.db.m6g.large", "eu-west-1", "0.176"),
        ("rds.postgres.db.m6g.xlarge", "eu-west-1", "0.352"),
        ("rds.postgres.db.r6g.large", "eu-west-1", "0.252"),
        ("rds.postgres.db.r6g.xlarge", "eu-west-1", "0.504"),
        ("rds.postgres.db.t3.large", "eu-west-1", "0.156"),
        ("rds.postgres.db.t4g.large", "eu-west-1", "0.138"),
        ("rds.postgres.db.t4g.medium", "eu-west-1", "0.069"),
        ("rds.postgres.db.r7g.2xlarge", "us-east-1", "0.956"),
        ("rds.postgres.db.r7g.4xlarge", "us-east-1", "1.913"),
    ],
)
def test_prices_are_those_of_awss_list(item: str, region: str, price: str) -> None:
    found = load_prices().find(item, region)
    assert found is not None
    assert found.price == Decimal(price)


def test_every_region_has_sizes_but_those_of_which_nobody_publishes_any() -> None:
    assert {region for region in REGIONS if not sizes_in(region)} == NOBODY
    assert all(len(sizes_in(region)) > 150 for region in set(REGIONS) - NOBODY)
    assert all(partition(region) != "aws-cn" or region in NOBODY for region in REGIONS), "their prices are in yuan"


def test_a_row_says_where_it_is_from_and_how_sure_it_is() -> None:
    young, old = (load_prices().find("ec2.t4g.micro", region) for region in ("us-east-1", "eu-west-1"))
    assert young is not None
    assert old is not None
    assert (young.date, young.confidence) == (date(2026, 7, 20), Confidence.HIGH)
    assert (old.date, old.confidence, old.source) == (date(2025, 5, 28), Confidence.MEDIUM, "ec2-instances-info")


def test_what_was_made_cheaper_since_is_not_priced_at_the_old_rate() -> None:
    assert load_prices().find("ec2.p5.48xlarge", "us-west-2") is None


def test_rows_are_sorted_once_and_positive() -> None:
    rows = list(rows_of())
    keys = [(row.region, row.item) for row in rows]
    assert keys == sorted(set(keys))
    assert all(row.price > 0 and row.item.startswith(("ec2.", "rds.")) for row in rows)
    assert written(rows_of()) == written(reversed(rows))
    assert written(rows_of(SHIPPED_SIZES))[:2] == b"\x1f\x8b"


def test_all_that_has_a_price_is_offered() -> None:
    names = {row.item.removeprefix("ec2.").removeprefix("rds.postgres.") for row in rows_of()}
    assert [name for name in names if not name.startswith("rds.") and not is_offered(name)] == []


def test_near_ones_exist() -> None:
    for name in ("t9g.giant", "m7i.25xlarge", "db.t4g.micr", "zzz.large", "t3"):
        assert all(is_offered(other) and other.startswith("db.") == name.startswith("db.") for other in near(name))


def test_a_table_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (broken := tmp_path / "sizes.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(
        InputError, match=r"sizes\.csv\.gz: cannot be read: .*; write it anew with `ascent prices refresh`"
    ):
        list(rows_of(broken))


def test_a_written_table_reads_the_same(tmp_path: Path) -> None:
    rows = [Size("us-east-1", "ec2.t4g.nano", Decimal("0.0042"), "list", date(2026, 1, 2))]
    (file := tmp_path / "sizes.csv.gz").write_bytes(written(rows))
    assert list(rows_of(file)) == rows
