"""AWS's price lists as they are published, cut to a few lines: what of them is a rate on demand, and what is not.

Not proven: that AWS still publishes them at the same addresses.
"""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.cost.book.price_list import sizes_of
from ascent.cost.book.sizes import Size, rows_of, written
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
EC2, RDS = DATA / "ec2-offer.csv", DATA / "rds-offer.csv"


def rates(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {f"{row.region} {row.item}": str(row.price.normalize()) for row in sizes_of(lines, file.name)}


def test_instances_with_linux_on_shared_hardware() -> None:
    assert rates(EC2) == {
        "us-east-1 ec2.t4g.micro": "0.0084",
        "us-east-1 ec2.c6i.large": "0.085",
        "us-east-1 ec2.m6g.metal": "2.464",
    }


def test_databases_in_one_zone() -> None:
    assert rates(RDS) == {
        "us-east-1 rds.postgres.db.t4g.medium": "0.065",
        "us-east-1 rds.mysql.db.t4g.medium": "0.066",
        "us-east-1 rds.postgres.db.r6g.large": "0.225",
    }


def test_a_row_is_of_the_day_of_its_list() -> None:
    with RDS.open(encoding="utf-8", newline="") as lines:
        assert {(row.source, row.date) for row in sizes_of(lines, "x")} == {("AWS price list", date(2026, 11, 14))}


@pytest.mark.parametrize("text", ["", "a,b\n", "\n" * 7, EC2.read_text().replace("AmazonEC2", "AmazonS3")])
def test_what_is_no_price_list_is_one_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^x\.csv: is no price list of AmazonEC2 or AmazonRDS as CSV; download "):
        list(sizes_of(text.splitlines(keepends=True), "x.csv"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A table with one row that the lists have too and one that they lack."""
    rows = [
        Size("us-east-1", "ec2.t4g.micro", Decimal("0.01"), "somebody", date(2025, 1, 1)),
        Size("eu-west-1", "ec2.t4g.micro", Decimal("0.0092"), "somebody", date(2025, 1, 1)),
    ]
    (file := tmp_path / "sizes.csv.gz").write_bytes(written(rows))
    return file


def test_refresh_puts_the_lists_rows_in_place_of_the_tables(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "refresh", str(EC2), str(RDS), "--book", str(book)]) == 0
    assert capsys.readouterr().out == f"{book}: 6 rates read: 5 new, 1 with another price; 7 in all\n"
    found = {(row.region, row.item): row for row in rows_of(book)}
    assert found["us-east-1", "ec2.t4g.micro"].price == Decimal("0.0084")
    assert found["us-east-1", "ec2.t4g.micro"].source == "AWS price list"
    assert found["eu-west-1", "ec2.t4g.micro"].source == "somebody"
    again = book.read_bytes()
    assert main(["prices", "refresh", str(EC2), str(RDS), "--book", str(book)]) == 0
    assert book.read_bytes() == again, "the same lists write the same table"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The lists behind an address, as AWS has them."""
    for file, offer in ((EC2, "AmazonEC2"), (RDS, "AmazonRDS")):
        place = tmp_path / "lists" / offer / "current" / "us-east-1"
        place.mkdir(parents=True)
        (place / "index.csv").write_bytes(file.read_bytes())
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "lists"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()


def test_refresh_downloads(book: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["prices", "refresh", "--region", "us-east-1", "--lists", server, "--book", str(book)]
    assert main(arguments) == 0
    assert "6 rates read" in capsys.readouterr().out
    arguments[3] = "eu-west-1"
    assert main(arguments) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.endswith("File not found; download it elsewhere and name the file instead")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to read; name price lists, or download them with --region us-east-1"),
        (["none.csv"], "none.csv: cannot be read: No such file or directory; name a price list as CSV"),
        (["--region", "us-east-9"], "ascent prices refresh --region us-east-9: must be one of "),
        (["--region", "us-east-1", "--lists", "ftp://x"], "--lists ftp://x: must begin with https://; leave it out"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    arguments: list[str], said: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["prices", "refresh", *arguments, "--book", str(book)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert book.read_bytes() == before
