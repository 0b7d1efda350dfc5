"""Plans several stacks at once, on all cores."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from ascent.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.plan.recording import Answer, Recording

_ROOT = Path(__file__).resolve().parents[2]
"""Where the `ascent` package is, so that a worker finds it whatever the working directory."""


def start_workers(directory: Path, most: int) -> list[subprocess.Popen[bytes]]:
    """Start as many workers as there are cores, but no more than `most`.

    Args:
        directory: where Pulumi.yaml is.
        most: number of stacks.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
    return [
        subprocess.Popen(
            [sys.executable, "-m", "ascent.plan", str(directory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        for _ in range(min(most, os.cpu_count() or 1))
    ]


def plan_stacks(workers: Sequence[subprocess.Popen[bytes]], stacks: Sequence[str]) -> list[Recording]:
    """Plan stacks on the workers and end these.

    Args:
        workers: from `start_workers`; whichever is free takes the next stack.
        stacks: names; put the largest first, so that the last to finish started early.

    Returns:
        What each stack's program registered, in the order of `stacks`.

    Raises:
        InputError: one stack or more could not be planned; the text has a line for each problem.
    """
    todo: SimpleQueue[str] = SimpleQueue()
    for stack in stacks:
        todo.put(stack)
    with ThreadPoolExecutor(len(workers)) as threads:
        answers = {a.stack: a for part in threads.map(lambda w: _drain(w, todo), workers) for a in part}
    errors = [answers[stack].error for stack in stacks if answers[stack].recording is None]
    if errors:
        raise InputError("\n".join(errors))
    return [recording for stack in stacks if (recording := answers[stack].recording) is not None]


def _drain(worker: subprocess.Popen[bytes], todo: SimpleQueue[str]) -> list[Answer]:
    """Let one worker take stacks until none is left."""
    done: list[Answer] = []
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("a worker needs both pipes")
    with worker, worker.stdin as asks, worker.stdout as answers:
        while True:
            try:
                stack = todo.get_nowait()
            except Empty:
                asks.close()
                return done
            asks.write(f"{stack}\n".encode())
            asks.flush()
            try:
                done.append(pickle.load(answers))
            except EOFError:
                raise InputError(f"{stack}: its planning process ended with status {worker.wait()}") from None
