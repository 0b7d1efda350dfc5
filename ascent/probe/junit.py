"""A probe as JUnit XML: a case per check. What could not be asked counts as skipped, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as Xml

from ascent.output.formats.places import plain
from ascent.probe.answer import Verdict
from ascent.probe.table import CHECKS

if TYPE_CHECKING:
    from ascent.probe.asking import Probed

_OUTCOMES: Final = {Verdict.FAILED: "failure", Verdict.NOT_ASKED: "skipped"}


def render(probed: Probed) -> str:
    """A JUnit document."""
    total = f"{sum(answer.seconds for answer in probed.answers):.1f}"
    counts = {
        "tests": str(len(probed.answers)),
        "failures": str(probed.count(Verdict.FAILED)),
        "errors": "0",
        "skipped": str(probed.count(Verdict.NOT_ASKED)),
        "time": total,
    }
    root = Xml.Element("testsuites", name="ascent probe", attrib=counts)
    when = probed.when.isoformat(timespec="seconds")
    suite = Xml.SubElement(root, "testsuite", name=plain(probed.target), timestamp=when, attrib=counts)
    properties = Xml.SubElement(suite, "properties")
    for key in ("how", "digest"):
        Xml.SubElement(properties, "property", name=key, value=plain(getattr(probed, key)))
    for answer in probed.answers:
        case = Xml.SubElement(
            suite, "testcase", classname="ascent.probe", name=answer.check, time=f"{answer.seconds:.1f}"
        )
        outcome = _OUTCOMES.get(answer.said.verdict)
        if outcome is None:
            Xml.SubElement(case, "system-out").text = plain(answer.said.evidence)
            continue
        element = Xml.SubElement(case, outcome, message=plain(f"{answer.said.evidence}; {answer.said.fix}"))
        if outcome == "failure":
            element.set("type", "probe")
            element.text = plain(f"{CHECKS[answer.check].title}\n{answer.said.evidence}\n{answer.said.fix}")
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"
