"""Verdicts as JUnit XML: a suite per stack, a case per rule and resource.

Only what stops a deployment is a failure, so that a CI service agrees with the exit status. What merely advises, is
unverified or is waived counts as skipped, and says why.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as Xml

from ascent.output.formats.places import place_of, plain
from ascent.verdicts.findings import Meaning, meaning_of, name_of
from policies.pack.levels import Level
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result

_OUTCOMES: Final = {
    Meaning.FAIL: "failure",
    Meaning.ERROR: "error",
    Meaning.ADVISE: "skipped",
    Meaning.UNVERIFIED: "skipped",
    Meaning.WAIVED: "skipped",
}
"""Element of a case that is no pass."""


def render(judged: Sequence[Judged]) -> str:
    """A JUnit document."""
    root = Xml.Element("testsuites", name="ascent")
    totals: Counter[str] = Counter()
    for one in judged:
        suite, counts = _suite(one)
        root.append(suite)
        totals += counts
    _count(root, totals)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(one: Judged) -> tuple[Xml.Element, Counter[str]]:
    plan = one.plan
    suite = Xml.Element("testsuite", name=plain(f"{plan.project}/{plan.stack}"))
    properties = Xml.SubElement(suite, "properties")
    for key in ("project", "stack", "tier", "region"):
        Xml.SubElement(properties, "property", name=key, value=plain(getattr(plan, key)))
    counts: Counter[str] = Counter()
    for result in one.report.results:
        counts["tests"] += 1
        counts[_case(suite, one, result)] += 1
    own = {"waivers": (one.report.waiver_findings, one.report.waivers_level), "plan": (one.problems, Level.MANDATORY)}
    for kind, (lines, level) in own.items():
        for text in lines:
            outcome = "failure" if level is Level.MANDATORY else "skipped"
            case = Xml.SubElement(suite, "testcase", classname=f"ascent.{kind}", name=plain(text), time="0")
            Xml.SubElement(case, outcome, message=plain(text))
            counts["tests"] += 1
            counts[outcome] += 1
    _count(suite, counts)
    return suite, counts


def _case(suite: Xml.Element, one: Judged, result: Result) -> str:
    """Add a case; answers with the element that says how it ended, empty for a pass."""
    verdict, meaning = result.verdict, meaning_of(result)
    path, line = place_of(one, verdict.urn)
    case = Xml.SubElement(
        suite,
        "testcase",
        classname=f"ascent.{RULES[verdict.rule].layer}.{verdict.rule}",
        name=plain(verdict.urn),
        file=plain(path),
        line=str(line),
        time="0",
    )
    if meaning is Meaning.PASS:
        return ""
    outcome = _OUTCOMES[meaning]
    if meaning is Meaning.ERROR and result.level is not Level.MANDATORY:
        outcome = "skipped"
    message = plain(f"{meaning}: {name_of(verdict.urn)}: {result.message}")
    element = Xml.SubElement(case, outcome, message=message)
    if outcome != "skipped":
        element.set("type", RULES[verdict.rule].severity.value)
        element.text = plain(f"{RULES[verdict.rule].title}\n{result.message}\n{verdict.urn}\n{path}:{line}")
    return outcome


def _count(element: Xml.Element, counts: Counter[str]) -> None:
    for attribute, key in (("tests", "tests"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(counts[key]))
    element.set("time", "0")
