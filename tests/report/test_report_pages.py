"""The pages as HTML: whole, linked, self-contained, and usable without eyes."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from ascent.cost.amounts import dollars
from ascent.plan.model import UNKNOWN, secret
from ascent.report.page.pages import stack_page
from ascent.report.page.write import files_of
from tests.commands.small_plan import STORE, resource, small_plan
from tests.report.page_reading import Page
from tests.stacks.planning import ROOT, SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ascent.plan.model import Plan
    from ascent.report.page.subject import Subject

PAGES = ("index.html", *(f"{stack}/index.html" for stack in SHIPPED))
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</style></svg>&lt;b\x00\x1b[31m\ud800"


@pytest.fixture(params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(made: Mapping[str, str], name: str) -> Page:
    return Page(made[name])


def test_ids_are_unique(page: Page) -> None:
    assert len(page.ids) > 5
    assert len(page.ids) == len(set(page.ids))
    named = " ".join(e.attributes.get("aria-labelledby", "") for e in page.elements).split()
    assert set(named) <= set(page.ids)


def test_every_link_leads_somewhere(made: Mapping[str, str], name: str, page: Page) -> None:
    ids = {path: set(Page(text).ids) for path, text in made.items() if path.endswith(".html")}
    links = [e.attributes["href"] for e in page.all("a")]
    assert len(links) > 20
    for link in links:
        path, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        assert target in made, link
        if anchor:
            assert anchor in ids[target], link


def test_nothing_is_loaded_from_elsewhere(made: Mapping[str, str], name: str, page: Page) -> None:
    assert page.all("link", "img", "iframe", "object", "embed", "base", "audio", "video", "image") == []
    for element in page.elements:
        assert not {"src", "srcset", "action", "style:background", "poster"} & set(element.attributes), element
        assert not any(key.startswith("on") for key in element.attributes), element
        for key in ("href", "xlink:href"):
            assert "//" not in element.attributes.get(key, ""), element
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)|fetch\(|XMLHttpRequest", made[name].partition("<body>")[0])


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_names(page: Page) -> None:
    for tag in ("header", "main", "footer", "title"):
        assert len([e for e in page.all(tag) if "svg" not in e.above]) == 1, tag
    assert page.all("html")[0].attributes["lang"] == "en"
    for nav in page.all("nav"):
        assert nav.attributes["aria-label"]
    for drawing in page.all("svg"):
        named = drawing.attributes.get("aria-label") or drawing.attributes.get("aria-labelledby")
        assert drawing.attributes.get("aria-hidden") == "true" or named, drawing.attributes
    for control in page.all("select", "input"):
        assert "label" in control.above


def test_tables_have_captions_and_headers(page: Page) -> None:
    tables = page.all("table")
    assert len(tables) >= 3
    for table in tables:
        assert len(table.all("caption")) == 1
        heads = table.all("th")
        assert heads
        assert all(th.attributes.get("scope") in ("col", "row", "rowgroup") for th in heads)
        assert "div" in table.above
    for region in (e for e in page.all("div") if "scroll" in e.attributes.get("class", "").split()):
        assert (region.attributes["tabindex"], region.attributes["role"]) == ("0", "region")
        assert region.attributes["aria-labelledby"]


@pytest.mark.parametrize("stack", SHIPPED)
def test_figures_of_a_stack(made: Mapping[str, str], subject: Callable[[Plan], Subject], stack: str) -> None:
    one = subject(shipped(stack))
    text = Page(made[f"{stack}/index.html"]).text
    assert f"{one.readiness.points:.1f}" in text
    assert dollars(one.costing.estimate.total.expected) in text
    assert all(r.name in text for r in one.plan.resources)
    rows = [e for e in Page(made[f"{stack}/index.html"]).all("tr") if "data-status" in e.attributes]
    assert len(rows) == len(one.results)
    for number in (judged.item.number for judged in one.readiness.items):
        assert f'id="item-{number}"' in made[f"{stack}/index.html"]


@pytest.mark.parametrize("kind", ["plan", "readiness", "cost"])
def test_data_fits_its_schema(made: Mapping[str, str], kind: str) -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    for stack in SHIPPED:
        Draft202012Validator(schema).validate(json.loads(made[f"{stack}/{kind}.json"]))
        assert json.loads(made[f"{stack}/findings.sarif"])["version"] == "2.1.0"


def test_the_same_stack_gives_the_same_bytes(subject: Callable[[Plan], Subject]) -> None:
    plan = shipped("dev")
    assert files_of([subject(plan)]) == files_of([subject(replace(plan))])


def test_secrets_are_hidden_and_unknowns_said_in_words(subject: Callable[[Plan], Subject]) -> None:
    plan = small_plan(
        resource("aws:s3/bucket:Bucket", "more", STORE, bucket=secret("hunter2"), text=f"arn:{UNKNOWN}", tags=UNKNOWN)
    )
    files = files_of([subject(replace(plan, region="us-east-1"))])
    assert len(files) == 7
    for path, text in files.items():
        assert "hunter2" not in text, path
    page = files["live/index.html"]
    assert UNKNOWN not in page
    assert "[secret]" in page
    assert "arn:&lt;known after deployment&gt;" in page


def test_no_name_or_value_injects_markup(subject: Callable[[Plan], Subject]) -> None:
    hostile = resource("aws:s3/bucket:Bucket", HOSTILE, STORE, **{HOSTILE: [HOSTILE]}, bucket=HOSTILE)
    strange = resource(f"aws:{HOSTILE}:{HOSTILE}", "odd")
    plan = replace(small_plan(hostile, strange), region="us-east-1", project=HOSTILE)
    one = subject(plan)
    judged = replace(one.judged, problems=(HOSTILE,), diagnostics=(HOSTILE,))
    page = Page(stack_page(replace(one, judged=judged), "<svg aria-label='none'></svg>"))
    assert len(page.all("script")) == 1
    assert len(page.all("style")) == 1
    assert page.all("img", "b") == []
    assert "{{ 7*7 }}" in page.text
    assert not re.search("[\x00\x1b\ud800]", page.text)
    page.text.encode()
    calm = small_plan(replace(hostile, name="calm", urn=f"{STORE}-calm", inputs={}), strange)
    assert len(page.all("svg")) == len(
        Page(stack_page(subject(replace(calm, region="us-east-1")), "<svg/>")).all("svg")
    )


def test_files_are_written_whole_and_nothing_else(
    made: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ascent.report.page import write

    monkeypatch.setattr(write, "files_of", lambda _: made)
    assert write.write_report(tmp_path / "a" / "b", []) == tmp_path / "a" / "b" / "index.html"
    found = {p.relative_to(tmp_path / "a" / "b").as_posix() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    assert found == set(made)
