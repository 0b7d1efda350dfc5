"""The kinds of files, and how each is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.content.dockerfile import dockerfile
from ascent.readiness.content.markdown import decision, guide, howto, note, runbook, watched
from ascent.readiness.content.python import module, tests
from ascent.readiness.content.settings_files import ignored, pack, stack, tables, tasks
from ascent.readiness.content.workflow import workflow

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof

    Judge = Callable[[str, str, FileProof, Ground], str]
    """From a path, its text, what is asked of it and what it is held against to what it lacks; empty for nothing."""

KINDS: Final[dict[str, Judge]] = {
    "guide": guide,
    "howto": howto,
    "decision": decision,
    "runbook": runbook,
    "note": note,
    "python": module,
    "tests": tests,
    "tasks": tasks,
    "tables": tables,
    "pack": pack,
    "stack": stack,
    "ignored": ignored,
    "workflow": workflow,
    "dockerfile": dockerfile,
}
"""By the name that the checklist gives them."""

DOCUMENTS: Final = frozenset({"guide", "howto", "decision", "runbook", "note"})
"""Kinds of which several must not be copies of one another."""

OF_THE_STACK: Final[dict[str, Callable[[str, str, Ground], str]]] = {"runbook": watched}
"""By kind, what files lack that is held against each stack, and not against the project alone."""
