"""`ascent report`: HTML pages that say of stacks all that Ascent knows."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ascent.cost.book.prices import load_prices, stale_line
from ascent.cost.pricing import priced
from ascent.days import day_of
from ascent.planning import chosen_stacks, plan_and_judge
from common.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.cost.book.prices import PriceBook
    from ascent.readiness.sources import Sources
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is, and Usage.STACK.yaml where a stack has its own usage.
        stacks: names; empty for all of the project.
        out: directory that gets the report.
        as_of: day of the report, on which waivers, attestations and documents must still hold, as YYYY-MM-DD; None
            for today (UTC).
    """

    directory: Path
    out: Path
    stacks: tuple[str, ...] = ()
    as_of: str | None = None


def run(request: ReportRequest) -> None:
    """Plan stacks and write their report.

    Args:
        request: what to report on, and where to.

    Raises:
        InputError: no such stack, settings that no stack can be built from, a waiver, attestation or usage file that
            is wrong, a region without prices, a day that is none, a directory that cannot be written.
    """
    today = day_of(request.as_of, "report")
    names = chosen_stacks(request.directory, request.stacks)
    _make(request.out)
    evidence: list[tuple[Sources, PriceBook]] = []

    def read(directory: Path, _: date) -> WaiverBook:
        # Called while the workers plan, so that what a report needs besides plans takes no time of its own.
        from ascent.readiness.sources import Sources
        from ascent.report.page.pages import environment
        from ascent.verdicts.judge import waivers_of

        environment()
        evidence.append((Sources.read(directory, today=today), load_prices()))
        return waivers_of(directory, today)

    judged = plan_and_judge(request.directory, names, read)
    from ascent.report.page.subject import Subject
    from ascent.report.page.write import write_report

    sources, prices = evidence[0]
    old = stale_line(prices, today)
    if old:
        print(old, file=sys.stderr)
    subjects = [
        Subject(
            judged=one,
            readiness=sources.assess(one.plan, one.report),
            costing=priced(one.plan, prices, request.directory),
        )
        for one in judged
    ]
    index = write_report(request.out, subjects)
    from ascent.output.console import console
    from ascent.output.console.cost import cost_summary
    from ascent.output.console.readiness import summary

    out = console()
    for subject in subjects:
        out.print(summary(subject.readiness), soft_wrap=True)
        out.print(cost_summary(subject.costing, None), soft_wrap=True)
    print(f"report: {index}")


def _make(out: Path) -> None:
    """Make the report's directory, so that one that cannot be made is said before anything is planned."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"ascent report --out {out}: {said}; name a directory that can be written") from None
