"""Files and results of tests as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.readiness import outcomes
from ascent.readiness.documents import prove, read_files
from ascent.readiness.model import FileProof, Status
from common.problems import InputError
from tests.readiness.readiness_things import FILE, TODAY, file_proof

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """# Plan

Last reviewed: 2026-10-01

## When the zone fails

Nothing to do.

## Steps

### First

1. Look.

```sh
# Comment
```

## Contacts

TBD

## Last

"""


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({}, ""),
        ({"sections": ["When the zone", "Steps", "First"]}, ""),
        ({"sections": ["Roll back"]}, "has no section 'Roll back'"),
        ({"sections": ["Comment"]}, "has no section 'Comment'"),
        ({"sections": ["Contacts"]}, "says nothing under 'Contacts'"),
        ({"sections": ["Last"]}, "says nothing under 'Last'"),
        ({"lines": ["1. Look."]}, ""),
        ({"lines": ["2. Act."]}, "has no line '2. Act.'"),
        ({"days": 92}, ""),
        ({"days": 51}, ""),
        ({"days": 50}, "is 51 days old, more than 50"),
    ],
)
def test_what_a_file_says(fields: dict[str, Any], lack: str) -> None:
    evidence = prove(file_proof(**fields), {FILE: PLAN}, TODAY)
    assert evidence.status is (Status.UNMET if lack else Status.MET)
    assert evidence.files == (FILE,)
    assert evidence.found.endswith(lack) if lack else evidence.found.startswith("there")


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("Text", "has no line 'Last reviewed: YYYY-MM-DD'"),
        ("Last reviewed: 2026-02-30", "is dated 2026-02-30, which is no day"),
        ("Last reviewed: 2026-11-22", "is dated 2026-11-22, after today"),
        ("**Last held:** 2025-01-01\n\n**Last held:** 2026-11-20", ""),
        ("- last tested: 2026-11-21", ""),
    ],
)
def test_dates(text: str, lack: str) -> None:
    evidence = prove(file_proof(days=92), {FILE: text}, TODAY)
    assert evidence.status is (Status.UNMET if lack else Status.MET), evidence.found
    assert evidence.found.endswith(lack)


@pytest.mark.parametrize("text", ["", "\n  \n", "TODO\n", "---\n", "TBD."])
def test_an_empty_file_proves_nothing(text: str) -> None:
    assert prove(file_proof(), {FILE: text}, TODAY).found == f"{FILE} is empty"


def test_a_file_that_is_not_there() -> None:
    evidence = prove(file_proof(), {}, TODAY)
    assert (evidence.status, evidence.found) == (Status.UNMET, "is not there")


def test_patterns_count_and_every_match_must_hold() -> None:
    proof = FileProof(path="docs/*.md", count=2, sections=("Decision",))
    files = {"docs/a.md": "# Decision\nYes", "docs/b.md": "# Decision\nNo", "docs/sub/c.md": "Text", "c.md": "Text"}
    evidence = prove(proof, files, TODAY)
    assert (evidence.status, evidence.files) == (Status.MET, ("docs/a.md", "docs/b.md"))
    assert prove(proof, {"docs/a.md": files["docs/a.md"]}, TODAY).found == "1 of 2 files or more"
    broken = prove(proof, {**files, "docs/b.md": "Text"}, TODAY)
    assert (broken.status, broken.files) == (Status.UNMET, ("docs/b.md",))


def test_reading_takes_what_is_named_and_no_more(tmp_path: Path) -> None:
    for name in ("docs/b.md", "docs/a.md", "docs/sub/c.md", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    found = read_files(tmp_path, ["docs/*.md", "README.md", "docs/a.md", "none.md", "docs"])
    assert found == {name: name for name in ("README.md", "docs/a.md", "docs/b.md")}
    assert list(found) == sorted(found)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"README\.md: is not UTF-8 text; save it as UTF-8"):
        read_files(tmp_path, ["README.md"])


JUNIT = """<?xml version="1.0"?>
<testsuites><testsuite>
<testcase classname="app.tests.test_health" name="test_health"/>
<testcase classname="app.tests.test_health" name="test_pool[1]"/>
<testcase classname="app.tests.test_health" name="test_pool[2]"><failure>no</failure></testcase>
<testcase classname="app.tests.test_health" name="test_later"><skipped/></testcase>
<testcase classname="app.tests.test_health.TestAll" name="test_inner"/>
</testsuite></testsuites>
"""


@pytest.mark.parametrize(
    ("test", "status", "said"),
    [
        ("test_health", Status.MET, "passed"),
        ("TestAll::test_inner", Status.MET, "passed"),
        ("test_pool", Status.UNMET, "did not pass"),
        ("test_later", Status.UNMET, "did not pass"),
        ("test_other", Status.UNMET, "no result was given: run pytest --junit-xml FILE and pass --tests FILE"),
    ],
)
def test_results_of_tests(test: str, status: Status, said: str, tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    report.write_text(JUNIT, encoding="utf-8")
    evidence = outcomes.prove(f"app/tests/test_health.py::{test}", outcomes.read_outcomes([report]))
    assert (evidence.status, evidence.found) == (status, said)


def test_results_that_cannot_be_read(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    with pytest.raises(InputError, match="cannot be read: No such file or directory; write it with pytest"):
        outcomes.read_outcomes([report])
    report.write_text("<testsuites>", encoding="utf-8")
    with pytest.raises(InputError, match="is no XML"):
        outcomes.read_outcomes([report])
