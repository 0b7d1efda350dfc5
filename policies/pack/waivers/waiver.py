"""A waiver: a finding that somebody answers for, for a while."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from policies.pack.verdict import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection
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


def name_of(urn: str) -> str:
    """Logical name in a URN."""
    return urn.rpartition("::")[2]


@lru_cache(maxsize=1024)
def pattern(glob: str) -> re.Pattern[str]:
    """A text in which `*` stands for any characters, as a regular expression."""
    # Not fnmatch: brackets and question marks are ordinary characters in a resource's name.
    return re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)
