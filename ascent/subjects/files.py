"""Subjects out of files that the engine wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind, NothingToJudgeError, read_engine_file
from ascent.project import project_directory, repository_path
from ascent.subjects.subject import Subject

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.subjects.asked import Asked


def read_file(asked: Asked) -> Subject:
    """The stack in a file.

    Args:
        asked: what the command line names, a file.

    Raises:
        NothingToJudgeError: it holds no resource of AWS.
        InputError: the file is of another kind, incomplete, or of a failed or interrupted operation.
    """
    path = asked.file or STANDARD_INPUT
    try:
        found = read_engine_file(asked.kind, path)
    except NothingToJudgeError as error:
        said = str(error).partition(";")[0]
        raise NothingToJudgeError(f"{said}; deploy the stack first, or name the file of another one") from None
    places = [asked.directory] if path == STANDARD_INPUT else [asked.directory, path.parent]
    directory = project_directory(found.plan.project, *places)
    return Subject(
        name=found.name,
        plan=found.plan,
        directory=directory,
        file=_pointed_to(path, found.plan.stack, directory),
        root=repository_path(directory) if directory else "",
        deployed=found.deployed,
        given=found.given,
        positions=found.positions,
        problems=found.problems,
        has_references=found.has_references,
        is_state=found.kind is FileKind.STATE,
    )


def _pointed_to(path: Path, stack: str, directory: Path | None) -> str:
    """What findings point to without a line of the program; a service wants a file, also for standard input."""
    if path != STANDARD_INPUT:
        return repository_path(path)
    settings = directory / f"Pulumi.{stack}.yaml" if directory else None
    return repository_path(settings) if settings and settings.is_file() else "Pulumi.yaml"
