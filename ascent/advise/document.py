"""Advice as JSON, as described by docs/schemas/advise.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from ascent.advise.target.obstacles import Who
from ascent.compare.care import Kind as CareKind
from ascent.document import Record, at, each
from ascent.readiness.model import Kind, Phase

if TYPE_CHECKING:
    from ascent.advise.advice import Advice
    from ascent.advise.move import Move
    from ascent.advise.steps import Steps
    from ascent.advise.target.plan import TargetPlan

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
    smaller: bool
    """Whether a smaller tier would do, as far as was said."""
    could_be_smaller: list[str]
    """What else must be said to tell whether a smaller tier would do: any one of these."""


class PlaceholderRecord(Record):
    """What must be filled in before commands are run."""

    text: str
    """As it stands in the commands."""
    about: str


class CommandsRecord(Record):
    """What to run."""

    commands: list[str] = at("lines")
    """Lines for a shell, in their order."""
    placeholders: list[PlaceholderRecord]


class CareRecord(Record):
    """Something in the data or the service that needs care."""

    kind: CareKind
    urn: str
    why: str
    fix: str


class SmallerRecord(Record):
    """What a smaller tier saves and loses."""

    before: _Dollars
    """Expected dollars a month as it is, with the smaller tier's usage."""
    after: _Dollars
    """Expected dollars a month at the smaller tier."""
    lost: Annotated[list[int], each(lambda items: (item.number for item in items))]
    """Items of the present tier's checklist that would be met no more, the heaviest first."""
    care: list[CareRecord]


class MoveRecord(CommandsRecord):
    """What a move to another tier takes."""

    tier: str
    conflict: str
    """What must be settled first: the stack's file does not fit the tier, or the move deletes data; else empty."""
    saves: SmallerRecord | None = at("smaller")
    """What a smaller tier saves and loses; null for a larger one."""


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
    commands: list[str] = at("commands", "lines")
    """What to run where settings meet it; none where only work does."""
    placeholders: list[PlaceholderRecord] = at("commands", "placeholders")


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


class GoalRecord(Record):
    """A score that is wanted."""

    part: Kind | None
    """The part that it is of; null for the whole."""
    target: float = at("value")


class ScoreRecord(Record):
    """A score, and how far it can go."""

    part: Kind | None
    """The part that it is of; null for the whole."""
    score: float | None = at("score", "value")
    by_settings: float | None = at("by_settings", "value")
    ceiling: float | None = at("ceiling", "value")


_Numbers = Annotated[list[int], each(lambda items: (item.number for item in items))]


class TakenRecord(Record):
    """A step of the way: what it does after the steps before it, by plans of both."""

    settings: dict[str, Any] = at("values")
    """Setting → value; null takes the stack file's own away, and placeholders stand for what only the owner knows."""
    dollars: _Dollars
    """What it adds to a month's bill, of what could be priced."""
    unpriced: int
    """Number of resources that it adds and that could not be priced."""
    score: Annotated[float, AfterValidator(lambda points: round(points, 2))]
    """What it adds to the whole score."""
    gained: _Numbers
    """Items that it meets."""
    lost: _Numbers
    """Items that it meets no longer."""
    care: list[CareRecord]


class LeftOutRecord(Record):
    """A change that would bring points, and why it is not taken."""

    settings: dict[str, Any] = at("values")
    why: str


class ObstacleRecord(Record):
    """An item that no setting meets."""

    id: int = at("judged", "item", "number")
    title: str = at("judged", "item", "title")
    part: Kind = at("judged", "item", "part")
    points: int = at("judged", "item", "points")
    who: Who
    """Who must do something."""
    today: bool
    """Whether points are earned for it today; otherwise it has no proof yet, or nothing builds it."""
    what: str


class TargetRecord(Record):
    """How a stack comes to the scores that are wanted."""

    stack: str
    goals: list[GoalRecord]
    already: bool
    """Whether nothing needs to be done."""
    reached: bool = at("way", "reached")
    before: list[ScoreRecord] = at("before", "prospects")
    """The whole, then the three parts."""
    after: list[ScoreRecord] = at("after", "prospects")
    """With all steps, by a plan of all of them."""
    dollars_before: _Dollars = at("way", "before", "dollars")
    dollars_after: _Dollars = at("way", "after", "dollars")
    steps: list[TakenRecord] = at("way", "steps")
    left_out: list[LeftOutRecord] = at("way", "left_out")
    do: CommandsRecord = at("commands")
    obstacles: list[ObstacleRecord]
    """What stands in the way, where the goals are not reached: what can be earned today first, then the heaviest."""
    planned: int
    """Number of plans that it took."""


class AdviseDocument(Record):
    """What `ascent advise --json` prints."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    advice: AdviceRecord | None
    move: MoveRecord | None
    """What the move to the tier that fits takes; null where the stack stays."""
    next: StepsRecord | None
    target: TargetRecord | None


def to_document(
    advice: Advice | None, move: Move | None = None, steps: Steps | None = None, target: TargetPlan | None = None
) -> dict[str, Any]:
    """What was found.

    Args:
        advice: which tier fits; None where nothing was asked about it.
        move: what the move to it takes; None where the stack stays.
        steps: the steps to list; None where none were asked for.
        target: how the stack comes to a target; None where none was given.
    """
    return AdviseDocument.of({"advice": advice, "move": move, "next": steps, "target": target}).values()
