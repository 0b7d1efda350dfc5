"""A stack with everything that was found in it: what outputs are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policies.pack.levels import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.engine.positions import Position
    from ascent.plan.model import Plan
    from policies.pack.evaluate import Report
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A stack, planned or read from a file of the engine, and the verdicts on it."""

    plan: Plan
    facts: StackFacts
    """The plan as rules and queries ask it."""
    report: Report
    problems: tuple[str, ...] = ()
    """What makes the plan inconsistent in itself; a line each."""
    diagnostics: tuple[str, ...] = ()
    """Warnings of the program."""
    lookups: tuple[str, ...] = ()
    """Tokens of look-ups that nobody answered, because the stack was planned offline."""
    file: str
    """Path of the file that findings point to where no line of the program is known: the stack's settings, or the
    file that was read. From the root of the repository, with forward slashes."""
    root: str = ""
    """Path of the project from the root of the repository; empty if it is the root."""
    positions: Mapping[str, Position] = field(default_factory=dict)
    """URN → where the program registered it, as far as that is known."""

    @property
    def fine(self) -> bool:
        """Whether the stack may be deployed."""
        waivers_stop = self.report.waivers_level is Level.MANDATORY and self.report.waiver_findings
        return not (self.problems or self.report.mandatory_failures or waivers_stop)

    def position(self, urn: str) -> Position | None:
        """Where the program registered a resource, or else the component that it belongs to."""
        seen: set[str] = set()
        here: str | None = urn
        while here and here not in seen:
            if here in self.positions:
                return self.positions[here]
            seen.add(here)
            resource = self.plan.by_urn.get(here)
            here = resource.parent if resource else None
        return None
