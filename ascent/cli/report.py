"""`ascent report`: HTML pages that say of stacks all that Ascent knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsOf, Directory, OtherProject, PreviewFile, Stacks, StateFile, TierInPlace
from ascent.cost.book.prices import load_prices, stale_line
from ascent.cost.pricing import priced
from ascent.days import today
from ascent.subjects.asked import asked_of
from ascent.subjects.reading import say_origins, start
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.advise.steps import Steps
    from ascent.cost.book.prices import PriceBook
    from ascent.plan.model import Plan
    from ascent.readiness.assess import Readiness


def run(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Directory that gets the report; index.html is its start.")],
    stacks: Stacks = None,
    preview: PreviewFile = None,
    state: StateFile = None,
    project: OtherProject = None,
    tier: TierInPlace = None,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 written, 2 bad input."""
    day = as_of or today()
    asked = asked_of("ascent report", stacks, directory=cwd, preview=preview, state=state, project=project, tier=tier)
    _make(out)
    with start(asked, judging=True, beside=True) as read:
        from ascent.report.page.pages import environment
        from ascent.report.page.subject import Subject
        from ascent.report.page.write import write_report

        environment()
        sources, prices, waivers = read.sources(day), load_prices(), read.waivers(day)
        found = read.subjects
        judged = [one.judged(waivers) for one in found]
        others = [*(one.facts for one in judged), *read.beside()]
    say_origins(found, aloud=True)
    old = stale_line(prices, day)
    if old:
        print(old, file=sys.stderr)
    ready = [sources.assess(one.facts, one.report, plan=one.plan, others=others) for one in judged]
    subjects = [
        Subject(
            judged=one,
            readiness=how,
            costing=priced(one.plan, prices, read.directory),
            steps=_steps(read.directory, one.plan, how, prices),
        )
        for one, how in zip(judged, ready, strict=True)
    ]
    index = write_report(out, subjects)
    from ascent.output.console import console
    from ascent.output.console.cost import cost_summary
    from ascent.output.console.readiness import summary

    shown = console()
    for subject in subjects:
        shown.print(summary(subject.readiness), soft_wrap=True)
        shown.print(cost_summary(subject.costing, None), soft_wrap=True)
    print(f"report: {index}")


def _steps(directory: Path | None, plan: Plan, readiness: Readiness, prices: PriceBook) -> Steps | None:
    """What to do next; None for a program whose settings are not Ascent's."""
    from ascent.advise.steps import steps_of
    from ascent.cost.pricing import usage_of
    from ascent.plan.config import read_stack
    from ascent.plan.settings import settings_of

    if directory is None:
        return None
    try:
        resolved = settings_of(read_stack(directory, plan.stack))
    except InputError:
        return None
    return steps_of(readiness, prices, usage_of(directory, plan)[1], plan.region, resolved)


def _make(out: Path) -> None:
    """Make the report's directory, so that one that cannot be made is said before anything is planned."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"ascent report --out {out}: {said}; name a directory that can be written") from None
