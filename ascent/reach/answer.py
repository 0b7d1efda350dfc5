"""What is said of a way from one place to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Verdict(StrEnum):
    """Whether a way is open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """What decides is known only after deployment."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that lets a connection through, or does not.

    Attributes:
        text: what it does, in words.
        verdict: whether it lets the connection through.
        urns: the resources that decide.
    """

    text: str
    verdict: Verdict = Verdict.OPEN
    urns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One connection between two places.

    Attributes:
        source: name of the place that opens it.
        target: name of the place that it leads to.
        port: TCP port at the target; None where it is not known, or nothing listens.
        steps: what it passes, in order; the last one decides.
    """

    source: str
    target: str
    port: int | None
    steps: tuple[Step, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the connection comes about."""
        return next((step.verdict for step in self.steps if step.verdict is not Verdict.OPEN), Verdict.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether one place reaches another, and over what.

    Attributes:
        source: name of the place that asks.
        target: name of the place that is asked.
        hops: the connections of the way that is open, or of the one that comes furthest.
    """

    source: str
    target: str
    hops: tuple[Hop, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the whole way is open."""
        return next((hop.verdict for hop in self.hops if hop.verdict is not Verdict.OPEN), Verdict.OPEN)

    @property
    def reaches(self) -> bool:
        """Whether the whole way is known to be open."""
        return self.verdict is Verdict.OPEN

    @property
    def stopped_by(self) -> Step | None:
        """The first thing that stops it, or leaves it open; None where nothing does."""
        return next((step for hop in self.hops for step in hop.steps if step.verdict is not Verdict.OPEN), None)

    @property
    def passed(self) -> tuple[int, int]:
        """How many connections come about before one does not, and how much that one passes."""
        for count, hop in enumerate(self.hops):
            if hop.verdict is not Verdict.OPEN:
                return count, len(hop.steps)
        return len(self.hops), 0


def until_closed(steps: Iterator[Step] | Sequence[Step]) -> tuple[Step, ...]:
    """Steps up to the first that stops the connection, or leaves it open whether it comes about."""
    found: list[Step] = []
    for step in steps:
        found.append(step)
        if step.verdict is not Verdict.OPEN:
            break
    return tuple(found)
