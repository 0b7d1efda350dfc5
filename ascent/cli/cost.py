"""`ascent cost`: what stacks cost in a month."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import MOST, AsJson, Directory, OtherProject, PreviewFile, Stacks, StateFile, TierInPlace
from ascent.cli.shared.usage import must_be_one_of
from ascent.cost.book.prices import PriceBook, load_prices, stale_line
from ascent.cost.costing import Costing, cost_of
from ascent.cost.estimate import within
from ascent.cost.pricing import usage_of
from ascent.days import today
from ascent.output.console import console
from ascent.output.files import emit
from ascent.subjects.asked import asked_of
from ascent.subjects.reading import say_origins, start
from common.problems import InputError
from settings.offers.regions import REGIONS

if TYPE_CHECKING:
    from ascent.subjects.subject import Subject


def run(
    stacks: Stacks = None,
    preview: PreviewFile = None,
    state: StateFile = None,
    project: OtherProject = None,
    tier: TierInPlace = None,
    as_json: AsJson = False,
    maximum: Annotated[
        float | None,
        typer.Option(
            "--max", metavar="N", min=0, max=MOST, help="Most dollars a month that a stack may cost, expected."
        ),
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="Price the stacks as if they were in this region.", show_default="their own")
    ] = None,
    usage: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A month's usage; by default the tier's and Usage.STACK.yaml.")
    ] = None,
    prices: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Price book (CSV) whose rows come before the shipped ones.")
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the JSON document to this file.")] = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a stack is above --max or something of it is not priced, 2 bad input."""
    asked = asked_of("ascent cost", stacks, directory=cwd, preview=preview, state=state, project=project, tier=tier)
    with start(asked, partly=False) as read:
        book = load_prices()
        if prices is not None:
            book = load_prices(prices).over(book)
        if region is not None and region not in REGIONS:
            raise InputError(f"ascent cost --region {region}: {must_be_one_of(region, REGIONS)}")
        subjects = read.subjects
    say_origins(subjects, aloud=not (as_json or output is not None))
    costings = [_cost(subject, book, region, usage) for subject in subjects]
    old = stale_line(book, today())
    if old:
        print(old, file=sys.stderr)
    most = None if maximum is None else Decimal(str(maximum))
    if as_json or output is not None:
        from ascent.cost.document import to_document
        from ascent.document import text_of

        emit(text_of(to_document(costings)), output, "cost")
    else:
        _print(costings, most)
    return most is None or all(within(c.estimate, most) for c in costings)


def _cost(subject: Subject, book: PriceBook, given: str | None, usage_file: Path | None) -> Costing:
    plan = subject.plan
    region = given or plan.region
    name, usage = usage_of(subject.directory, plan, usage_file)
    return cost_of(plan, book, usage, usage_name=name, region=region)


def _print(costings: list[Costing], maximum: Decimal | None) -> None:
    from ascent.output.console.cost import cost_summary, print_cost

    out = console()
    for costing in costings:
        print_cost(out, costing)
    for costing in costings:
        out.print(cost_summary(costing, maximum), soft_wrap=True)
