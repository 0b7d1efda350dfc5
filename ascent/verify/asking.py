"""Makes the checks on a stack, once or until all is well."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ascent.verify.answer import Answer, Said, Verdict, not_asked, not_well
from ascent.verify.aws import GoneError, NotAnsweredError
from ascent.verify.checks.table import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.verify.checks.table import Check
    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_PAUSE: Final = 15.0
"""Seconds between two rounds: what is waited for takes minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What all checks said of a stack."""

    subject: Subject
    answers: Sequence[Answer]

    def count(self, verdict: Verdict) -> int:
        """How many answers have a verdict."""
        return sum(answer.said.verdict is verdict for answer in self.answers)

    @property
    def well(self) -> bool:
        """Whether everything was asked and is well."""
        return self.count(Verdict.WELL) == len(self.answers)


def verify(subject: Subject) -> Verified:
    """Make every check once.

    Raises:
        InputError: the credentials are, or have become, no good.
    """
    answers = [
        Answer(check.name, thing.name, said)
        for check in CHECKS
        for thing in check.things(subject)
        for said in said_of(check, thing, subject)
    ]
    return Verified(subject=subject, answers=answers)


def verify_until_well(
    subject: Subject,
    minutes: float,
    tell: Callable[[Verified], None],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> Verified:
    """Make the checks again and again, until all is well, waiting cannot help, or the time is over.

    Args:
        subject: the stack.
        minutes: how long to wait at most; 0 to ask once.
        tell: is called after each round that is followed by another.
        pause: waits some seconds.

    Raises:
        InputError: the credentials are, or have become, no good.
    """
    end = time.monotonic() + minutes * 60
    while True:
        found = verify(subject)
        left = end - time.monotonic()
        if left <= 0 or not found.count(Verdict.NOT_WELL):
            return found
        tell(found)
        pause(min(_PAUSE, left))
        subject = replace(subject, now=datetime.now(UTC))


def said_of(check: Check, thing: Found, subject: Subject) -> list[Said]:
    """What a check says of a thing: also that it is gone, or could not be asked about.

    Raises:
        InputError: the credentials are, or have become, no good.
    """
    try:
        return list(check.ask(thing, subject))
    except GoneError:
        command = f"pulumi refresh --stack {subject.stack} --preview-only"
        return [not_well("is gone: the state has it, AWS does not", runbook="verify.md#gone", command=command)]
    except NotAnsweredError as error:
        return [not_asked(str(error))]
