"""Plans what a stack is held against: staging beside production, production beside staging."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ascent.plan.config import read_stack, stack_names
from ascent.plan.roles import PRODUCTION, is_staging
from ascent.planning import start
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from policies.pack.facts import StackFacts


@contextmanager
def planned_beside(directory: Path, chosen: Sequence[str]) -> Generator[Callable[[], tuple[StackFacts, ...]]]:
    """Start planning, in the background, the stacks that are needed beside others; gives what asks for them.

    One that cannot be planned is left out: then it is none that another could be like.

    Args:
        directory: where Pulumi.yaml is.
        chosen: stacks that are planned anyway.
    """
    names = beside_of(directory, chosen)
    if not names:
        yield tuple
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread, start(directory, names, partly=False) as planning:
        # Asked now: whoever wants the answer waits for the plan of its own stack first.
        asked = thread.submit(planning.recordings)

        def facts() -> tuple[StackFacts, ...]:
            from ascent.verdicts.judge import facts_of

            try:
                return tuple(facts_of(recording.plan) for recording in asked.result())
            except InputError:
                return ()

        yield facts


def beside_of(directory: Path, chosen: Sequence[str]) -> list[str]:
    """Stacks that are needed beside others: the project's staging for production, and the other way round.

    Args:
        directory: where Pulumi.yaml is.
        chosen: names of stacks.
    """
    tiers = {name: _tier(directory, name) for name in stack_names(directory)}
    staging = [name for name in tiers if is_staging(name)]
    production = [name for name in tiers if tiers[name] in PRODUCTION and not is_staging(name)]
    wanted: list[str] = []
    for name in chosen:
        if is_staging(name):
            wanted += production[:1]
        elif tiers.get(name) in PRODUCTION:
            wanted += staging[:1]
    return [name for name in dict.fromkeys(wanted) if name not in chosen]


def _tier(directory: Path, stack: str) -> str:
    try:
        return read_stack(directory, stack).values.get("ascent:tier", "")
    except InputError:
        return ""
