"""Milestones on the way to production: what to have before users come, and what after, in four steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ascent.readiness.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ascent.readiness.prove import JudgedItem


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step on the way.

    Attributes:
        number: its place, from 1.
        title: what is reached with it.
        when: when it is due, counted from the decision to go to production.
        items: numbers of the checklist's items that make it.
    """

    number: int
    title: str
    when: str
    items: tuple[int, ...]


MILESTONES: Final = (
    Milestone(1, "Ready for users", "weeks 1 and 2", (2, 14, 15, 16, 19, 115, 206)),
    Milestone(2, "Steady in operation", "weeks 3 and 4", (80, 97, 104, 105, 138, 153, 158)),
    Milestone(3, "Easy to run", "month 2", (81, 116, 117, 136, 137, 139, 216)),
    Milestone(4, "Fit for enterprises", "month 3 and later", (10, 28, 30, 114, 168, 169)),
)
"""In their order: certificate, redirect, domain, zones, health page and trail come before recovery and detection, these
before insight into how it runs, and that before what only the largest need."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a stack stands with a milestone.

    Attributes:
        milestone: the milestone.
        met: its items that are met.
        missing: its items that are not.
        left_out: its items that do not count for the stack.
    """

    milestone: Milestone
    met: tuple[JudgedItem, ...]
    missing: tuple[JudgedItem, ...]
    left_out: tuple[JudgedItem, ...]

    @property
    def counted(self) -> int:
        """Number of items that count."""
        return len(self.met) + len(self.missing)

    @property
    def reached(self) -> bool:
        """Whether nothing is missing of what counts; nothing is reached where nothing counts."""
        return bool(self.met) and not self.missing


def progress(judged: Iterable[JudgedItem]) -> tuple[Progress, ...]:
    """Where a stack stands with each milestone.

    Args:
        judged: every item, as judged.
    """
    by_number = {one.item.number: one for one in judged}
    found = []
    for milestone in MILESTONES:
        items = [by_number[number] for number in milestone.items if number in by_number]
        counted = [j for j in items if j.counts]
        found.append(
            Progress(
                milestone,
                tuple(j for j in counted if j.status is Status.MET),
                tuple(j for j in counted if j.status is not Status.MET),
                tuple(j for j in items if not j.counts),
            )
        )
    return tuple(found)


def following(found: tuple[Progress, ...]) -> Progress | None:
    """The first milestone of which something is missing; None where nothing is."""
    return next((one for one in found if one.missing), None)
