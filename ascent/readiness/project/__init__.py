"""Questions to a project as a whole, which no plan of one stack answers."""

from __future__ import annotations

from typing import Final

from ascent.readiness.project import costs, environments, operations
from ascent.readiness.project.question import Project, Question

QUESTIONS: Final[dict[str, Question]] = {
    question.id: question
    for module in (environments, costs, operations)
    for question in vars(module).values()
    if isinstance(question, Question)
}
"""Every question, by id."""

__all__ = ["QUESTIONS", "Project", "Question"]
