"""Costs as JSON, as described by docs/schemas/cost.schema.json."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.charges import Part, Status
from ascent.cost.estimate import fixed_of, total_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.cost.amounts import Range
    from ascent.cost.charges import Bill, Charge
    from ascent.cost.costing import Costing
    from ascent.cost.savings import Saving
    from ascent.cost.targets import GroupResult, LineResult, TargetResult

SCHEMA_VERSION: Final = 1
"""Raised when a reader of the previous version would misread a document."""


def to_document(costings: Sequence[Costing]) -> dict[str, Any]:
    """The costs of stacks; the same costs always yield the same document.

    Args:
        costings: from `ascent.cost.costing.cost_of`.
    """
    return {"schemaVersion": SCHEMA_VERSION, "currency": "USD", "per": "month", "stacks": [_stack(c) for c in costings]}


def _stack(costing: Costing) -> dict[str, Any]:
    found = costing.estimate
    return {
        "stack": found.stack,
        "tier": found.tier,
        "region": found.region,
        "usageProfile": found.profile,
        "total": _range(found.total),
        "fixed": _number(found.fixed),
        "usage": _range(found.usage),
        "coverage": round(found.coverage, 4),
        "confidence": {level.value: _number(amount) for level, amount in sorted(found.by_confidence.items())},
        "layers": [
            {
                "layer": layer,
                "resources": len(bills),
                "fixed": _number(fixed_of(bills)),
                "total": _range(total_of(bills)),
            }
            for layer, bills in found.layers.items()
        ],
        "resources": [_bill(bill) for bill in found.bills],
        "notPriced": [{"urn": b.urn, "why": b.why} for b in found.with_status(Status.NOT_PRICED)],
        "savings": [_saving(saving) for saving in costing.savings],
        "target": _target(costing.target) if costing.target else None,
    }


def _bill(bill: Bill) -> dict[str, Any]:
    return {
        "urn": bill.urn,
        "type": bill.type,
        "layer": bill.layer,
        "status": bill.status.value,
        "why": bill.why,
        "fixed": _number(fixed_of([bill])),
        "total": _range(total_of([bill])),
        "charges": [_charge(charge) for charge in bill.charges],
    }


def _charge(charge: Charge) -> dict[str, Any]:
    price = charge.price
    quantity = _number(charge.quantity.expected) if charge.part is Part.FIXED else _range(charge.quantity)
    return {
        "what": charge.what,
        "part": charge.part.value,
        "item": price.item,
        "region": price.region,
        "price": float(price.price),
        "unit": price.unit.value,
        "source": price.source,
        "date": price.date.isoformat(),
        "confidence": price.confidence.value,
        "quantity": quantity,
        "amount": _range(charge.amount),
    }


def _saving(saving: Saving) -> dict[str, Any]:
    return {
        "key": saving.key,
        "what": saving.what,
        "monthly": _number(saving.monthly),
        "arithmetic": saving.arithmetic,
        "confidence": saving.confidence.value,
    }


def _target(result: TargetResult) -> dict[str, Any]:
    target = result.target
    return {
        "low": _number(target.low),
        "high": _number(target.high),
        "expected": _number(result.expected),
        "withAllowances": _number(result.allowed),
        "verdict": result.verdict,
        "base": _optional(target.base),
        "plannedBase": _number(result.planned_base),
        "rest": [{"type": type_, "planned": _number(amount)} for type_, amount in result.rest],
        "groups": [_group(group) for group in result.groups],
        "corrections": list(target.corrections),
    }


def _group(group: GroupResult) -> dict[str, Any]:
    return {
        "name": group.name,
        "stated": _number(group.stated),
        "statedLines": _number(group.stated_lines),
        "recounted": _number(group.recounted),
        "planned": _number(group.planned),
        "lines": [_line(line) for line in group.lines],
    }


def _line(line: LineResult) -> dict[str, Any]:
    return {
        "what": line.what,
        "stated": _number(line.stated),
        "recounted": _optional(line.recounted),
        "planned": _number(line.planned),
        "resources": list(line.resources),
    }


def _range(amount: Range) -> dict[str, float]:
    return {name: _number(value) for name, value in amount.bounds}


def _optional(amount: Decimal | None) -> float | None:
    return None if amount is None else _number(amount)


def _number(amount: Decimal) -> float:
    """Hundredths of a cent: enough to add up, few enough to read."""
    return float(amount.quantize(Decimal("0.0001"), ROUND_HALF_UP))
