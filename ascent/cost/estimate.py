"""What a plan costs in a month: a bill for every resource, and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.catalog.layers import OTHER, group_of
from ascent.catalog.lookup import why_free
from ascent.catalog.tokens import REMOTE, is_built
from ascent.cost.amounts import NOTHING, Range
from ascent.cost.charges import Bill, Charge, Free, Gap, Part, Status
from ascent.cost.meter import Meter
from ascent.cost.pricers import PRICERS
from ascent.cost.usage.profiles import profile_of
from common.layers import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ascent.cost.book.prices import Confidence, PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.plan.model import Plan, Resource


@dataclass(frozen=True)
class Estimate:
    """What one stack costs in a month, in US dollars without tax."""

    stack: str
    tier: str
    region: str
    """Region of the prices."""
    profile: str
    """Tier whose usage profile it rests on, or the name of the file that changes it."""
    bills: tuple[Bill, ...]
    """A bill per resource of AWS, in the order of the plan."""

    @cached_property
    def fixed(self) -> Decimal:
        """What is due without any usage."""
        return fixed_of(self.bills)

    @cached_property
    def usage(self) -> Range:
        """What usage adds."""
        return sum((c.amount for b in self.bills for c in b.charges if c.part is Part.USAGE), NOTHING)

    @property
    def total(self) -> Range:
        """The month's bill, as far as it could be priced."""
        return self.usage + Range.exactly(self.fixed)

    @property
    def layers(self) -> Mapping[str, tuple[Bill, ...]]:
        """Bills by layer, from the outside in; layers without resources are left out."""
        found = {layer: tuple(b for b in self.bills if b.layer == layer) for layer in (*LAYERS, OTHER)}
        return {layer: bills for layer, bills in found.items() if bills}

    def with_status(self, status: Status) -> tuple[Bill, ...]:
        """The bills of one status."""
        return tuple(b for b in self.bills if b.status is status)

    @property
    def coverage(self) -> float:
        """Share of resources that are priced or known to be free, from 0 to 1."""
        return 1 - len(self.with_status(Status.NOT_PRICED)) / len(self.bills) if self.bills else 1.0

    @property
    def by_confidence(self) -> Mapping[Confidence, Decimal]:
        """Expected dollars by how sure their prices are."""
        found: dict[Confidence, Decimal] = {}
        for bill in self.bills:
            for charge in bill.charges:
                sure = charge.price.confidence
                found[sure] = found.get(sure, NOTHING.expected) + charge.amount.expected
        return found


def within(estimate: Estimate, most: Decimal) -> bool:
    """Whether a stack is known to cost no more than that: what has no price may cost anything.

    Args:
        estimate: what the stack costs.
        most: dollars a month.
    """
    return estimate.total.expected <= most and not estimate.with_status(Status.NOT_PRICED)


def total_of(bills: Iterable[Bill]) -> Range:
    """The sum of bills."""
    return sum((bill.total for bill in bills), NOTHING)


def fixed_of(bills: Iterable[Bill]) -> Decimal:
    """The fixed part of bills."""
    return sum((bill.fixed for bill in bills), Decimal(0))


def estimate(
    plan: Plan, book: PriceBook, usage: Usage | None = None, *, usage_name: str = "", region: str | None = None
) -> Estimate:
    """Price a plan. Pure: the same plan, prices and usage always yield the same.

    Args:
        plan: what a stack would build.
        book: the prices.
        usage: a month's usage; by default the profile of the plan's tier.
        usage_name: where `usage` is from, for the reader.
        region: price the stack as if it were in this region; by default in its own.
    """
    profile, default = profile_of(plan.tier)
    month = usage or default
    home = region or plan.region
    return Estimate(
        stack=plan.stack,
        tier=plan.tier,
        region=home,
        profile=usage_name or profile,
        bills=tuple(_bill(Meter(r, plan, book, month, home)) for r in plan.resources if _is_billed(r, plan)),
    )


def _is_billed(resource: Resource, plan: Plan) -> bool:
    """Whether a resource is one of AWS's or another cloud's, as opposed to a grouping of such."""
    if resource.custom:
        return is_built(resource)
    # A remote component without children is one whose children are missing, not one that has none.
    return resource.type.startswith(REMOTE) and not any(r.parent == resource.urn for r in plan.resources)


def _bill(meter: Meter) -> Bill:
    resource = meter.resource
    lines = tuple(PRICERS[resource.type](meter)) if resource.type in PRICERS else (_unpriced(resource),)
    gaps = dict.fromkeys(line.why for line in lines if isinstance(line, Gap))
    charges = tuple(line for line in lines if isinstance(line, Charge))
    free = next((line.why for line in lines if isinstance(line, Free)), "nothing of it is charged")
    if gaps:
        status, why = Status.NOT_PRICED, "; ".join(gaps)
    elif charges:
        status, why = Status.PRICED, ""
    else:
        status, why = Status.FREE, free
    return Bill(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        layer=group_of(meter.plan, resource)[0],
        status=status,
        why=why,
        charges=charges,
    )


def _unpriced(resource: Resource) -> Free | Gap:
    why = why_free(resource.type)
    if why:
        return Free(why)
    if not resource.custom:
        return Gap("what it makes is known only to its plugin")
    return Gap(f"no pricer for {resource.type}")
