"""Records a program together with what is known of its unknown values."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ascent.plan.partly.marks import Marks, Style
from ascent.plan.partly.merge import Told, merged
from ascent.plan.partly.monitor import MarkingMonitor
from ascent.plan.record import record

if TYPE_CHECKING:
    from ascent.plan.config import StackConfig
    from ascent.plan.offline.recording import Recording


def record_partly(stack: StackConfig, *, keep_modules: bool = False, boxes: bool = False) -> Recording:
    """Run a stack's program and record its resources, with what is known of values that are partly unknown.

    The program runs three times: as a preview runs it, and with markers for the outputs of its resources, in a
    process of its own meanwhile. Where it cannot run with markers, unknown values stay whole.

    Args:
        stack: the program, the stack's name and configuration.
        keep_modules: see `record`.
        boxes: see `record`.

    Raises:
        PlanError: the program raised, or does what the offline plan does not cover.
    """
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        _tell(stack, sender, boxes=boxes)
    os.close(sender)
    with os.fdopen(receiver, "rb") as answers:
        try:
            recording = record(*_arguments(stack), keep_modules=keep_modules, boxes=boxes, root=stack.root)
            answer = answers.read()
        finally:
            answers.close()
            os.waitpid(child, 0)
    if not answer:
        return recording
    told: list[Told] = pickle.loads(answer)
    return replace(recording, plan=merged(recording.plan, *told))


def _arguments(stack: StackConfig) -> tuple[Any, ...]:
    return stack.directory, stack.project, stack.stack, stack.values, stack.secret_keys


def _tell(stack: StackConfig, sender: int, *, boxes: bool) -> None:
    """Write what both marker runs tell, or nothing, and end this process."""
    try:
        # What a program prints is said by the run that counts.
        silent = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(silent, stream)
        answer = pickle.dumps([_run(stack, style, boxes=boxes) for style in Style])
        with os.fdopen(sender, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _run(stack: StackConfig, style: Style, *, boxes: bool) -> Told:
    marks = Marks(style)

    def monitor(project: str, name: str) -> MarkingMonitor:
        return MarkingMonitor(project, name, marks, boxes=boxes)

    return record(*_arguments(stack), keep_modules=True, monitor=monitor, root=stack.root).plan, marks
