"""From answers to a tier, with the reason for each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.advise.triggers import DATA, FINE_FOR, LOAD, TRIGGERS
from policies.pack.levels import TIERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ascent.advise.triggers import Answer, Trigger


@dataclass(frozen=True, slots=True)
class Advice:
    """Which tier fits.

    Attributes:
        stack: the stack that was asked about; empty for none.
        present: its tier; empty where no stack was named.
        tier: the tier that fits.
        due: triggers that hold, the highest of each question, with the highest tier first.
        quiet: questions that were answered and of which no trigger holds, each by its first trigger.
        unasked: questions of which nothing was said, each by its first trigger.
    """

    stack: str
    present: str
    tier: str
    due: tuple[Trigger, ...]
    quiet: tuple[Trigger, ...]
    unasked: tuple[Trigger, ...]

    @property
    def upgrade(self) -> bool:
        """Whether the stack should move to a higher tier."""
        return bool(self.present) and TIERS.index(self.tier) > TIERS.index(self.present)

    @property
    def smaller(self) -> bool:
        """Whether a smaller tier would do, as far as was said; never without a word on its load and on its data."""
        said = {t.key for t in (*self.due, *self.quiet)}
        return bool(self.present) and TIERS.index(self.tier) < TIERS.index(self.present) and not self.unsaid_of(said)

    @staticmethod
    def unsaid_of(said: Collection[str]) -> tuple[str, ...]:
        """Of what something must be said before a tier can be called too big: questions, any one of which does."""
        return tuple(sorted(LOAD if not LOAD & set(said) else DATA if not DATA & set(said) else ()))

    @property
    def could_be_smaller(self) -> tuple[str, ...]:
        """What else must be said to tell whether a smaller tier would do; empty where that is told, or none would."""
        said = {t.key for t in (*self.due, *self.quiet)}
        if not self.present or TIERS.index(self.tier) >= TIERS.index(self.present):
            return ()
        return self.unsaid_of(said)

    @property
    def reasons(self) -> tuple[Trigger, ...]:
        """Triggers that ask for more than the stack has; all that hold where no stack was named."""
        if not self.present:
            return self.due
        return tuple(t for t in self.due if TIERS.index(t.tier) > TIERS.index(self.present))

    @property
    def fine(self) -> tuple[Trigger, ...]:
        """Triggers that hold and that the present tier already answers."""
        return tuple(t for t in self.due if t not in self.reasons)

    @property
    def fine_for(self) -> tuple[str, ...]:
        """What the present tier is fine for; the tier that fits where no stack was named."""
        return FINE_FOR[self.present or self.tier]


def advise(answers: Mapping[str, Answer], stack: str = "", present: str = "") -> Advice:
    """Which tier fits: the highest that a trigger asks for, mvp where none does.

    Args:
        answers: by trigger's key; what is not in here was not said.
        stack: name of the stack, for the reader.
        present: its tier; empty for none.
    """
    first: dict[str, Trigger] = {}
    due: dict[str, Trigger] = {}
    for trigger in TRIGGERS:
        first.setdefault(trigger.key, trigger)
        if trigger.key in answers and trigger.holds(answers[trigger.key]):
            due[trigger.key] = trigger
    ordered = sorted(due.values(), key=lambda t: -TIERS.index(t.tier))
    return Advice(
        stack=stack,
        present=present,
        tier=ordered[0].tier if ordered else TIERS[0],
        due=tuple(ordered),
        quiet=tuple(t for key, t in first.items() if key in answers and key not in due),
        unasked=tuple(t for key, t in first.items() if key not in answers),
    )
