"""Readiness as JSON, as described by docs/schemas/readiness.schema.json."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ascent.document import Record, at, each, filled
from ascent.readiness.model import Kind, Phase, Status, TierName, Weight

if TYPE_CHECKING:
    from ascent.readiness.assess import Readiness, Score
    from ascent.readiness.model import Area

Count = Annotated[int, Field(ge=0)]


_Numbers = Annotated[list[int], each(lambda judged: (one.item.number for one in judged))]


class ScoreRecord(Record):
    """Points earned of points possible."""

    score: Annotated[float, Field(ge=0, le=100)] | None = at("score", "value")
    """In percent, rounded down to one decimal; null where no item counts."""
    earned: Count = at("score", "earned")
    """Points of items that are met, less what broken rules take."""
    taken: Count = at("score", "taken")
    """Points that broken mandatory rules take."""
    possible: Count = at("score", "possible")
    """Points of items that count."""
    met: Count = at("score", "met")
    counted: Count = at("score", "counted")
    """Number of items that count; the others are not applicable."""


class _AreaName(Record):
    area: str
    title: str


class AreaRecord(ScoreRecord, _AreaName):
    """The score of an area."""


class _PhaseName(Record):
    phase: Phase


class PhaseRecord(ScoreRecord, _PhaseName):
    """The score of a phase."""


class ReachRecord(Record):
    """A score that can be reached."""

    score: Annotated[float, Field(ge=0, le=100)] | None = at("value")
    earned: Count
    met: Count


class _PartName(Record):
    part: Kind


class _Reached(Record):
    by_settings: ReachRecord
    """With the best settings of this program at the tier, and nothing else done."""
    ceiling: ReachRecord
    """With everything that Ascent can build and that can be proven: documents, drills, tests, a deployment."""


class PartRecord(_Reached, ScoreRecord, _PartName):
    """The score of one of the three parts, and how far it can go."""


class MilestoneRecord(Record):
    """A milestone on the way to production."""

    number: Annotated[int, Field(ge=1)] = at("milestone", "number")
    title: str = at("milestone", "title")
    when: str = at("milestone", "when")
    reached: bool
    """Whether nothing is missing of what counts."""
    met: _Numbers
    missing: _Numbers
    left_out: _Numbers
    """Items that do not count for the stack."""


class EvidenceRecord(Record):
    """What one proof found."""

    kind: Literal["rule", "query", "file", "test", "probe", "attestation", "record", "missing"]
    status: Status
    found: str
    id: str = filled("")
    """The rule, query, path or test that was asked, or who attested."""
    urns: tuple[str, ...] = filled(())
    files: tuple[str, ...] = filled(())


class ItemRecord(Record):
    """An item of the checklist with what was found of it."""

    id: Annotated[int, Field(ge=1)] = at("item", "number")
    title: str = at("item", "title")
    area: str = at("item", "area")
    phase: Phase = at("item", "phase")
    weight: Literal["critical", "high", "medium", "low"] = at("item", "weight")
    points: Annotated[int, Field(json_schema_extra={"enum": [weight.value for weight in Weight]})] = at(
        "item", "points"
    )
    kinds: list[Kind] = at("item", "kinds")
    since: TierName = at("item", "since")
    """First tier at which the item counts."""
    status: Status
    evidence: list[EvidenceRecord]
    reason: str = filled("")
    """Why an item is not applicable."""


class _StackName(Record):
    project: str
    stack: str
    tier: str
    """The tier whose checklist the stack is held against."""


def _areas(found: Sequence[tuple[Area, Score]]) -> Iterator[object]:
    return (SimpleNamespace(area=area.name, title=area.title, score=score) for area, score in found)


def _phases(found: Mapping[Phase, Score]) -> Iterator[object]:
    return (SimpleNamespace(phase=phase, score=score) for phase, score in found.items())


class StackRecord(ScoreRecord, _StackName):
    """One stack held against the checklist."""

    counts: dict[Status, Count]
    """Number of items by status."""
    areas: Annotated[list[AreaRecord], each(_areas)] = at("scored_areas")
    phases: Annotated[list[PhaseRecord], each(_phases)] = at("by_phase")
    """The most urgent first."""
    by_settings: ReachRecord = at("whole", "by_settings")
    """The whole score with the best settings of this program at the tier, and nothing else done."""
    ceiling: ReachRecord = at("whole", "ceiling")
    """The whole score with everything that Ascent can build and that can be proven."""
    parts: list[PartRecord]
    """The three parts that every item belongs to one of."""
    milestones: list[MilestoneRecord]
    """In their order."""
    gaps: _Numbers
    """Ids of items that count and are not met: the heaviest first, then the most urgent."""
    findings: list[str]
    """Attestations that have expired."""
    broken: list[str]
    """Mandatory rules that something breaks, waived or not; each takes points."""
    items: list[ItemRecord]
    """Every item, by id."""


class ReadinessDocument(Record):
    """What `ascent readiness --json` prints: each stack held against the checklist, with a score and all evidence."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread the document."""
    date: datetime.date
    """Day for which attestations, waivers and documents were judged."""
    stacks: list[StackRecord]


def document_of(stacks: Sequence[Readiness], today: datetime.date) -> dict[str, Any]:
    """Several stacks as one document."""
    return ReadinessDocument.of({"date": today, "stacks": stacks}).values()
