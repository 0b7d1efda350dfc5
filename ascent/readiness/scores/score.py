"""The score: points earned of points possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.readiness.model import Status, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from ascent.readiness.prove import JudgedItem


@dataclass(frozen=True, slots=True)
class Score:
    """Points earned of points possible, over some items.

    Attributes:
        earned: points of items that are met, less what broken rules take; never below 0.
        possible: points of items that count.
        met: number of items that are met.
        counted: number of items that count.
        taken: points that broken mandatory rules take.
    """

    earned: int
    possible: int
    met: int
    counted: int
    taken: int = 0

    @property
    def value(self) -> float | None:
        """0 to 100 with one decimal, rounded down so that 100 means all; None where no item counts."""
        return self.earned * 1000 // self.possible / 10 if self.possible else None


def score_of(
    items: Iterable[JudgedItem],
    broken: Collection[str] = (),
    *,
    reached: Callable[[JudgedItem], bool] = lambda judged: judged.status is Status.MET,
) -> Score:
    """The score over some items; what is unknown, waived or unmet earns nothing.

    Args:
        items: what was judged; those that do not count are left out.
        broken: mandatory rules that are broken. Each takes as much as the heaviest item brings, so that nothing that
            breaking it brings elsewhere makes up for it.
        reached: which items earn their points.
    """
    counted = [j for j in items if j.counts]
    met = [j for j in counted if reached(j)]
    earned = sum(j.item.points for j in met)
    taken = min(len(broken) * Weight.CRITICAL.value, earned)
    return Score(earned - taken, sum(j.item.points for j in counted), len(met), len(counted), taken)
