"""Tiers, and how hard each rule is enforced at each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

TIERS: Final = ("mvp", "startup", "production", "enterprise")
"""Maturity, from the first server to the audited platform."""

STRICTEST: Final = TIERS[-1]
"""The tier assumed where a stack names none."""


class Level(StrEnum):
    """What a finding does; the words are CrossGuard's."""

    DISABLED = "disabled"
    """The rule is not run."""
    ADVISORY = "advisory"
    """A finding is shown."""
    MANDATORY = "mandatory"
    """A finding stops the deployment."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Enforcement of one rule, per tier."""

    mvp: Level
    startup: Level
    production: Level
    enterprise: Level

    def at(self, tier: str) -> Level:
        """Level at a tier; the strictest tier's for a name that is not one."""
        return {"mvp": self.mvp, "startup": self.startup, "production": self.production}.get(tier, self.enterprise)


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
