"""All waivers of a stack, and what must be said about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policies.pack.waivers.waiver import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from policies.pack.verdict import Verdict
    from policies.pack.waivers.waiver import Waiver


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
