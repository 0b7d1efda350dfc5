"""A comparison as JSON, as described by docs/schemas/compare.schema.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from ascent.compare.care import Kind
from ascent.compare.settings import Weight
from ascent.document import Money, Record, at, each
from policies.pack.levels import Level

if TYPE_CHECKING:
    from ascent.compare.comparison import Comparison


class SideRecord(Record):
    """One of the two plans."""

    project: str = at("judged", "plan", "project")
    stack: str = at("judged", "plan", "stack")
    tier: str = at("judged", "plan", "tier")
    region: str = at("judged", "plan", "region")


class LayerCounts(Record):
    """Numbers of resources that differ in a layer."""

    layer: str
    added: int
    removed: int
    changed: int


class FoundRecord(Record):
    """A resource that only one plan has."""

    urn: str = at("resource", "urn")
    type: str = at("resource", "type")
    name: str
    """Its name with `*` for the stack's own."""
    layer: str


class PropertyRecord(Record):
    """An input that differs."""

    name: str
    before: Any
    after: Any


class ChangedRecord(Record):
    """A resource that both plans have and that differs."""

    before: str = at("before", "urn")
    """Its URN in the first plan."""
    after: str = at("after", "urn")
    """Its URN in the second."""
    type: str = at("after", "type")
    name: str
    layer: str
    properties: list[PropertyRecord]


def _counts(found: Mapping[str, tuple[int, int, int]]) -> Iterator[Mapping[str, Any]]:
    for layer, (added, removed, changed) in found.items():
        yield {"layer": layer, "added": added, "removed": removed, "changed": changed}


class ResourcesRecord(Record):
    """What is added, removed and changed."""

    layers: Annotated[list[LayerCounts], each(_counts)] = at("by_layer")
    added: list[FoundRecord]
    removed: list[FoundRecord]
    changed: list[ChangedRecord]
    only_tags: Annotated[int, BeforeValidator(len)] = at("tagged")
    """Number of resources of which nothing but tags differs."""
    same: int


class CareRecord(Record):
    """Something in the data or the service that needs care, the worst first."""

    kind: Kind
    urn: str
    name: str
    why: str
    fix: str
    protected: bool
    """Whether the deployment stops until its protection is lifted."""


class SettingRecord(Record):
    """A setting that differs, those that cost data first."""

    path: str
    before: Any
    after: Any
    weight: Weight
    """The worst that the difference does."""
    touches: list[str]
    """What is replaced or removed."""
    does: str


class StepRecord(Record):
    """Commands to run before those of the next step."""

    title: str
    commands: list[str]


class RuleRecord(Record):
    """A rule whose level differs between the tiers."""

    rule: str
    title: str
    before: Level
    after: Level
    stricter: bool
    judged: int
    """Number of resources of the second plan that it judges."""
    broken: int
    """Number of findings among these."""


class ItemRecord(Record):
    """An item of the checklist."""

    id: int = at("number")
    title: str
    points: int


class ReadinessRecord(Record):
    """How ready the two are."""

    before: float = at("before", "readiness", "points")
    before_at_second_tier: float = at("measured", "points")
    """The first plan's score against the second one's tier."""
    after: float = at("after", "readiness", "points")
    gained: float = at("points_gained")
    items_gained: list[ItemRecord] = at("gained")
    items_lost: list[ItemRecord] = at("lost")


class LayerDollars(Record):
    """What a layer costs."""

    layer: str
    before: Money
    after: Money
    added: Money


def _dollars(found: Mapping[str, tuple[Decimal, Decimal]]) -> Iterator[Mapping[str, Any]]:
    for layer, (before, after) in found.items():
        yield {"layer": layer, "before": before, "after": after, "added": after - before}


class CostRecord(Record):
    """Expected dollars a month."""

    currency: Literal["USD"] = "USD"
    per: Literal["month"] = "month"
    before: Money = at("before", "costing", "estimate", "total", "expected")
    after: Money = at("after", "costing", "estimate", "total", "expected")
    added: Money = at("dollars_added")
    of_usage: Money = at("dollars_of_usage")
    """The part that comes from the second one's larger usage, not from its resources."""
    layers: Annotated[list[LayerDollars], each(_dollars)] = at("dollars_by_layer")


class CompareDocument(Record):
    """What `ascent compare --json` prints: what differs between two plans, and what that means."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    before: SideRecord
    after: SideRecord
    resources: ResourcesRecord
    settings: list[SettingRecord]
    steps: list[StepRecord]
    """Empty where one deployment does it."""
    care: list[CareRecord]
    rules: list[RuleRecord]
    readiness: ReadinessRecord
    cost: CostRecord


def to_document(found: Comparison) -> dict[str, Any]:
    """A comparison; the same comparison always yields the same document.

    Args:
        found: what was compared.
    """
    parts = {
        name: getattr(found, name) for name in ("before", "after", "resources", "settings", "steps", "care", "rules")
    }
    return CompareDocument.of({**parts, "readiness": found, "cost": found}).values()
