"""`ascent advise --target`: from a stack and scores to a way, its commands and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ascent.advise.commands import Commands, commands_for
from ascent.advise.target.obstacles import Obstacle, obstacles
from ascent.advise.target.options import options_of
from ascent.advise.target.search import Way, between, search
from ascent.advise.target.trials import Refused, Trials

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from ascent.advise.target.goal import Goal
    from ascent.compare.comparison import Comparison
    from ascent.readiness.assess import Readiness


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """How a stack comes to the scores that are wanted.

    Attributes:
        stack: the stack.
        goals: the scores.
        way: the steps.
        commands: what to run for all steps together; empty without steps.
        obstacles: what stands in the way, where the goals are not reached.
        planned: number of plans that it took.
    """

    stack: str
    goals: tuple[Goal, ...]
    way: Way
    commands: Commands
    obstacles: tuple[Obstacle, ...]
    planned: int

    @property
    def before(self) -> Readiness:
        """How ready the stack is."""
        return self.way.before.readiness

    @property
    def after(self) -> Readiness:
        """How ready it is with all steps."""
        return self.way.after.readiness

    @property
    def already(self) -> bool:
        """Whether nothing needs to be done."""
        return self.way.reached and not self.way.steps

    @property
    def comparison(self) -> Comparison:
        """What all steps together change."""
        return between(self.way.before, self.way.after)


def plan_target(directory: Path, stack: str, goals: Sequence[Goal], day: date) -> TargetPlan:
    """Look for the cheapest settings that reach scores.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        goals: the scores that are wanted.
        day: the day to judge for.

    Raises:
        InputError: the stack cannot be planned, or its project's evidence cannot be read.
    """
    with Trials(directory, stack, day) as trials:
        (before,) = trials.of([{}], "the stack as it is")
        if isinstance(before, Refused):
            raise before
        options = options_of(before.readiness, before.side.resolved)
        way = search(before, goals, options, trials.of)
        planned = trials.planned
    values: dict[str, Any] = {path: value for step in way.steps for path, value in step.values.items()}
    care = between(way.before, way.after).care if way.steps else ()
    return TargetPlan(
        stack,
        tuple(goals),
        way,
        commands_for(stack, before.side.resolved, values, protected=any(note.protected for note in care)),
        () if way.reached else obstacles(way.after.readiness, goals),
        planned,
    )
