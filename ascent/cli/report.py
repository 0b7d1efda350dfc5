"""`ascent report`: HTML pages that say of stacks all that Ascent knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsOf, Directory, Stacks
from ascent.cost.book.prices import load_prices, stale_line
from ascent.cost.pricing import priced
from ascent.days import today
from ascent.planning import chosen_stacks, start
from ascent.readiness.beside import planned_beside
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.advise.steps import Steps
    from ascent.cost.book.prices import PriceBook
    from ascent.plan.model import Plan
    from ascent.readiness.assess import Readiness


def run(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Directory that gets the report; index.html is its start.")],
    stacks: Stacks = None,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 written, 2 bad input."""
    day = as_of or today()
    names = chosen_stacks(cwd, stacks or ())
    _make(out)
    with start(cwd, names) as planning, planned_beside(cwd, names) as beside:
        from ascent.readiness.sources import Sources
        from ascent.report.page.pages import environment
        from ascent.report.page.subject import Subject
        from ascent.report.page.write import write_report
        from ascent.verdicts.judge import waivers_of

        environment()
        sources, prices, waivers = Sources.read(cwd, today=day), load_prices(), waivers_of(cwd, day)
        judged = planning.result(waivers)
        others = [*(one.facts for one in judged), *beside()]
    old = stale_line(prices, day)
    if old:
        print(old, file=sys.stderr)
    ready = [sources.assess(one.facts, one.report, plan=one.plan, others=others) for one in judged]
    subjects = [
        Subject(
            judged=one, readiness=how, costing=priced(one.plan, prices, cwd), steps=_steps(cwd, one.plan, how, prices)
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


def _steps(directory: Path, plan: Plan, readiness: Readiness, prices: PriceBook) -> Steps | None:
    """What to do next; None for a program whose settings are not Ascent's."""
    from ascent.advise.steps import steps_of
    from ascent.cost.pricing import usage_of
    from ascent.plan.config import read_stack
    from ascent.plan.settings import settings_of
    from settings.errors import SettingsError

    try:
        resolved = settings_of(read_stack(directory, plan.stack))
    except SettingsError:
        return None
    return steps_of(readiness, prices, usage_of(directory, plan)[1], plan.region, resolved)


def _make(out: Path) -> None:
    """Make the report's directory, so that one that cannot be made is said before anything is planned."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"ascent report --out {out}: {said}; name a directory that can be written") from None
