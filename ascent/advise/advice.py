"""From answers to a tier, with the reason for each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.advise.triggers import FINE_FOR, TRIGGERS
from policies.pack.levels import TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.advise.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Advice:
    """Which tier fits.

    Attributes:
        stack: the stack that was asked about; empty for none.
        present: its tier; empty where no stack was named.
        tier: the tier that fits.
        due: triggers that hold, with the highest tier first.
        quiet: triggers that were asked about and do not hold.
        unasked: triggers of which nothing was said.
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


def advise(answers: Mapping[str, float | bool], stack: str = "", present: str = "") -> Advice:
    """Which tier fits: the highest that a trigger asks for, mvp where none does.

    Args:
        answers: by trigger's key; what is not in here was not said.
        stack: name of the stack, for the reader.
        present: its tier; empty for none.
    """
    said = [t for t in TRIGGERS if t.key in answers]
    due = sorted((t for t in said if t.holds(answers[t.key])), key=lambda t: -TIERS.index(t.tier))
    return Advice(
        stack=stack,
        present=present,
        tier=due[0].tier if due else TIERS[0],
        due=tuple(due),
        quiet=tuple(t for t in said if t not in due),
        unasked=tuple(t for t in TRIGGERS if t not in said),
    )
