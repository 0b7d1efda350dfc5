"""Planning processes that stay: for who asks again and again, and wants to know why a stack cannot be planned."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from ascent.plan.workers.pool import start_workers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.plan.config import Variant
    from ascent.plan.offline.recording import Answer
    from ascent.plan.workers.pool import Worker


class StandingWorkers:
    """Planning processes of one project. They are used in a `with` statement, which ends them."""

    def __init__(self, directory: Path, most: int) -> None:
        """Start them.

        Args:
            directory: where Pulumi.yaml is.
            most: most processes.
        """
        self._workers = start_workers(directory, most)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()

    def plan(self, stacks: Sequence[str | Variant]) -> list[Answer]:
        """What each stack's program registers, or why it cannot be planned, in the order of the stacks.

        Args:
            stacks: names or variants, each once.

        Raises:
            InputError: a process ended by itself.
        """
        from concurrent.futures import ThreadPoolExecutor

        todo: SimpleQueue[str | Variant] = SimpleQueue()
        for stack in stacks:
            todo.put(stack)
        with ThreadPoolExecutor(len(self._workers)) as threads:
            parts = threads.map(lambda worker: _drain(worker, todo), self._workers)
            answers = dict(pair for part in parts for pair in part)
        return [answers[stack] for stack in stacks]


def _drain(worker: Worker, todo: SimpleQueue[str | Variant]) -> list[tuple[str | Variant, Answer]]:
    """Let one worker take stacks until none is left."""
    done: list[tuple[str | Variant, Answer]] = []
    while True:
        try:
            stack = todo.get_nowait()
        except Empty:
            return done
        worker.ask(stack, partly=True)
        done.append((stack, worker.answer()))
