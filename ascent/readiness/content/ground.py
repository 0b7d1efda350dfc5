"""What a file is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ascent.readiness.content.repository import Repository
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a file is held against.

    Attributes:
        repository: the project's files.
        facts: the stack, as rules see it.
        today: the day from which ages count.
    """

    repository: Repository
    facts: StackFacts
    today: date
