"""Tiers, and how hard each rule is enforced at each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeAlias, TypeVar

from common.tiers import Tier

T = TypeVar("T")

TIERS: Final = tuple(tier.value for tier in Tier)
"""The tiers' names, the least mature first."""


class Level(StrEnum):
    """What a finding does; the words are CrossGuard's."""

    DISABLED = "disabled"
    """The rule is not run."""
    ADVISORY = "advisory"
    """A finding is shown."""
    MANDATORY = "mandatory"
    """A finding stops the deployment."""
    REMEDIATE = "remediate"
    """The rule's remedy is applied first; without one, or if it does not help, a finding stops the deployment. Never a
    rule's own level: configuration asks for it."""

    @property
    def of_findings(self) -> Level:
        """What a finding that is still there does."""
        return Level.MANDATORY if self is Level.REMEDIATE else self


@dataclass(frozen=True)
class PerTier(Generic[T]):
    """Something that each tier has its own of."""

    mvp: T
    startup: T
    production: T
    enterprise: T

    def at(self, tier: str) -> T:
        """What a tier has; the strictest tier's for a name that is not one."""
        return {"mvp": self.mvp, "startup": self.startup, "production": self.production}.get(tier, self.enterprise)


Levels: TypeAlias = PerTier[Level]
"""Enforcement of one rule, per tier."""


def mandatory_from(tier: str, before: Level = Level.ADVISORY) -> Levels:
    """Levels of a rule that is mandatory at `tier` and above, and `before` below it."""
    first = TIERS.index(tier)
    return Levels(*(Level.MANDATORY if i >= first else before for i in range(len(TIERS))))


def advisory_from(tier: str) -> Levels:
    """Levels of a rule that advises at `tier` and above, and is off below it."""
    first = TIERS.index(tier)
    return Levels(*(Level.ADVISORY if i >= first else Level.DISABLED for i in range(len(TIERS))))


ALWAYS: Final = mandatory_from("mvp")
"""Mandatory at every tier."""

AUDITED: Final = Levels(Level.DISABLED, Level.DISABLED, Level.ADVISORY, Level.MANDATORY)
"""What an audit asks for of an account's own services: advice to a product in production, a must for an audited one."""
