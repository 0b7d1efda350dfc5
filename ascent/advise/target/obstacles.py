"""What stands between a stack and a score, and who must do something about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ascent.readiness.model import WEIGHTS, Kind, Status
from ascent.readiness.scores.reach import by_anything, plan_holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.advise.target.goal import Goal
    from ascent.readiness.assess import Readiness
    from ascent.readiness.prove import JudgedItem


class Who(StrEnum):
    """Who must do it; those whose work earns points today come first."""

    DEPLOY = "deploy"
    """Whoever deploys: `ascent readiness --state` then answers."""
    PEOPLE = "people"
    """People write it, or do it and attest it."""
    OWNER = "owner"
    """Whoever waived a finding mends it instead."""
    APPLICATION = "application"
    """The application needs it, and a test that proves it; no proof counts yet."""
    ORGANISATION = "organisation"
    """People decide and write it down; no proof counts yet."""
    ASCENT = "ascent"
    """No setting builds it yet; it takes a component, or a program beside Ascent."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An item that no setting meets.

    Attributes:
        judged: the item, and what was found of it.
        who: who must do something.
        today: whether points are earned for it today.
        what: what must be done.
    """

    judged: JudgedItem
    who: Who
    today: bool
    what: str


def obstacles(readiness: Readiness, goals: Sequence[Goal]) -> tuple[Obstacle, ...]:
    """Items of the goals that are not met, what can be earned today first, then the heaviest.

    Args:
        readiness: how ready the stack is with the best of its settings.
        goals: the scores that are wanted.
    """
    open_ = (j for j in readiness.gaps if any(g.concerns(j) and not g.reached(readiness) for g in goals))
    found = [_obstacle(j, by_anything(j, readiness.tier)) for j in open_]
    order = list(Who)
    return tuple(sorted(found, key=lambda o: (not o.today, order.index(o.who), WEIGHTS.index(o.judged.item.weight))))


def _obstacle(judged: JudgedItem, today: bool) -> Obstacle:
    return Obstacle(judged, _who(judged), today, judged.against.found if judged.against else "")


def _who(judged: JudgedItem) -> Who:
    item = judged.item
    if judged.status is Status.WAIVED:
        return Who.OWNER
    if judged.status is Status.UNKNOWN:
        return Who.DEPLOY
    if item.proof.missing:
        return Who.APPLICATION if item.part is Kind.APPLICATION else Who.ORGANISATION
    return Who.PEOPLE if plan_holds(judged) else Who.ASCENT
