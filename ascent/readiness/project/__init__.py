"""Questions to a project as a whole, which no plan of one stack answers."""

from __future__ import annotations

from typing import Final

from ascent.readiness.project import costs, environments, operations
from ascent.readiness.project.subject import Project
from ascent.readiness.query import collect

QUESTIONS: Final = collect((environments, costs, operations))
"""Every question, by id."""

__all__ = ["QUESTIONS", "Project"]
