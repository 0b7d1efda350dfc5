"""What a pricer works with: one resource, the plan around it, the price book and the usage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from ascent.cost.amounts import HOURS, MOST, Range
from ascent.cost.charges import Charge, Gap, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage
    from ascent.plan.model import Plan, Resource


@dataclass(frozen=True, slots=True)
class Meter:
    """Prices quantities of one resource.

    Attributes:
        resource: the resource to price.
        plan: the plan that it is in.
        book: the prices.
        usage: what the stack is used for in a month.
        home: region that the stack is priced in; its plan's, or the one that the caller compares it with.
    """

    resource: Resource
    plan: Plan
    book: PriceBook
    usage: Usage
    home: str

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The resource's inputs in wire form."""
        return self.resource.inputs

    @property
    def region(self) -> str:
        """Where the resource is priced: its own region if it has one other than its stack's, else the stack's.

        A region that the book does not know counts as the stack's own.
        """
        own = self.inputs.get("region")
        known = isinstance(own, str) and own in self.book.regions
        return own if known and own != self.plan.region else self.home

    def of(self, resource: Resource) -> Meter:
        """The same for another resource of the plan."""
        return Meter(resource, self.plan, self.book, self.usage, self.home)

    def fixed(self, item: str, quantity: Decimal | int, what: str, *, called: str = "") -> Charge | Gap:
        """A charge that is due without any usage.

        Args:
            item: item of the price book.
            quantity: pieces in a month.
            what: what is counted.
            called: what to call the item when it has no price; by default its own name.
        """
        return self._charge(item, Range.exactly(quantity), what, Part.FIXED, called)

    def hourly(self, item: str, count: Decimal | int, what: str, *, called: str = "") -> Charge | Gap:
        """A fixed charge for `count` pieces that run all month; see `fixed`."""
        return self.fixed(item, count * HOURS, what, called=called)

    def used(self, item: str, quantity: Range, what: str, *, called: str = "") -> Charge | Gap:
        """A charge that follows usage; see `fixed`."""
        return self._charge(item, quantity, what, Part.USAGE, called)

    def _charge(self, item: str, quantity: Range, what: str, part: Part, called: str) -> Charge | Gap:
        price = self.book.find(item, self.region)
        if price is None:
            return Gap(f"no price for {called or item} in {self.region}")
        return Charge(what=what, part=part, price=price, quantity=quantity)

    def share(self, total: Range) -> Range:
        """This resource's part of what all resources of its type use together."""
        return total / len(self.plan.by_type.get(self.resource.type, (self.resource,)))

    def targets(self, type_: str, *properties: str) -> tuple[Resource, ...]:
        """Resources of a type that inputs of this one refer to.

        Args:
            type_: type token.
            properties: inputs to look at; all of them if none are named.
        """
        refers = self.resource.property_dependencies
        urns = {urn for key in (properties or refers) for urn in refers.get(key, ())}
        return tuple(r for r in self.plan.by_type.get(type_, ()) if r.urn in urns)

    def sources(self, type_: str, *properties: str) -> tuple[Resource, ...]:
        """Resources of a type whose inputs refer to this one; see `targets`."""
        return tuple(
            r
            for r in self.plan.by_type.get(type_, ())
            if any(self.resource.urn in urns for key, urns in r.property_dependencies.items() if key in properties)
        )

    def number(self, key: str) -> Decimal | None:
        """An input as a number; None where it is missing or not known yet."""
        return number(self.inputs.get(key))

    def text(self, key: str) -> str:
        """An input as text; empty where it is missing or not a text."""
        value = self.inputs.get(key)
        return value if isinstance(value, str) else ""

    def count(self, key: str) -> int | None:
        """Length of a list that is an input; None where it is missing or not known yet."""
        value = self.inputs.get(key)
        return len(value) if isinstance(value, list) else None


def number(value: Any) -> Decimal | None:  # noqa: ANN401 - any wire value
    """A wire value as a number; None for what is none, a value known only after deployment included."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= MOST else None


def is_on(value: Any) -> bool:  # noqa: ANN401 - any wire value
    """Whether a wire value means yes: AWS takes some flags as text."""
    return value is True or value == "true"


def parts(value: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - any wire value
    """The objects in a list, or the one that stands in its place; none where the value is neither."""
    if isinstance(value, dict):
        return [value]
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
