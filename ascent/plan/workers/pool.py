"""Plans several stacks at once, on all cores."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from ascent.plan.config import stack_of
from ascent.plan.workers import early
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.plan.config import Variant
    from ascent.plan.offline.recording import Answer, Recording


@dataclass(frozen=True, slots=True)
class Worker:
    """A planning process and the project whose stacks it plans."""

    process: subprocess.Popen[bytes]
    directory: Path

    def end(self) -> None:
        """Let it leave by itself, which it does when nothing more can be asked."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()

    def kill(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()


def start_workers(directory: Path, most: int) -> list[Worker]:
    """Start as many workers as there are cores, but no more than `most`.

    Args:
        directory: where Pulumi.yaml is.
        most: number of stacks.
    """
    wanted = min(most, os.cpu_count() or 1)
    processes = [early.take() for _ in range(wanted)]
    return [Worker(process, directory.resolve()) for process in processes]


def plan_stacks(workers: Sequence[Worker], stacks: Sequence[str | Variant], *, partly: bool = True) -> list[Recording]:
    """Plan stacks on the workers and end these.

    Args:
        workers: from `start_workers`; whichever is free takes the next stack.
        stacks: names or variants, each once; put the largest first, so that the last to finish started early.
        partly: also tell what is known of partly unknown values.

    Returns:
        What each stack's program registered, in the order of `stacks`.

    Raises:
        InputError: one stack or more could not be planned; the text has a line for each problem.
    """
    answers = ask(workers, stacks, partly=partly, last=True)
    errors = [answer.error for answer in answers if answer.recording is None]
    if errors:
        raise InputError("\n".join(errors))
    return [answer.recording for answer in answers if answer.recording is not None]


def ask(
    workers: Sequence[Worker], stacks: Sequence[str | Variant], *, partly: bool = True, last: bool = False
) -> list[Answer]:
    """Plan stacks on the workers, which stay for more.

    Args:
        workers: from `start_workers`; whichever is free takes the next stack.
        stacks: names or variants, each once.
        partly: also tell what is known of partly unknown values.
        last: end the workers.

    Returns:
        For each stack what its program registered, or why it cannot be planned, in the order of `stacks`.

    Raises:
        InputError: a planning process ended by itself.
    """
    from concurrent.futures import ThreadPoolExecutor

    todo: SimpleQueue[str | Variant] = SimpleQueue()
    for stack in stacks:
        todo.put(stack)
    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            parts = threads.map(lambda worker: _drain(worker, todo, partly=partly, last=last), workers)
            answers = dict(pair for part in parts for pair in part)
        except BaseException:
            # The threads wait for answers that nobody asks for any more.
            for worker in workers:
                worker.process.kill()
            raise
    return [answers[stack] for stack in stacks]


def _request(directory: Path, stack: str | Variant, *, partly: bool) -> bytes:
    """A worker's request, as `ascent.plan.workers.worker` reads it."""
    changes = {} if isinstance(stack, str) else dict(stack.changes)
    parts: list[object] = [str(directory), partly, stack_of(stack), changes]
    return json.dumps(parts).encode() + b"\n"


def _drain(
    worker: Worker, todo: SimpleQueue[str | Variant], *, partly: bool, last: bool
) -> list[tuple[str | Variant, Answer]]:
    """Let one worker take stacks until none is left."""
    done: list[tuple[str | Variant, Answer]] = []
    process = worker.process
    if process.stdin is None or process.stdout is None:
        raise ValueError("a worker needs both pipes")
    while True:
        try:
            stack = todo.get_nowait()
        except Empty:
            if last:
                worker.end()
            return done
        try:
            process.stdin.write(_request(worker.directory, stack, partly=partly))
            process.stdin.flush()
            done.append((stack, pickle.load(process.stdout)))
        except (EOFError, BrokenPipeError):
            said = f"its planning process ended with status {process.wait()}"
            raise InputError(f"{stack_of(stack)}: {said}") from None
