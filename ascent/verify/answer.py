"""What a question to a deployed stack yields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a deployed thing is."""

    WELL = "well"
    NOT_WELL = "not well"
    NOT_ASKED = "not asked"
    """It could not be asked; that is never counted as well."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a check found out."""

    verdict: Verdict
    text: str
    """What is so; one line."""
    runbook: str = ""
    """Page of the repository that says what to do; empty where it is well."""
    command: str = ""
    """What to paste to look closer; empty where it is well."""


def well(text: str) -> Said:
    """Something that is as it should be."""
    return Said(Verdict.WELL, text)


def not_well(text: str, *, runbook: str, command: str = "") -> Said:
    """Something that is not as it should be.

    Args:
        text: what is so.
        runbook: a page below docs.
        command: what to paste to look closer.
    """
    return Said(Verdict.NOT_WELL, text, f"docs/{runbook}", command)


def not_asked(text: str) -> Said:
    """Something that nobody could find out.

    Args:
        text: why.
    """
    return Said(Verdict.NOT_ASKED, text)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check said of one thing."""

    check: str
    """The check, as docs/verify.md names it."""
    subject: str
    """What it is about: a resource's name, a host."""
    said: Said
