"""The evidence pack: complete, the same each time, safe to open, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ascent.compliance import pack
from ascent.compliance.assess import Standing
from ascent.compliance.frameworks import frameworks
from ascent.compliance.pack import files_of, write_pack
from ascent.compliance.page.render import to_html
from ascent.compliance.table import safe, to_csv
from common.problems import InputError
from policies.pack.waivers import Waiver, WaiverBook
from tests.commands.small_plan import BUCKET, resource, small_plan
from tests.compliance.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.compliance.assess import Assessment

    Held = Callable[..., Assessment]


def rows(one: Assessment) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(one))))


@pytest.mark.parametrize("framework", list(frameworks()))
def test_the_table_has_every_control_rule_and_resource(framework: str, shipped_held: Held) -> None:
    one = shipped_held("prod", framework)
    found = rows(one)
    expected = [
        (c.id, rule.id if rule else "", r.verdict.urn if r else "")
        for c in one.controls
        for rule in (c.rules or (None,))
        for r in ([r for r in c.results if rule and r.verdict.rule == rule.id] or [None])
    ]
    assert [(row["control"], row["rule"], row["resource"]) for row in found] == expected
    assert all(row["verdict"] and row["judged_for"] == "2026-11-21" for row in found)
    assert all(row["tool"].startswith("ascent ") for row in found)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "pass", "164.312(b)", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def hostile(held: Held) -> Assessment:
    reason = '=HYPERLINK("http://x","<script>alert(1)</script>")'
    waiver = Waiver(rule="s3-*", urn="*", reason=reason, owner="@owner", expires=TODAY, count=99, place="here")
    book = WaiverBook(today=TODAY, in_force=tuple(replace(waiver, rule=r) for r in ("s3-versioning", "s3-encryption")))
    return held(small_plan(resource(BUCKET, '<img src=x>",=cmd')), "fsbp", book)


def test_names_and_reasons_that_attack(held: Held) -> None:
    one = hostile(held)
    assert one.counts[Standing.EXCEPTED] > 0
    found = rows(one)
    assert {row["waiver_owner"] for row in found} == {"", "'@owner"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())
    page = to_html(one)
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "2026-11-21" in page


def test_the_same_input_gives_the_same_bytes(shipped_held: Held, tmp_path: Path) -> None:
    one = shipped_held("prod", "soc2")
    first = {path.name: path.read_bytes() for path in write_pack(tmp_path, [one])}
    again = {path.name: path.read_bytes() for path in write_pack(tmp_path, [one])}
    assert first == again
    assert list(first) == ["prod-soc2.csv", "prod-soc2.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(first)


@pytest.mark.parametrize("name", ["prod-soc2.csv", "prod-soc2.html"])
def test_foreign_files_stay(name: str, shipped_held: Held, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name} is there and no evidence that Ascent wrote"):
        write_pack(tmp_path, [shipped_held("prod", "soc2")])
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_links_and_directories_are_foreign(shipped_held: Held, tmp_path: Path) -> None:
    (tmp_path / "prod-soc2.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="no evidence"):
        write_pack(tmp_path, [shipped_held("prod", "soc2")])
    (tmp_path / "prod-soc2.csv").unlink()
    (tmp_path / "prod-soc2.html").mkdir()
    with pytest.raises(InputError, match="no evidence"):
        write_pack(tmp_path, [shipped_held("prod", "soc2")])


def test_a_directory_that_cannot_be_made(shipped_held: Held, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="name a directory that can be written"):
        write_pack(tmp_path / "file", [shipped_held("prod", "soc2")])


def test_nothing_is_half_written(shipped_held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    texts = files_of([shipped_held("prod", "soc2")])
    monkeypatch.setattr(pack, "files_of", lambda _: texts)
    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(InputError, match="No space left"):
        write_pack(tmp_path, [])
    assert os.listdir(tmp_path) == []


def test_a_stack_name_stays_in_the_directory(held: Held) -> None:
    one = held(replace(small_plan(), stack="../../etc"), "soc2")
    assert all("/" not in name and not name.startswith(".") for name in files_of([one]))


def test_the_page_has_its_parts(shipped_held: Held) -> None:
    one = shipped_held("prod", "soc2")
    page = to_html(one)
    for heading in (
        "Summary",
        "Scope",
        "Method",
        "Findings",
        "Exceptions",
        "Results per control",
        "What is not covered",
    ):
        assert f"<h2>{heading}</h2>" in page
    assert "It is not compliance" in page
    assert all(c.id in page for c in one.controls)
    assert one.framework.source in page
