"""What makes the next tier due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from settings.enums import DataClass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A circumstance from which on a tier is due. Several of one key are steps of the same question.

    Attributes:
        key: name of its option on the command line, without dashes in front.
        question: what to ask for it.
        tier: the tier that is due when it holds.
        above: amount from which on it holds; None for one that has no amount.
        inclusive: whether it holds at exactly `above`.
        words: answers with which it holds; empty for one that is asked for an amount, or for yes or no.
        says: the circumstance, as part of a sentence.
        why: why the tier answers it.
    """

    key: str
    question: str
    tier: str
    above: int | None = None
    inclusive: bool = False
    words: tuple[str, ...] = ()
    says: str
    why: str

    def holds(self, answer: Answer) -> bool:
        """Whether it holds, given the answer to its question."""
        if self.words:
            return answer in self.words
        if self.above is None or isinstance(answer, str):
            return bool(answer)
        return answer > self.above or (self.inclusive and answer == self.above)


Answer: TypeAlias = float | bool | str
"""What can be answered: an amount, yes or no, a word."""

_DEVELOPERS: Final = "How many developers work on it?"
_REQUESTS: Final = "How many requests a day does it serve?"
_USERS: Final = "How many users does it have in a month?"
_REVENUE: Final = "How many US dollars does it earn in a month?"
_DATA: Final = f"How sensitive is its data ({', '.join(DataClass)})?"

TRIGGERS: Final = (
    Trigger(
        key="developers",
        question=_DEVELOPERS,
        tier="startup",
        above=5,
        inclusive=True,
        says="5 developers or more",
        why="so many need a staging environment of the same shape, and rules that stop a mistake",
    ),
    Trigger(
        key="developers",
        question=_DEVELOPERS,
        tier="production",
        above=20,
        inclusive=True,
        says="20 developers or more",
        why="that is more than two teams: what one deploys interrupts others, so approval, alarms and a spare zone pay",
    ),
    Trigger(
        key="developers",
        question=_DEVELOPERS,
        tier="enterprise",
        above=100,
        inclusive=True,
        says="100 developers or more",
        why="nobody knows everybody any more: who changed what must be on record, and misuse be noticed by itself",
    ),
    Trigger(
        key="requests-per-day",
        question=_REQUESTS,
        tier="startup",
        above=10_000,
        says="more than 10,000 requests a day",
        why="one small instance no longer carries them; tasks that grow with the load do",
    ),
    Trigger(
        key="requests-per-day",
        question=_REQUESTS,
        tier="production",
        above=300_000,
        says="more than 300,000 requests a day",
        why="that is a busy month of the startup tier's usage profile (10 million), which its sizes are meant for",
    ),
    Trigger(
        key="requests-per-day",
        question=_REQUESTS,
        tier="enterprise",
        above=2_000_000,
        says="more than 2,000,000 requests a day",
        why="that is a busy month of the production tier's usage profile (60 million), which its sizes are meant for",
    ),
    Trigger(
        key="users-per-month",
        question=_USERS,
        tier="production",
        above=10_000,
        inclusive=True,
        says="10,000 users a month or more",
        why="so many notice every outage; a standby and a zone more keep it up",
    ),
    Trigger(
        key="users-per-month",
        question=_USERS,
        tier="enterprise",
        above=1_000_000,
        inclusive=True,
        says="1,000,000 users a month or more",
        why="an outage of a whole region is then a public matter; a second region answers it",
    ),
    Trigger(
        key="revenue",
        question=_REVENUE,
        tier="production",
        above=10_000,
        says="more than $10,000 of revenue a month",
        why="an hour of downtime costs more than a standby",
    ),
    Trigger(
        key="revenue",
        question=_REVENUE,
        tier="enterprise",
        above=1_000_000,
        says="more than $1,000,000 of revenue a month",
        why="a day without its region costs more than a second region does in a year",
    ),
    Trigger(
        key="pii",
        question="Does it hold personal data or payments (y/n)?",
        tier="production",
        says="personal data or payments",
        why="they ask for a firewall, own keys, protected backups and evidence of access",
    ),
    Trigger(
        key="data-class",
        question=_DATA,
        tier="production",
        words=(DataClass.CONFIDENTIAL.value,),
        says="confidential data",
        why="it asks for a firewall, own keys and protected backups",
    ),
    Trigger(
        key="data-class",
        question=_DATA,
        tier="enterprise",
        words=(DataClass.RESTRICTED.value,),
        says="restricted data",
        why="who reads it must be on record and misuse be noticed; only at the enterprise tier rules demand that",
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
"""All triggers, those of a key together and by rising tier. The first threshold of each is item 224's of the checklist,
the others and which tier answers which are this project's choice, for the reason that each gives."""

KEYS: Final = tuple(dict.fromkeys(trigger.key for trigger in TRIGGERS))
"""What can be said, in the order of the questions."""

LOAD: Final = frozenset({"requests-per-day", "users-per-month", "revenue"})
DATA: Final = frozenset({"pii", "data-class"})
"""A tier is called too big only where something is said of the load and of the data: nobody gives up a standby
because the number of developers is small."""

FINE_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "mvp": ("learning", "prototypes and first versions", "personal projects", "demonstrations", "a tight budget"),
    "startup": ("a first product with customers", "a growing team", "traffic that comes and goes"),
    "production": ("a business that lives on it", "personal data and payments", "customers who notice an outage"),
    "enterprise": ("enterprise clients", "audits and standards"),
}
"""Tier → what it is fine for."""
