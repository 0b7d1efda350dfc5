"""A comparison as JSON values, as described by docs/compare.md."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ascent.compare.comparison import Comparison, Side
    from ascent.compare.differences import Changed, Found
    from ascent.readiness.model import Item

SCHEMA_VERSION: Final = 1
"""Raised when a reader of the previous version would misread a document."""


def to_document(found: Comparison) -> dict[str, Any]:
    """A comparison; the same comparison always yields the same document.

    Args:
        found: what was compared.
    """
    resources = found.resources
    return {
        "schemaVersion": SCHEMA_VERSION,
        "before": _side(found.before),
        "after": _side(found.after),
        "resources": {
            "layers": [
                {"layer": layer, "added": added, "removed": removed, "changed": changed}
                for layer, (added, removed, changed) in resources.by_layer.items()
            ],
            "added": [_found(one) for one in resources.added],
            "removed": [_found(one) for one in resources.removed],
            "changed": [_changed(one) for one in resources.changed],
            "onlyTags": len(resources.tagged),
            "same": resources.same,
        },
        "care": [
            {"kind": note.kind.value, "urn": note.urn, "name": note.name, "why": note.why, "fix": note.fix}
            for note in found.care
        ],
        "rules": [
            {
                "rule": change.rule,
                "title": change.title,
                "before": change.before.value,
                "after": change.after.value,
                "stricter": change.stricter,
                "judged": change.judged,
                "broken": change.broken,
            }
            for change in found.rules
        ],
        "readiness": {
            "before": found.before.readiness.points,
            "beforeAtSecondTier": found.measured.points,
            "after": found.after.readiness.points,
            "gained": found.points_gained,
            "itemsGained": [_item(item) for item in found.gained],
            "itemsLost": [_item(item) for item in found.lost],
        },
        "cost": {
            "currency": "USD",
            "per": "month",
            "before": _number(found.before.costing.estimate.total.expected),
            "after": _number(found.after.costing.estimate.total.expected),
            "added": _number(found.dollars_added),
            "ofUsage": _number(found.dollars_of_usage),
            "layers": [
                {"layer": layer, "before": _number(before), "after": _number(after), "added": _number(after - before)}
                for layer, (before, after) in found.dollars_by_layer.items()
            ],
        },
    }


def _side(side: Side) -> dict[str, Any]:
    plan = side.judged.plan
    return {"project": plan.project, "stack": plan.stack, "tier": plan.tier, "region": plan.region}


def _found(one: Found) -> dict[str, Any]:
    return {"urn": one.resource.urn, "type": one.resource.type, "name": one.name, "layer": one.layer}


def _changed(one: Changed) -> dict[str, Any]:
    return {
        "before": one.before.urn,
        "after": one.after.urn,
        "type": one.after.type,
        "name": one.name,
        "layer": one.layer,
        "properties": [{"name": p.name, "before": p.before, "after": p.after} for p in one.properties],
    }


def _item(item: Item) -> dict[str, Any]:
    return {"id": item.number, "title": item.title, "points": item.points}


def _number(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.0001"), ROUND_HALF_UP))
