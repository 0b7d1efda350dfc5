"""Cases of what a setting does: a stack, what a rule must say of its first resource, and why in a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.pack.verdict import Status

if TYPE_CHECKING:
    from tests.policies.building import Made

IRELAND = "eu-west-1"
ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Effect:
    """One case."""

    rule: str
    expected: frozenset[Status | None]
    """What the rule may say; None for nothing."""
    why: str
    resources: tuple[Made, ...]
    tier: str = "enterprise"

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


def _case(rule: str, why: str, resources: tuple[Made, ...], *expected: Status | None) -> Effect:
    return Effect(rule, frozenset(expected), why, resources)


def works(rule: str, why: str, *resources: Made) -> Effect:
    """The first resource meets the rule, or the rule has nothing to ask of it."""
    return _case(rule, why, resources, Status.PASS, None)


def idle(rule: str, why: str, *resources: Made) -> Effect:
    """The first resource breaks the rule, though something may look as if it did not."""
    return _case(rule, why, resources, Status.FAIL)


def unsure(rule: str, why: str, *resources: Made) -> Effect:
    """Nobody can tell from what is there."""
    return _case(rule, why, resources, Status.UNKNOWN)
