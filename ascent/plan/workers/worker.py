"""A process that plans stacks, one after the other, for the command line.

It reads one request per line, a JSON list of directory, whether to tell what is known of partly unknown values, stack,
and an object with configuration that comes before the stack file's. It answers each with one pickled `Answer`.
Planning stands on the SDK's state of a whole process, and most of its time is imports: a process per core, each
planning several stacks, shares both.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ascent.plan.config import read_stack
from ascent.plan.offline.recording import Answer
from ascent.plan.workers.annotations import leave_unevaluated
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def answer(
    directory: Path,
    stack: str,
    changes: Mapping[str, str] | None = None,
    *,
    partly: bool = True,
    foreign: bool = False,
) -> Answer:
    """Plan one stack.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        changes: configuration by full key that comes before the stack file's; None for none.
        partly: also tell what is known of partly unknown values.
        foreign: the program is none of Ascent's: components that cannot be predicted are boxes, and a project without
            stack files has its defaults.
    """
    try:
        found = read_stack(directory, stack, changes, bare=foreign)
        try:
            from ascent.plan.record import record
        except ImportError as error:
            raise InputError(
                f"{sys.executable}: its Pulumi SDK is not one that can be planned offline ({error}); install "
                "Ascent's there (requirements.txt), or pass --preview FILE"
            ) from None

        if partly:
            from ascent.plan.partly.record import record_partly

            recording = record_partly(found, keep_modules=True, boxes=foreign)
        else:
            parts = found.directory, found.project, stack, found.values, found.secret_keys
            recording = record(*parts, keep_modules=True, boxes=foreign, root=found.root)
    except InputError as error:
        return Answer(stack, None, str(error))
    return Answer(stack, recording)


def _serve(answers: BinaryIO, plan: Callable[..., Answer] | None = None) -> None:
    """Answer requests until there are no more; `plan` stands in place of `answer`."""
    for line in sys.stdin:
        directory, partly, stack, changes = json.loads(line)
        found = (plan or answer)(Path(directory), stack, changes, partly=partly)
        pickle.dump(found, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _load() -> None:
    """Load what every stack needs, so that it is there when the first request arrives."""
    leave_unevaluated()
    import pulumi_aws  # noqa: F401 - for its effect
    import pulumi_awsx  # noqa: F401

    import settings.load  # noqa: F401


def main(*, foreign: bool = False) -> None:
    """Serve until standard input ends, then leave without tearing the heap down, which would take a second.

    Args:
        foreign: the programs are none of Ascent's, and may be planned by an interpreter of their own.
    """
    # The program may print; only answers go to the pipe.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if not foreign:
        _load()
    # Whoever asked may be gone, because another stack failed first; then there is nobody to tell.
    with suppress(BrokenPipeError):
        _serve(answers, partial(answer, foreign=True) if foreign else None)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
