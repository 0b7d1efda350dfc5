"""Outcomes and verdicts: what a rule says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Status(StrEnum):
    """The answers there are."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    """Cannot be told before deployment. Shown as unverified, never counted as a pass."""
    ERROR = "error"
    """The rule itself failed. Never counted as a pass."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule's function returns about one subject."""

    status: Status
    found: str
    """What is there, e.g. `storageEncrypted is false`."""
    wanted: str = ""
    """What should be there; empty for a pass."""
    hidden: str = ""
    """Why the file that was read does not tell, in words; empty where it does, or where only a deployment can."""


def passed(found: str) -> Outcome:
    """The subject meets the rule."""
    return Outcome(Status.PASS, found)


def failed(found: str, wanted: str) -> Outcome:
    """The subject breaks the rule."""
    return Outcome(Status.FAIL, found, wanted)


def unverified(found: str, wanted: str, *, hidden: str = "") -> Outcome:
    """It cannot be told before deployment, or from a file that hides it."""
    return Outcome(Status.UNKNOWN, found, wanted, hidden)


def worst(outcomes: Iterable[Outcome], otherwise: str = "nothing to check") -> Outcome:
    """All outcomes as one: every failure, else everything unverified, else a pass.

    Args:
        outcomes: what was found part by part.
        otherwise: what a pass says when there are no parts.
    """
    every = tuple(outcomes)
    for status in (Status.FAIL, Status.UNKNOWN):
        bad = [o for o in every if o.status is status]
        if bad:
            wanted = dict.fromkeys(o.wanted for o in bad if o.wanted)
            hidden = next((o.hidden for o in bad if o.hidden), "") if status is Status.UNKNOWN else ""
            return Outcome(status, ", ".join(o.found for o in bad), ", ".join(wanted), hidden)
    return passed(", ".join(o.found for o in every) or otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule says about one resource (or, under the stack's URN, about the stack)."""

    rule: str
    """Id of the rule."""
    urn: str
    status: Status
    found: str
    wanted: str
    fix: str
    """How to mend it; empty for a pass."""
    hidden: str = ""
    """Why the file that was read does not tell, in words; see `Outcome`."""

    @property
    def message(self) -> str:
        """One line: what was found, what is wanted, how to fix it."""
        match self.status:
            case Status.PASS:
                return self.found
            case Status.ERROR:
                return f"the rule could not be applied: {self.found}"
            case Status.UNKNOWN:
                return f"unverified: {self.found}; wanted: {self.wanted}. {self.fix}"
            case Status.FAIL:
                return f"{self.found}; wanted: {self.wanted}. {self.fix}"
