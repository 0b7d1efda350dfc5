"""What is known of a project: the subject of its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascent.cost.costing import Costing
    from ascent.plan.model import Plan
    from ascent.readiness.content.repository import Repository
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A stack among the others of its project.

    Attributes:
        facts: the stack.
        others: the project's other stacks, as far as they were planned.
        repository: the project's files.
        costing: what the stack costs; None where nobody could say.
        plan: the stack as a plan; None where there is none.
    """

    facts: StackFacts
    others: tuple[StackFacts, ...]
    repository: Repository
    costing: Costing | None
    plan: Plan | None
