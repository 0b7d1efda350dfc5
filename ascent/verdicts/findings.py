"""What a result means for its reader, in one word; every output uses the same."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from policies.pack.levels import Level
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.evaluate import Result


NO_REFERENCES: Final = "a stream of events does not say which resource refers to which"
"""What is found by a rule that asks for references where there are none."""


class Meaning(StrEnum):
    """The words, the worst first."""

    FAIL = "FAIL"
    """Stops the deployment."""
    ERROR = "ERROR"
    """The rule itself failed."""
    ADVISE = "advise"
    """Broken, but not mandatory at the stack's tier."""
    UNVERIFIED = "unverified"
    """Known only after deployment."""
    WAIVED = "waived"
    """Somebody answers for it."""
    PASS = "pass"


def meaning_of(result: Result) -> Meaning:
    """What a result means for the reader."""
    status = result.verdict.status
    if status is Status.PASS:
        return Meaning.PASS
    if result.waiver:
        return Meaning.WAIVED
    if status is Status.UNKNOWN:
        return Meaning.UNVERIFIED
    if status is Status.ERROR:
        return Meaning.ERROR
    return Meaning.FAIL if result.level is Level.MANDATORY else Meaning.ADVISE


def worst_first(results: Iterable[Result]) -> list[Result]:
    """Results by meaning; those of the same meaning keep their order."""
    order = list(Meaning)
    return sorted(results, key=lambda result: order.index(meaning_of(result)))


def name_of(urn: str) -> str:
    """Logical name in a URN."""
    return urn.rpartition("::")[2]
