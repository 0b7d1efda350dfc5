"""`ascent cost`: what stacks cost in a month."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ascent.cost.book.prices import PriceBook, load_prices, stale_line
from ascent.cost.costing import Costing, cost_of
from ascent.cost.pricing import usage_of
from ascent.output.console import console
from ascent.output.files import emit
from ascent.plan.workers.pool import plan_stacks, start_workers
from ascent.planning import chosen_stacks
from common.problems import InputError, closest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ascent.plan.model import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is, and Usage.STACK.yaml where a stack has its own usage.
        stacks: names; empty for all of the project.
        as_json: print one JSON document in place of text.
        output: file that gets the JSON document; None for none.
        maximum: most dollars a month that a stack may be expected to cost; None for any.
        region: price the stacks as if they were in this region; None for their own.
        usage: usage file for all these stacks, in place of their own.
        prices: price book whose rows come before the shipped ones.
    """

    directory: Path
    stacks: tuple[str, ...] = ()
    as_json: bool = False
    output: Path | None = None
    maximum: float | None = None
    region: str | None = None
    usage: Path | None = None
    prices: Path | None = None


def run(request: CostRequest) -> bool:
    """Plan stacks and print what they cost.

    Args:
        request: what to price and how to show it.

    Returns:
        Whether every stack's expected cost is within the maximum.

    Raises:
        InputError: no such stack or region, a price book or usage file that is wrong, a stack in a region without
            prices.
    """
    maximum = _maximum(request.maximum)
    names = chosen_stacks(request.directory, request.stacks)
    plans, book = _plan(request, names)
    costings = [_cost(request, plan, book) for plan in plans]
    old = stale_line(book, _today())
    if old:
        print(old, file=sys.stderr)
    if request.as_json or request.output is not None:
        from ascent.cost.document import to_document
        from ascent.document import text_of

        emit(text_of(to_document(costings)), request.output, "cost")
    else:
        _print(costings, maximum)
    return maximum is None or all(c.estimate.total.expected <= maximum for c in costings)


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _maximum(given: float | None) -> Decimal | None:
    if given is None:
        return None
    found = Decimal(str(given))
    if not found.is_finite() or found < 0:
        raise InputError(f"ascent cost --max {given}: it must be a number of dollars that is not negative")
    return found


def _plan(request: CostRequest, names: list[str]) -> tuple[list[Plan], PriceBook]:
    """The plans, in the order of their names, and the prices, which are read while the workers plan."""
    workers = start_workers(request.directory, len(names))
    with ExitStack() as progress:
        errors = console(stderr=True)
        if errors.is_terminal:
            progress.enter_context(errors.status(f"planning {', '.join(names)} ..."))
        try:
            book = load_prices()
            if request.prices is not None:
                book = load_prices(request.prices).over(book)
            _check_region(request.region, book)
        except InputError:
            for worker in workers:
                worker.kill()
            raise
        # The names stand with the smallest first; whoever is largest starts first.
        recordings = {r.plan.stack: r for r in plan_stacks(workers, names[::-1])}
    return [recordings[name].plan for name in names], book


def _check_region(region: str | None, book: PriceBook) -> None:
    if region is not None and region not in book.regions:
        near = closest(region, book.regions)
        fix = f"did you mean {near}?" if near else "add its prices with --prices"
        raise InputError(f"ascent cost --region {region}: there are prices for {', '.join(book.regions)}; {fix}")


def _cost(request: CostRequest, plan: Plan, book: PriceBook) -> Costing:
    region = request.region or plan.region
    if region not in book.regions:
        raise InputError(
            f"ascent cost {plan.stack}: there are no prices for {region}, only for {', '.join(book.regions)}; "
            "add its prices with --prices, or price the stack elsewhere with --region"
        )
    name, usage = usage_of(request.directory, plan, request.usage)
    return cost_of(plan, book, usage, usage_name=name, region=region)


def _print(costings: list[Costing], maximum: Decimal | None) -> None:
    from ascent.output.console.cost import cost_summary, print_cost

    out = console()
    for costing in costings:
        print_cost(out, costing)
    for costing in costings:
        out.print(cost_summary(costing, maximum), soft_wrap=True)
