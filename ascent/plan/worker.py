"""A process that plans stacks, one after the other, for the command line.

It reads one stack's name per line and answers with one pickled `Answer` each. Planning stands on the SDK's state of a
whole process, and most of its time is imports: a process per core, each planning several stacks, shares both.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ascent.plan.config import read_stack
from ascent.plan.errors import PlanError
from ascent.plan.recording import Answer


def answer(directory: Path, stack: str) -> Answer:
    """Plan one stack.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
    """
    try:
        found = read_stack(directory, stack)
        from ascent.plan.record import record

        recording = record(found.directory, found.project, stack, found.values, found.secret_keys, keep_modules=True)
    except PlanError as error:
        return Answer(stack, None, str(error))
    return Answer(stack, recording)


def _serve(directory: Path, answers: BinaryIO) -> None:
    for line in sys.stdin:
        pickle.dump(answer(directory, line.rstrip("\n")), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def main() -> None:
    """Serve until standard input ends, then leave without tearing the heap down, which would take a second."""
    import gc

    # The SDK's imports make millions of objects that all stay; looking for garbage among them finds none.
    gc.disable()
    # The program may print; only answers go to the pipe.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Whoever asked may be gone, because another stack failed first; then there is nobody to tell.
    with suppress(BrokenPipeError):
        _serve(Path(sys.argv[1]), answers)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
