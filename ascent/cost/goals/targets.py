"""The costs that the platform was asked to have, recounted: what was asked, what it comes to, what a plan costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.estimate import Estimate
    from ascent.cost.usage.model import Usage


@dataclass(frozen=True, slots=True)
class Pick:
    """Charges of a plan that a line of a target stands for."""

    type: str
    item: str = ""
    """Prefix of the items; empty for all charges of the resource."""
    skip: int = 0
    """Resources of this type to leave out, from the first."""
    what: str = ""
    """Text that a charge's description holds."""
    always: bool = False
    """Whether the resource stands for the line even where nothing of the kind is charged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One line of a list of costs."""

    what: str
    stated: Decimal
    """Dollars a month as the list has it."""
    items: tuple[tuple[str, Decimal | str], ...] | None = None
    """Items of the price book with their pieces in a month, or with the usage that says how many; None where the
    price book has nothing of the kind."""
    picks: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """A list of costs with the sum that it claims."""

    name: str
    stated: Decimal
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a tier was expected to cost in a month."""

    low: Decimal
    high: Decimal
    groups: tuple[TargetGroup, ...]
    corrections: tuple[str, ...]
    """Where the expectation contradicts itself or the price list."""
    base: Decimal | None = None
    """What the groups add to; None where a single group is the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """A line, recounted."""

    what: str
    stated: Decimal
    recounted: Decimal | None
    """At the price book's prices and the tier's usage; None where it has none."""
    planned: Decimal
    """What the plan's resources of this kind cost."""
    resources: tuple[str, ...]
    """Names of those resources."""
    taken: Mapping[str, Decimal]
    """URN of each of them → what of its cost counts here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """A list, recounted."""

    name: str
    stated: Decimal
    lines: tuple[LineResult, ...]

    @property
    def stated_lines(self) -> Decimal:
        """What the stated lines add up to, whatever sum was claimed."""
        return sum((line.stated for line in self.lines), Decimal(0))

    @property
    def recounted(self) -> Decimal:
        """The sum of what could be recounted."""
        return sum((line.recounted or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def planned(self) -> Decimal:
        """What the plan pays for all of it."""
        return sum((line.planned for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    """A plan's cost beside what was expected of its tier."""

    target: Target
    expected: Decimal
    """The plan's expected dollars a month."""
    allowed: Decimal
    """The same when the account's allowances are left to this stack."""
    groups: tuple[GroupResult, ...]
    rest: tuple[tuple[str, Decimal], ...]
    """What no line stands for, by type of resource, the dearest first."""

    @property
    def verdict(self) -> str:
        """Where the expected cost lies."""
        low, high = self.target.low, self.target.high
        if low <= self.expected <= high:
            return "inside"
        if self.expected < low:
            return "below"
        return "inside with allowances" if low <= self.allowed <= high else "above"

    @property
    def stated_total(self) -> Decimal:
        """The base and all stated lines, added up."""
        return (self.target.base or Decimal(0)) + sum((g.stated_lines for g in self.groups), Decimal(0))

    @property
    def planned_base(self) -> Decimal:
        """What the plan costs without the groups' resources."""
        return sum((amount for _, amount in self.rest), Decimal(0))


def check_target(target: Target, estimate: Estimate, allowed: Decimal, book: PriceBook, usage: Usage) -> TargetResult:
    """Hold a plan's cost against what was expected of its tier.

    Args:
        target: the expectation.
        estimate: the plan's cost.
        allowed: its expected cost with the account's allowances.
        book: prices for the recount, in the estimate's region.
        usage: usage for the recount.
    """
    items = {item for group in target.groups for line in group.lines for item, _ in line.items or ()}
    prices = {item: _at(book, estimate.region, item) for item in items}
    groups = tuple(
        GroupResult(
            name=group.name,
            stated=group.stated,
            lines=tuple(_line(line, estimate, prices, usage) for line in group.lines),
        )
        for group in target.groups
    )
    return TargetResult(
        target=target, expected=estimate.total.expected, allowed=allowed, groups=groups, rest=_rest(estimate, groups)
    )


def _rest(estimate: Estimate, groups: tuple[GroupResult, ...]) -> tuple[tuple[str, Decimal], ...]:
    found: dict[str, Decimal] = {}
    lines = [line for group in groups for line in group.lines]
    for bill in estimate.bills:
        amount = sum((c.amount.expected for c in bill.charges), Decimal(0))
        left = amount - sum((line.taken.get(bill.urn, Decimal(0)) for line in lines), Decimal(0))
        if left:
            found[bill.type] = found.get(bill.type, Decimal(0)) + left
    return tuple(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def _at(book: PriceBook, region: str, item: str) -> Decimal | None:
    price = book.find(item, region)
    return price.price / price.unit.size if price else None


def _line(line: TargetLine, estimate: Estimate, prices: Mapping[str, Decimal | None], usage: Usage) -> LineResult:
    resources, taken = dict[str, None](), dict[str, Decimal]()
    for pick in line.picks:
        for bill in [b for b in estimate.bills if b.type == pick.type][pick.skip :]:
            charges = [c for c in bill.charges if c.price.item.startswith(pick.item) and pick.what in c.what]
            if charges or not bill.charges or pick.always:
                resources[bill.name] = None
                taken[bill.urn] = sum((c.amount.expected for c in charges), taken.get(bill.urn, Decimal(0)))
    return LineResult(
        what=line.what,
        stated=line.stated,
        recounted=None if line.items is None else _recount(line.items, prices, usage),
        planned=sum(taken.values(), Decimal(0)),
        resources=tuple(resources),
        taken=taken,
    )


def _recount(
    items: tuple[tuple[str, Decimal | str], ...], prices: Mapping[str, Decimal | None], usage: Usage
) -> Decimal | None:
    total = Decimal(0)
    for item, quantity in items:
        price = prices[item]
        if price is None:
            return None
        total += price * (getattr(usage, quantity).expected if isinstance(quantity, str) else quantity)
    return total
