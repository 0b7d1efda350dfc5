"""Subjects out of other projects: their own program is run, with its own packages, and recorded."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from ascent.output.console import console
from ascent.output.console.values import printable
from ascent.plan.config import stack_names
from ascent.plan.workers.foreign import interpreter_of, start_foreign
from ascent.plan.workers.pool import plan_stacks
from ascent.planning import subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.plan.workers.foreign import Interpreter
    from ascent.subjects.asked import Asked
    from ascent.subjects.subject import Subject

NAMELESS = "dev"
"""What the stack of a project is called that has no stack file."""


def planned_elsewhere(asked: Asked) -> list[Subject]:
    """Plan stacks of another project; it is said on standard error before its code is run.

    Args:
        asked: what the command line names, another project.

    Raises:
        InputError: it is no Python project, its virtual environment does not do, or its program cannot be planned.
    """
    directory = asked.directory
    known = stack_names(directory)
    names = list(dict.fromkeys(asked.stacks)) or known or [NAMELESS]
    interpreter = interpreter_of(directory)
    say_code_runs(asked.command, directory, interpreter)
    if not known:
        _say(f"{directory}: has no Pulumi.STACK.yaml, so this is a stack {names[0]} with the project's defaults")
    errors = console(stderr=True)
    waiting = errors.status(f"planning {', '.join(map(printable, names))} ...") if errors.is_terminal else nullcontext()
    with waiting:
        return planned_by(directory, names, interpreter)


def say_code_runs(command: str, directory: Path, interpreter: Interpreter | None = None) -> None:
    """Say on standard error, before it does, that a program's own code runs.

    Args:
        command: what messages call it: `ascent cost`.
        directory: where Pulumi.yaml is.
        interpreter: the Python that runs it; None for the one that `interpreter_of` finds.
    """
    own = (interpreter or interpreter_of(directory)).own
    packages = "the packages of its own virtual environment" if own else "Ascent's own packages"
    _say(f"{command} --project {directory}: runs the program's own code there, with {packages} and your rights")


def planned_by(directory: Path, names: Sequence[str], interpreter: Interpreter) -> list[Subject]:
    """Plan stacks of a project by running its program in a process of its own.

    Args:
        directory: where Pulumi.yaml is.
        names: stacks, each once.
        interpreter: the Python to run it with.

    Raises:
        InputError: the program cannot be planned; a line for each problem.
    """
    recordings = plan_stacks([start_foreign(directory, interpreter)], names)
    found = [subject_of(recording, directory, foreign=True) for recording in recordings]
    for one in found:
        for box in one.boxed:
            _say(f"{one.plan.stack}: {box} is a component of another package: what it makes is not in this plan")
    return found


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr)
