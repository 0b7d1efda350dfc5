"""Who reaches whom as JSON, as described by docs/schemas/reach.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ascent.document import Record
from ascent.reach.answer import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.reach.answer import Answer


class StepRecord(Record):
    """One thing that lets a connection through, or does not."""

    text: str
    """What it does, in words."""
    verdict: Verdict
    urns: list[str]
    """The resources that decide."""


class HopRecord(Record):
    """One connection between two places."""

    source: str
    """Name of the place that opens it."""
    target: str
    """Name of the place that it leads to."""
    port: int | None
    """TCP port at the target; null where nothing listens."""
    verdict: Verdict
    steps: list[StepRecord]
    """What it passes, in order, up to the first thing that stops it."""


class AnswerRecord(Record):
    """Whether one place reaches another, and over what."""

    source: str
    """Name of the place that asks."""
    target: str
    """Name of the place that is asked."""
    verdict: Verdict
    hops: list[HopRecord]
    """The connections of the way that is open, or of the one that comes furthest."""


class ReachDocument(Record):
    """What `ascent reach --json` prints: who reaches whom in a planned stack."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stack: str
    answers: list[AnswerRecord]


def to_document(stack: str, answers: Sequence[Answer]) -> dict[str, Any]:
    """What was found.

    Args:
        stack: the stack that was asked.
        answers: what it answered.
    """
    return ReachDocument.of({"stack": stack, "answers": answers}).values()
