"""What would make a stack cheaper, with the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import HOURS, dollars, plain
from ascent.cost.book.prices import Confidence
from ascent.cost.book.tables import allowances, discounts
from ascent.cost.charges import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.charges import Charge
    from ascent.cost.estimate import Estimate

_PRODUCTION: Final = frozenset({"production", "enterprise"})
"""Tiers whose machines neither stop at night nor disappear at two minutes' notice."""

_FAMILIES: Final = (
    ("savings-plan.ec2", "spot.ec2", "ec2.", "instance hours"),
    ("savings-plan.fargate", "spot.fargate", "fargate.", "Fargate hours"),
    ("reserved.rds", "", "rds.postgres.", "database hours"),
)
"""Commitment, spare capacity (RDS has none), prefix of the items that they apply to, and what those are."""

_OPEN_HOURS: Final = Decimal(12 * 5)
_WEEK_HOURS: Final = Decimal(24 * 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One way to pay less. Commitments, Spot and stopping at night apply to the same hours: take one of them."""

    key: str
    """Id, such as `savings-plan.fargate`."""
    what: str
    monthly: Decimal
    """Expected US dollars a month."""
    arithmetic: str
    confidence: Confidence


def savings(estimate: Estimate) -> tuple[Saving, ...]:
    """Ways to pay less for a stack, commitments first.

    Args:
        estimate: what the stack costs at list prices.
    """
    found = [*_commitments(estimate)]
    if estimate.tier not in _PRODUCTION:
        found += [*_spot(estimate), *_shutdown(estimate)]
    found += _allowances(estimate)
    return tuple(saving for saving in found if saving.monthly > 0)


def _charges(estimate: Estimate, prefix: str, part: Part | None = None) -> list[Charge]:
    return [c for b in estimate.bills for c in b.charges if c.price.item.startswith(prefix) and part in (None, c.part)]


def _expected(charges: list[Charge]) -> Decimal:
    return sum((c.amount.expected for c in charges), Decimal(0))


def _commitments(estimate: Estimate) -> Iterator[Saving]:
    """A year's commitment to what runs all the time; it is paid for whether it runs or not."""
    for commitment, _, prefix, noun in _FAMILIES:
        always: dict[str, list[Charge]] = {}
        for charge in _charges(estimate, prefix, Part.FIXED):
            always.setdefault(_discount_of(commitment, charge), []).append(charge)
        for key, charges in always.items():
            discount, due = discounts()[key], _expected(charges)
            used = 100 - discount.percent
            yield Saving(
                key=key,
                what=discount.what,
                monthly=due * discount.percent / 100,
                arithmetic=(
                    f"{plain(discount.percent)} % of {dollars(due)} for {noun} that are always due; breaks even when "
                    f"{plain(used)} % of them are used, {plain(HOURS * used / 100)} of {plain(HOURS)}"
                ),
                confidence=discount.confidence,
            )


def _discount_of(commitment: str, charge: Charge) -> str:
    """The discount of a charge: its family's own where there is one, as of a database class."""
    family = ".".join(charge.price.item.split(".")[2:4])
    own = f"{commitment}.{family}"
    return own if own in discounts() else commitment


def _spot(estimate: Estimate) -> Iterator[Saving]:
    for _, spot, prefix, noun in _FAMILIES:
        if spot:
            every = _expected(_charges(estimate, prefix))
            discount = discounts()[spot]
            yield Saving(
                key=spot,
                what=discount.what,
                monthly=every * discount.percent / 100,
                arithmetic=(
                    f"{plain(discount.percent)} % of {dollars(every)} for {noun}; AWS may take the capacity back at "
                    "two minutes' notice"
                ),
                confidence=discount.confidence,
            )


def _shutdown(estimate: Estimate) -> Iterator[Saving]:
    """Machines that stop outside of working hours; storage, addresses, balancers and gateways go on."""
    stopped = 1 - _OPEN_HOURS / _WEEK_HOURS
    hourly = [c for _, _, prefix, _ in _FAMILIES for c in _charges(estimate, prefix)]
    running = _expected(hourly)
    yield Saving(
        key="shutdown",
        what="stop instances, tasks and the database at night and at weekends",
        monthly=running * stopped,
        arithmetic=(
            f"they run {plain(_OPEN_HOURS)} of {plain(_WEEK_HOURS)} hours a week, so {plain(stopped * 100)} % of "
            f"{dollars(running)} go"
        ),
        confidence=Confidence.HIGH,
    )


def _allowances(estimate: Estimate) -> Iterator[Saving]:
    """What an account has free every month, if this is the only stack that uses it."""
    saved: dict[str, Decimal] = {}
    for item, quantity in allowances().items():
        charges = _charges(estimate, item)
        used = sum((c.quantity.expected for c in charges if c.price.item == item), Decimal(0))
        if used:
            amount = _expected([c for c in charges if c.price.item == item])
            saved[item] = amount * min(quantity, used) / used
    parts = ", ".join(f"{item} {dollars(amount)}" for item, amount in saved.items() if amount >= Decimal("0.005"))
    yield Saving(
        key="allowances",
        what="the account's monthly allowances, which no figure here counts on because all its stacks share them",
        monthly=sum(saved.values(), Decimal(0)),
        arithmetic=f"if no other stack uses them up: {parts}",
        confidence=Confidence.HIGH,
    )


def allowed(estimate: Estimate) -> Decimal:
    """Expected dollars a month of a stack that has its account's allowances to itself."""
    free = sum((s.monthly for s in _allowances(estimate)), Decimal(0))
    return estimate.total.expected - free
