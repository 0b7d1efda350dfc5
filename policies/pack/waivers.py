"""Waivers: findings that somebody answers for, for a while.

A waiver never hides a finding: it is shown as waived, with its reason. It ends by itself: an expired one excuses
nothing and is a finding, as is one that excuses nothing any more, or more than it says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .verdict import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

PREFIX: Final = "urn:pulumi:"
"""How every URN begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One excuse for one rule."""

    rule: str
    """Id of the rule."""
    urn: str
    """URN of the resource; `*` stands for any characters."""
    reason: str
    """Why the finding is accepted."""
    owner: str
    """Who answers for it."""
    expires: date
    """Last day in force."""
    names: tuple[str, ...] = ()
    """Logical names of the resources it excuses, and no others; empty for whatever the pattern matches."""
    count: int = 1
    """At most how many resources it excuses; more are a finding. Follows from `names` where there are any."""
    within: str = ""
    """URN of the component that carries it, whose resources alone it excuses; empty for one from the file."""
    place: str = ""
    """Where it is written."""

    def covers(self, verdict: Verdict, lineage: Collection[str] = ()) -> bool:
        """Whether it excuses a verdict: a failure or something unverified, never a rule's own error.

        Args:
            verdict: what a rule says.
            lineage: URNs of the resource and of those above it; only a component's waiver asks.
        """
        if verdict.rule != self.rule or verdict.status not in (Status.FAIL, Status.UNKNOWN):
            return False
        if self.names and name_of(verdict.urn) not in self.names:
            return False
        if self.within and self.within not in lineage:
            return False
        return pattern(self.urn).fullmatch(verdict.urn) is not None

    def concerns(self, stack: str) -> bool:
        """Whether it can apply to a stack, judged by the stack's name in its URN pattern."""
        return pattern(self.urn.split("::")[0]).fullmatch(PREFIX + stack) is not None

    def __str__(self) -> str:
        return f"the waiver of {self.rule} for {self.urn} (owner {self.owner})"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverBook:
    """All waivers there are, sorted by what they are worth on one day."""

    today: date
    """The day by which they are sorted."""
    in_force: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    """Complete, but past their last day: they excuse nothing."""
    problems: tuple[str, ...] = ()
    """A line per entry that is malformed, ownerless, for no rule or for too long: place, value, what is allowed."""

    def plus(self, others: Iterable[WaiverBook]) -> WaiverBook:
        """This book with the entries of others added."""
        books = (self, *others)
        return replace(
            self,
            in_force=tuple(w for b in books for w in b.in_force),
            expired=tuple(w for b in books for w in b.expired),
            problems=tuple(p for b in books for p in b.problems),
        )

    def excuse(self, verdict: Verdict, lineage: Collection[str] = ()) -> Waiver | None:
        """The first waiver that excuses a verdict; see `Waiver.covers`."""
        return next((w for w in self.in_force if w.covers(verdict, lineage)), None)

    def findings(self, stack: str, used: Sequence[tuple[Waiver, str]]) -> tuple[str, ...]:
        """What must be said about the waivers themselves, a line each.

        Args:
            stack: name of the stack that was judged; waivers of other stacks are left out.
            used: what was excused: a waiver and the URN, once per resource.
        """
        lines = [*self.problems]
        lines += (
            f"{_place(w)}{w} expired on {w.expires} and excuses nothing: fix the finding and delete it, or renew it"
            for w in self.expired
            if w.concerns(stack)
        )
        for waiver in self.in_force:
            if waiver.concerns(stack):
                lines += _excess(waiver, [urn for w, urn in used if w is waiver])
        return tuple(lines)


def _excess(waiver: Waiver, excused: Sequence[str]) -> Iterator[str]:
    """What a waiver excuses beyond what it says, or says beyond what it excuses."""
    if not excused:
        yield f"{_place(waiver)}{waiver} excuses nothing: delete it"
        return
    found = Counter(name_of(urn) for urn in excused)
    idle = [name for name in waiver.names if name not in found]
    if idle:
        yield f"{_place(waiver)}{waiver} excuses nothing at {', '.join(idle)}: delete those names"
    elif len(excused) > waiver.count:
        yield (
            f"{_place(waiver)}{waiver} excuses {len(excused)} resources where it says {waiver.count}:"
            f" {', '.join(sorted(found))}; narrow it, write them under names, or raise its count"
        )


def _place(waiver: Waiver) -> str:
    return f"{waiver.place}: " if waiver.place else ""


def name_of(urn: str) -> str:
    """Logical name in a URN."""
    return urn.rpartition("::")[2]


@lru_cache(maxsize=1024)
def pattern(glob: str) -> re.Pattern[str]:
    """A text in which `*` stands for any characters, as a regular expression."""
    # Not fnmatch: brackets and question marks are ordinary characters in a resource's name.
    return re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)
