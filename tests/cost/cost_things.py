"""Small plans made by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ascent.cost.book.prices import load_prices
from ascent.cost.estimate import Estimate, estimate, total_of
from ascent.plan.model import Plan, Resource

if TYPE_CHECKING:
    from ascent.cost.charges import Bill
    from ascent.cost.usage.model import Usage

BOOK = load_prices()


def urn(type_: str, name: str) -> str:
    return f"urn:pulumi:test::ascent::{type_}::{name}"


def made(type_: str, logical: str = "it", refers: dict[str, Resource] | None = None, **inputs: Any) -> Resource:  # noqa: ANN401
    """A resource with inputs, and inputs that refer to others."""
    return Resource(
        urn=urn(type_, logical),
        type=type_,
        name=logical,
        parent=None,
        custom=True,
        inputs=inputs,
        property_dependencies={key: (target.urn,) for key, target in (refers or {}).items()},
    )


def plan_of(*resources: Resource, tier: str = "startup", region: str = "us-east-1") -> Plan:
    return Plan(project="ascent", stack="test", tier=tier, region=region, resources=resources)


def bill_of(*resources: Resource, usage: Usage | None = None, region: str | None = None) -> Bill:
    """The bill of the first of some resources."""
    return estimate(plan_of(*resources), BOOK, usage, region=region).bills[0]


def find(found: Estimate, name: str, type_: str = "") -> Bill:
    """The bill of the one resource whose name ends with `name`."""
    (bill,) = [b for b in found.bills if b.name.endswith(name) and type_ in b.type]
    return bill


def cents(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def expected(bill: Bill) -> str:
    """A bill's expected dollars, rounded to cents."""
    return cents(total_of([bill]).expected)
