"""What a check yields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of an application."""

    PROVEN = "proven"
    FAILED = "failed"
    NOT_ASKED = "not asked"
    """It could not be asked; that proves nothing and is never counted as proven."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a check found out.

    Attributes:
        verdict: what can be said.
        evidence: what was seen; one line.
        fix: what to do about it; empty for what is proven.
    """

    verdict: Verdict
    evidence: str
    fix: str = ""


def proven(evidence: str) -> Said:
    """Something that holds.

    Args:
        evidence: what was seen.
    """
    return Said(Verdict.PROVEN, evidence)


def failed(evidence: str, fix: str) -> Said:
    """Something that does not hold.

    Args:
        evidence: what was seen.
        fix: what to do about it.
    """
    return Said(Verdict.FAILED, evidence, fix)


def not_asked(why: str, fix: str) -> Said:
    """Something that could not be asked.

    Args:
        why: what was in the way.
        fix: what makes it possible.
    """
    return Said(Verdict.NOT_ASKED, why, fix)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check said.

    Attributes:
        check: the check's id.
        said: what it found out.
        seconds: how long it took.
    """

    check: str
    said: Said
    seconds: float
