"""A plan's cost with the usage that belongs to its stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.costing import Costing, cost_of
from ascent.cost.usage.profiles import load_usage, profile_of

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.plan.model import Plan


def usage_of(directory: Path | None, plan: Plan, given: Path | None = None) -> tuple[str, Usage]:
    """The name and the figures of a stack's usage: its tier's profile, and on top Usage.STACK.yaml where there is one.

    Args:
        directory: where Pulumi.yaml is; None where the project's files are not at hand.
        plan: the stack's plan, at the tier that is asked about.
        given: a file to read instead of the stack's own; it must exist.

    Raises:
        InputError: the file is wrong; a line for each problem.
    """
    profile, usage = profile_of(plan.tier)
    file = given or (directory / f"Usage.{plan.stack}.yaml" if directory else None)
    if file is None or (given is None and not file.is_file()):
        return profile, usage
    return f"{profile} and {file.name}", load_usage(file, usage)


def priced(plan: Plan, book: PriceBook, directory: Path | None) -> Costing:
    """What a plan costs.

    Args:
        plan: what to price.
        book: the prices.
        directory: where Pulumi.yaml is; None where the project's files are not at hand.

    Raises:
        InputError: its usage file is wrong.
    """
    name, usage = usage_of(directory, plan)
    return cost_of(plan, book, usage, usage_name=name)
