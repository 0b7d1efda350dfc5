"""What makes the next tier due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A circumstance from which on a tier is due.

    Attributes:
        key: name of its option on the command line, without dashes in front.
        question: what to ask for it.
        tier: the tier that is due when it holds.
        above: amount from which on it holds; None for one that holds or does not.
        inclusive: whether it holds at exactly `above`.
        says: the circumstance, as part of a sentence.
        why: why the tier answers it.
    """

    key: str
    question: str
    tier: str
    above: int | None = None
    inclusive: bool = False
    says: str
    why: str

    def holds(self, answer: float | bool) -> bool:
        """Whether it holds, given the answer to its question."""
        if self.above is None:
            return bool(answer)
        return answer > self.above or (self.inclusive and answer == self.above)


TRIGGERS: Final = (
    Trigger(
        key="developers",
        question="How many developers work on it?",
        tier="startup",
        above=5,
        inclusive=True,
        says="5 developers or more",
        why="so many need a staging environment of the same shape, and rules that stop a mistake",
    ),
    Trigger(
        key="requests-per-day",
        question="How many requests a day does it serve?",
        tier="startup",
        above=10_000,
        says="more than 10,000 requests a day",
        why="one small instance no longer carries them; tasks that grow with the load do",
    ),
    Trigger(
        key="users-per-month",
        question="How many users does it have in a month?",
        tier="production",
        above=10_000,
        inclusive=True,
        says="10,000 users a month or more",
        why="so many notice every outage; a standby and a zone more keep it up",
    ),
    Trigger(
        key="revenue",
        question="How many US dollars does it earn in a month?",
        tier="production",
        above=10_000,
        says="more than $10,000 of revenue a month",
        why="an hour of downtime costs more than a standby",
    ),
    Trigger(
        key="pii",
        question="Does it hold personal data or payments (y/n)?",
        tier="production",
        says="personal data or payments",
        why="they ask for a firewall, own keys, protected backups and evidence of access",
    ),
    Trigger(
        key="enterprise-clients",
        question="Do enterprises buy it, or shall they (y/n)?",
        tier="enterprise",
        says="enterprise clients",
        why="their questionnaires ask for what only the enterprise tier has",
    ),
    Trigger(
        key="compliance",
        question="Must it comply with HIPAA, SOC 2, ISO 27001 or the like (y/n)?",
        tier="enterprise",
        says="compliance with a standard",
        why="auditors ask for records of configuration, access and changes",
    ),
)
"""All triggers, the smallest tier first. The thresholds are item 224's of the checklist; which tier answers which is
this project's choice."""

FINE_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "mvp": ("learning", "prototypes and first versions", "personal projects", "demonstrations", "a tight budget"),
    "startup": ("a first product with customers", "a growing team", "traffic that comes and goes"),
    "production": ("a business that lives on it", "personal data and payments", "customers who notice an outage"),
    "enterprise": ("enterprise clients", "audits and standards"),
}
"""Tier → what it is fine for."""
