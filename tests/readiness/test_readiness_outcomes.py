"""Results of tests as evidence: of this version, recent, in agreement with themselves, about tests that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.readiness import outcomes
from ascent.readiness.content.repository import Repository
from ascent.readiness.content.version import version_of
from ascent.readiness.model import Status
from common.problems import InputError
from tests.readiness.readiness_things import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.readiness.evidence import Evidence

MODULE = """
class Base:
    def test_inherited(self):
        assert answer()

class TestAll(Base):
    def test_inner(self):
        with pytest.raises(ValueError):
            answer()

def test_health():
    assert answer() == 200

def test_pool(size):
    assert answer() == size

def test_later():
    assert answer()

def test_empty():
    pass

def test_true():
    assert True
"""
REPOSITORY = Repository({"app/tests/test_health.py": MODULE, "README.md": "Text"})
VERSION = version_of(REPOSITORY)
JUNIT = f"""<?xml version="1.0"?>
<testsuites><testsuite tests="8" failures="1" errors="0" skipped="1" timestamp="2026-11-20T10:00:00+00:00">
<properties><property name="ascent.version" value="{VERSION}"/></properties>
<testcase classname="app.tests.test_health" name="test_health"/>
<testcase classname="app.tests.test_health" name="test_pool[1]"/>
<testcase classname="app.tests.test_health" name="test_pool[2]"><failure>no</failure></testcase>
<testcase classname="app.tests.test_health" name="test_later"><skipped/></testcase>
<testcase classname="app.tests.test_health" name="test_empty"/>
<testcase classname="app.tests.test_health" name="test_gone"/>
<testcase classname="app.tests.test_health.TestAll" name="test_inner"/>
<testcase classname="app.tests.test_health.TestAll" name="test_inherited"/>
</testsuite></testsuites>
"""
AGAIN = "; run the tests again"


def read(directory: Path, text: str) -> outcomes.Outcomes:
    report = directory / "junit.xml"
    report.write_text(text, encoding="utf-8")
    return outcomes.read_outcomes([report], version=VERSION, today=TODAY)


def proven(directory: Path, text: str, test: str = "test_health", repository: Repository = REPOSITORY) -> Evidence:
    return outcomes.prove(f"app/tests/test_health.py::{test}", read(directory, text), repository)


@pytest.mark.parametrize(
    ("test", "status", "said"),
    [
        ("test_health", Status.MET, "passed"),
        ("TestAll::test_inner", Status.MET, "passed"),
        ("TestAll::test_inherited", Status.MET, "passed"),
        ("test_pool", Status.UNMET, "did not pass"),
        ("test_later", Status.UNMET, "did not pass"),
        ("test_empty", Status.UNMET, "app/tests/test_health.py has no such test that asserts something"),
        ("test_true", Status.UNMET, "app/tests/test_health.py has no such test that asserts something"),
        ("test_gone", Status.UNMET, "app/tests/test_health.py has no such test that asserts something"),
        ("TestAll::test_health", Status.UNMET, "app/tests/test_health.py has no such test that asserts something"),
    ],
)
def test_results_of_tests(test: str, status: Status, said: str, tmp_path: Path) -> None:
    evidence = proven(tmp_path, JUNIT, test)
    assert (evidence.status, evidence.found) == (status, said)


def test_no_result_is_no_evidence() -> None:
    found = outcomes.prove("app/tests/test_health.py::test_health", outcomes.Outcomes(), REPOSITORY)
    said = "no result was given: run pytest --junit-xml FILE and pass --tests FILE"
    assert (found.status, found.found) == (Status.UNMET, said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'value="{VERSION}"', 'value="abc"', f"the results are of another version of the repository{AGAIN}"),
        (
            f'<property name="ascent.version" value="{VERSION}"/>',
            "",
            "the results do not say of which version they are; record the property ascent.version",
        ),
        ("2026-11-20T", "2026-10-20T", f"the results are 32 days old, more than 31{AGAIN}"),
    ],
)
def test_results_of_another_time_or_version_prove_nothing(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in JUNIT
    evidence = proven(tmp_path, JUNIT.replace(old, new))
    assert (evidence.status, evidence.found) == (Status.UNMET, said)


def test_any_change_of_a_source_is_another_version_and_one_of_a_document_is_not() -> None:
    texts = dict(REPOSITORY.texts)
    assert version_of(Repository({**texts, "README.md": "Other"})) == VERSION
    assert version_of(Repository({**texts, "app/main.py": ""})) != VERSION
    assert version_of(Repository({**texts, "app/tests/test_health.py": MODULE + "#"})) != VERSION


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('tests="8"', 'tests="9"', "testsuite tests is 9, and 8 are in it; write it with pytest --junit-xml"),
        ('failures="1"', 'failures="0"', "testsuite failures is 0, and 1 are in it; "),
        ('skipped="1"', "", "testsuite skipped is missing, and 1 are in it; "),
        ('errors="0"', 'errors="x"', "testsuite errors is x, and 0 are in it; "),
        ("2026-11-20T10", "2026-11-22T10", "must not be after today (2026-11-21); "),
        ("2026-11-20T10", "yesterday ", "must be a time; "),
        (' timestamp="2026-11-20T10:00:00+00:00"', "", "testsuite timestamp is missing: must be a time; "),
        ("testsuite ", "suite ", "is no XML"),
    ],
)
def test_what_does_not_agree_with_itself_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in JUNIT
    with pytest.raises(InputError) as caught:
        read(tmp_path, JUNIT.replace(old, new))
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{tmp_path}/junit.xml: ")
    assert said in line


@pytest.mark.parametrize("text", ["<html/>", "<testsuites/>"])
def test_other_xml_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no testsuite; write it with pytest --junit-xml"):
        read(tmp_path, text)


def test_results_that_cannot_be_read(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    with pytest.raises(InputError, match="cannot be read: No such file or directory; write it with pytest"):
        outcomes.read_outcomes([report], version=VERSION, today=TODAY)
    report.write_text("<testsuites>", encoding="utf-8")
    with pytest.raises(InputError, match="is no XML"):
        outcomes.read_outcomes([report], version=VERSION, today=TODAY)
    report.write_bytes(b"\xff\xfe\x00junk")
    with pytest.raises(InputError, match="is no XML"):
        outcomes.read_outcomes([report], version=VERSION, today=TODAY)
