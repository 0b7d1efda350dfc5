"""A report as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.document import to_document
from ascent.document import text_of
from ascent.output.files import write_whole
from ascent.output.formats.sarif import render
from ascent.plan.serialize import to_json
from ascent.readiness.record import document_of
from ascent.report.diagram.draw import diagram
from ascent.report.diagram.scene import Mark
from ascent.report.page.pages import index_page, stack_page
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.report.page.subject import Subject


def files_of(subjects: Sequence[Subject]) -> dict[str, str]:
    """The files of a report: path below its directory → text. The index comes last, when all it leads to is there.

    Args:
        subjects: the stacks, in the order in which they are shown.
    """
    found: dict[str, str] = {}
    for subject in subjects:
        stack = subject.plan.stack
        readiness = document_of([subject.readiness], subject.readiness.today)
        found[f"{stack}/plan.json"] = to_json(subject.plan)
        found[f"{stack}/readiness.json"] = text_of(readiness)
        found[f"{stack}/cost.json"] = text_of(to_document([subject.costing]))
        found[f"{stack}/findings.sarif"] = render([subject.judged])
        drawing = diagram(subject.plan, marks_of(subject))
        found[f"{stack}/architecture.svg"] = drawing
        found[f"{stack}/index.html"] = stack_page(subject, drawing)
    found["index.html"] = index_page(subjects)
    return found


def marks_of(subject: Subject) -> dict[str, Mark]:
    """What the boxes of the diagram say beside their names: dollars a month and open findings, by URN.

    Args:
        subject: the stack.
    """
    found = {bill.urn: Mark(bill.total.expected) for bill in subject.costing.estimate.bills}
    for result in subject.results:
        if meaning_of(result) in (Meaning.FAIL, Meaning.ERROR, Meaning.ADVISE):
            urn = result.verdict.urn
            found[urn] = found.get(urn, Mark()) + Mark(findings=1)
    return found


def write_report(out: Path, subjects: Sequence[Subject]) -> Path:
    """Write a report, each file whole or not at all.

    Args:
        out: directory that gets it.
        subjects: the stacks, in the order in which they are shown.

    Returns:
        The index.

    Raises:
        InputError: a file cannot be written.
    """
    for path, text in files_of(subjects).items():
        write_whole(out / path, text, f"ascent report --out {out}")
    return out / "index.html"
