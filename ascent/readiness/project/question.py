"""A question to a project, and what is known of the project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ascent.cost.costing import Costing
    from ascent.plan.model import Plan
    from ascent.readiness.content.repository import Repository
    from ascent.readiness.query import Answer
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


Ask: TypeAlias = "Callable[[Project], Answer]"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a project.

    Attributes:
        id: kebab-case, unique, stable: the checklist names it.
        title: what is true of a project that answers it.
        ask: the function.
    """

    id: str
    title: str
    ask: Ask


def question(id_: str, title: str) -> Callable[[Ask], Question]:
    """Make a question of a function of the project."""
    return lambda ask: Question(id_, title, ask)
