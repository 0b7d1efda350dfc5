"""Plans several stacks at once, on all cores."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING

from ascent.plan.config import stack_of
from ascent.plan.workers import early
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.plan.config import Variant
    from ascent.plan.offline.recording import Answer, Recording


@dataclass(slots=True, eq=False)
class Worker:
    """A planning process and the project whose stacks it plans."""

    process: subprocess.Popen[bytes]
    directory: Path
    asked: list[str | Variant] = field(default_factory=list)
    """Stacks that it was asked for and has not answered yet."""

    def ask(self, stack: str | Variant, *, partly: bool) -> None:
        """Have it plan a stack; who waits for the answer hears when it is gone.

        Args:
            stack: name or variant.
            partly: also tell what is known of partly unknown values.
        """
        self.asked.append(stack)
        changes = {} if isinstance(stack, str) else dict(stack.changes)
        request = json.dumps([str(self.directory), partly, stack_of(stack), changes]).encode() + b"\n"
        with suppress(BrokenPipeError):
            os.write(self._pipe(self.process.stdin).fileno(), request)

    def answer(self) -> Answer:
        """What became of the stack that it was asked for first.

        Raises:
            InputError: it ended before.
        """
        stack = self.asked.pop(0)
        try:
            return pickle.load(self._pipe(self.process.stdout))
        except EOFError:
            said = f"its planning process ended with status {self.process.wait()}"
            raise InputError(f"{stack_of(stack)}: {said}") from None

    def kill(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ValueError("a worker needs both pipes")
        return pipe


def start_workers(directory: Path, most: int) -> list[Worker]:
    """Start as many workers as there are cores, but no more than `most`.

    Args:
        directory: where Pulumi.yaml is.
        most: number of stacks.
    """
    wanted = min(most, os.cpu_count() or 1)
    processes = [early.take() for _ in range(wanted)]
    return [Worker(process, directory.resolve()) for process in processes]


def ask_first(workers: Sequence[Worker], stacks: Sequence[str | Variant], *, partly: bool) -> None:
    """Give each worker its first stack, so that it plans while this process loads what it needs for the answers.

    Args:
        workers: from `start_workers`.
        stacks: what `plan_stacks` will be asked for, in its order.
        partly: also tell what is known of partly unknown values.
    """
    for worker, stack in zip(workers, stacks, strict=False):
        worker.ask(stack, partly=partly)


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
    from concurrent.futures import ThreadPoolExecutor

    todo: SimpleQueue[str | Variant] = SimpleQueue()
    for stack in stacks:
        if not any(stack in worker.asked for worker in workers):
            todo.put(stack)
    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            answers = dict(
                pair for part in threads.map(lambda w: _drain(w, todo, partly=partly), workers) for pair in part
            )
        except BaseException:
            # The threads wait for answers that nobody asks for any more.
            for worker in workers:
                worker.process.kill()
            raise
    errors = [answers[stack].error for stack in stacks if answers[stack].recording is None]
    if errors:
        raise InputError("\n".join(errors))
    return [recording for stack in stacks if (recording := answers[stack].recording) is not None]


def _drain(worker: Worker, todo: SimpleQueue[str | Variant], *, partly: bool) -> list[tuple[str | Variant, Answer]]:
    """Let one worker take stacks until none is left."""
    done: list[tuple[str | Variant, Answer]] = []
    # Left, the process's pipes are closed, which ends it.
    with worker.process:
        while True:
            if not worker.asked:
                try:
                    worker.ask(todo.get_nowait(), partly=partly)
                except Empty:
                    return done
            done.append((worker.asked[0], worker.answer()))
