"""Costs as JSON, as described by docs/schemas/cost.schema.json."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from ascent.catalog.layers import OTHER
from ascent.cost.amounts import Range
from ascent.cost.book.prices import Confidence
from ascent.cost.book.units import Unit
from ascent.cost.charges import Bill, Part, Status
from ascent.cost.estimate import fixed_of, total_of
from ascent.document import Money, Record, at, each
from common.layers import LAYERS

if TYPE_CHECKING:
    from ascent.cost.costing import Costing

Layer = Annotated[str, Field(json_schema_extra={"enum": [*LAYERS, OTHER]})]


class Amount(Record):
    """At low, expected and high usage."""

    low: Money
    expected: Money
    high: Money


class ChargeRecord(Record):
    """One line of a bill."""

    what: str
    """What the quantity counts."""
    part: Part
    item: str = at("price", "item")
    """Item of the price book."""
    region: str = at("price", "region")
    """Region of the price; global for services without."""
    price: float = at("price", "price")
    """Dollars per unit."""
    unit: Unit = at("price", "unit")
    source: str = at("price", "source")
    """Name of the page that publishes the price."""
    date: datetime.date = at("price", "date")
    """Day on which the price was last reviewed."""
    confidence: Confidence = at("price", "confidence")
    """High, medium, low."""
    quantity: Money | Amount
    """Pieces in a month: for a price per million, single pieces."""
    amount: Amount

    @field_validator("quantity", mode="before")
    @classmethod
    def _one_figure(cls, quantity: Range, info: ValidationInfo) -> object:
        return quantity.expected if info.data["part"] is Part.FIXED else quantity


class BillRecord(Record):
    """What one resource costs."""

    urn: str
    type: str
    """Type token."""
    layer: Layer
    status: Status
    why: str
    """Why it is free or not priced; empty for what is priced."""
    fixed: Money
    total: Amount
    charges: list[ChargeRecord]


class NotPriced(Record):
    """A resource of which something has no price."""

    urn: str
    why: str


class LayerRecord(Record):
    """What a layer costs."""

    layer: Layer
    resources: int
    fixed: Money
    total: Amount


class SavingRecord(Record):
    """A way to pay less."""

    key: str
    what: str
    monthly: Annotated[Money, Field(gt=0)]
    arithmetic: str
    confidence: Confidence


class LineRecord(Record):
    """A line of a list of costs."""

    what: str
    stated: Money
    recounted: Money | None
    planned: Money
    resources: list[str]


class GroupRecord(Record):
    """A list of costs."""

    name: str
    stated: Money
    """The sum that was claimed."""
    stated_lines: Money
    """What the stated lines add up to."""
    recounted: Money
    """The lines at list prices, as far as they can be counted."""
    planned: Money
    """What the plan pays for them."""
    lines: list[LineRecord]


class RestRecord(Record):
    """What a type costs of which no list speaks."""

    type: str
    planned: Money


class TargetRecord(Record):
    """The cost beside what the platform was asked to cost at this tier."""

    low: Money = at("target", "low")
    high: Money = at("target", "high")
    expected: Money
    with_allowances: Money = at("allowed")
    """Expected, if the account's monthly allowances are left to this stack."""
    verdict: Literal["inside", "inside with allowances", "below", "above"]
    base: Money | None = at("target", "base")
    """What the groups add to; null where the one group is the whole."""
    planned_base: Money
    """What the plan costs without the groups' resources."""
    rest: Annotated[list[RestRecord], each(lambda rest: ({"type": t, "planned": a} for t, a in rest))]
    """What plannedBase is made of."""
    groups: list[GroupRecord]
    corrections: list[str] = at("target", "corrections")


def _layers(found: Mapping[str, Sequence[Bill]]) -> Iterator[Mapping[str, Any]]:
    for layer, bills in found.items():
        yield {"layer": layer, "resources": len(bills), "fixed": fixed_of(bills), "total": total_of(bills)}


class StackRecord(Record):
    """What one stack costs."""

    stack: str = at("estimate", "stack")
    tier: str = at("estimate", "tier")
    region: str = at("estimate", "region")
    """Region of the prices."""
    usage_profile: str = at("estimate", "profile")
    """Tier whose usage was taken, with the file that changes it."""
    total: Amount = at("estimate", "total")
    fixed: Money = at("estimate", "fixed")
    """What is due without any usage."""
    usage: Amount = at("estimate", "usage")
    coverage: Annotated[float, AfterValidator(lambda share: round(share, 4)), Field(ge=0, le=1)] = at(
        "estimate", "coverage"
    )
    """Share of resources priced or known to be free."""
    confidence: Annotated[dict[Confidence, Money], BeforeValidator(lambda found: dict(sorted(found.items())))] = at(
        "estimate", "by_confidence"
    )
    """Expected dollars by how sure their prices are."""
    layers: Annotated[list[LayerRecord], each(_layers)] = at("estimate", "layers")
    resources: list[BillRecord] = at("estimate", "bills")
    """In the order of the plan."""
    not_priced: Annotated[list[NotPriced], each(lambda bills: (b for b in bills if b.status is Status.NOT_PRICED))] = (
        at("estimate", "bills")
    )
    savings: list[SavingRecord]
    target: TargetRecord | None


class CostDocument(Record):
    """What `ascent cost --json` prints: US dollars a month at list prices, without tax, to a hundredth of a cent."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    currency: Literal["USD"] = "USD"
    per: Literal["month"] = "month"
    """730 hours."""
    stacks: list[StackRecord]


def to_document(costings: Sequence[Costing]) -> dict[str, Any]:
    """The costs of stacks; the same costs always yield the same document.

    Args:
        costings: from `ascent.cost.costing.cost_of`.
    """
    return CostDocument.of({"stacks": costings}).values()
