"""JUnit XML: readable, and in agreement with the exit status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

import pytest

from ascent.output.formats.kinds import Format
from ascent.output.formats.render import render
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from ascent.verdicts.judged import Judged


def suites(judged: list[Judged]) -> list[Xml.Element]:
    root = Xml.fromstring(render(Format.JUNIT, judged))
    assert root.tag == "testsuites"
    return list(root)


def outcome(case: Xml.Element) -> str:
    return case[0].tag if len(case) else "pass"


@pytest.mark.parametrize("stack", ["bad", "hostile"])
def test_counts_are_those_of_the_cases(stack: str, request: pytest.FixtureRequest) -> None:
    one = request.getfixturevalue(stack)
    (suite,) = suites([one])
    cases = suite.findall("testcase")
    extra = len(one.problems) + len(one.report.waiver_findings)
    assert len(cases) == len(one.report.results) + extra
    counts = Counter(map(outcome, cases))
    attributes = {"tests": len(cases), "failures": counts["failure"], "errors": counts["error"]}
    assert {key: int(suite.get(key, "-1")) for key in attributes} == attributes
    assert int(suite.get("skipped", "-1")) == counts["skipped"] > 0
    assert counts["failure"] > 0
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)


def test_only_what_stops_a_deployment_fails(bad: Judged, shipped_stacks: list[Judged]) -> None:
    for one, suite in zip([bad, *shipped_stacks], suites([bad, *shipped_stacks]), strict=True):
        failing = [case for case in suite.findall("testcase") if outcome(case) in ("failure", "error")]
        assert len(failing) == len(one.report.mandatory_failures) + len(one.problems)
        assert bool(failing) is not one.fine


def test_skipped_cases_say_why(bad: Judged, shipped_stacks: list[Judged]) -> None:
    found = Counter(
        case[0].get("message", "").partition(":")[0]
        for suite in suites([bad, *shipped_stacks])
        for case in suite.findall("testcase")
        if outcome(case) == "skipped"
    )
    expected = Counter(
        meaning_of(result).value
        for one in [bad, *shipped_stacks]
        for result in one.report.results
        if meaning_of(result) in (Meaning.ADVISE, Meaning.UNVERIFIED, Meaning.WAIVED)
    )
    assert set(expected) == {"advise", "unverified", "waived"}
    assert {word: found[word] for word in expected} == expected


def test_a_case_names_its_place(bad: Judged, open_bucket: str) -> None:
    (suite,) = suites([bad])
    case = next(c for c in suite.findall("testcase") if c.get("name") == open_bucket and outcome(c) == "failure")
    assert (case.get("file"), case.get("line")) == ("infra/src/my store.ts", "31")
    assert open_bucket in (case[0].text or "")
