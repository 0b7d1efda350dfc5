"""A stack's cost with all that is said about it: what the outputs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.cost.estimate import Estimate, estimate
from ascent.cost.goals.expectations import TARGETS
from ascent.cost.goals.targets import TargetResult, check_target
from ascent.cost.savings import Saving, allowed, savings
from ascent.cost.usage.profiles import profile_of

if TYPE_CHECKING:
    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.plan.model import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Costing:
    """What `ascent cost` says of one stack."""

    estimate: Estimate
    savings: tuple[Saving, ...]
    target: TargetResult | None
    """The cost beside what was expected of the tier; None for a tier without expectation."""


def cost_of(
    plan: Plan, book: PriceBook, usage: Usage | None = None, *, usage_name: str = "", region: str | None = None
) -> Costing:
    """Price a plan and say what would be cheaper; pure, like `estimate`, whose arguments it takes."""
    month = usage or profile_of(plan.tier)[1]
    found = estimate(plan, book, month, usage_name=usage_name, region=region)
    target = TARGETS.get(plan.tier)
    return Costing(
        estimate=found,
        savings=savings(found),
        target=check_target(target, found, allowed(found), book, month) if target else None,
    )
