"""Advice as JSON, as described by docs/schemas/advise.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from ascent.document import Record, at, each
from ascent.readiness.model import Phase

if TYPE_CHECKING:
    from ascent.advise.advice import Advice
    from ascent.advise.steps import Steps

_Keys = Annotated[list[str], each(lambda triggers: (trigger.key for trigger in triggers))]
_Name = Annotated[str | None, BeforeValidator(lambda name: name or None)]
_Dollars = Annotated[float, BeforeValidator(float), AfterValidator(lambda amount: round(amount, 4))]


class TriggerRecord(Record):
    """A circumstance from which on a tier is due."""

    trigger: str = at("key")
    tier: str
    says: str
    why: str


class AdviceRecord(Record):
    """Which tier fits."""

    stack: _Name
    """The stack that was asked about; null for none."""
    present: _Name
    """Its tier; null where no stack was named."""
    tier: str
    upgrade: bool
    """Whether the stack should move to a higher tier."""
    reasons: list[TriggerRecord]
    """Triggers that ask for more than the stack has."""
    fine: list[TriggerRecord]
    """Triggers that hold and that the present tier already answers."""
    quiet: _Keys
    """Triggers that were asked about and do not hold."""
    unasked: _Keys
    """Triggers of which nothing was said."""
    fine_for: list[str]


class ItemRecord(Record):
    """An item of the checklist that a step meets."""

    id: int = at("item", "number")
    title: str = at("item", "title")
    weight: str = at("item", "weight")
    phase: Phase = at("item", "phase")


class StepRecord(Record):
    """One thing to do."""

    items: list[ItemRecord]
    score: Annotated[float, AfterValidator(lambda points: round(points, 2))]
    """What it adds to the score of 0 to 100, by itself."""
    dollars: _Dollars | None
    """What AWS would charge for it in a month, expected; null where that is not known."""
    dollars_per_point: _Dollars | None = at("per_point")
    basis: str
    """What the figure covers, or why there is none."""
    todo: str


class StepsRecord(Record):
    """What to do next, the cheapest points first."""

    stack: str
    tier: str
    score: float = at("points")
    steps: list[StepRecord] = at("ranked")
    more: int
    """Number of steps that are not listed."""
    unprovable: int
    """Number of unmet items for which no proof exists yet."""
    unknown_until_deployed: int = at("later")
    waived: int


class AdviseDocument(Record):
    """What `ascent advise --json` prints."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    advice: AdviceRecord | None
    next: StepsRecord | None


def to_document(advice: Advice | None, steps: Steps | None) -> dict[str, Any]:
    """What was found.

    Args:
        advice: which tier fits; None where nothing was asked about it.
        steps: the steps to list; None where none were asked for.
    """
    return AdviseDocument.of({"advice": advice, "next": steps}).values()
