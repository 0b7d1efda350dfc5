"""What lies between two revisions of a project: all of its stacks, planned at both."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from ascent.cost.book.prices import load_prices
from ascent.diff.change import Change
from ascent.diff.sides import Side, side_of, waivers_in
from ascent.plan.config import stack_names
from ascent.plan.workers.foreign import interpreter_of
from ascent.readiness.beside import beside_of
from ascent.readiness.sources import Sources
from ascent.subjects.foreign import NAMELESS, planned_by
from ascent.subjects.revisions import Revision, checked_out
from ascent.subjects.tier import by_name, tier_of
from ascent.verdicts.judge import facts_of
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ascent.plan.workers.foreign import Interpreter
    from ascent.subjects.subject import Subject

WORKING_TREE = "the working tree"
"""What the files that are there are called, in the place of a revision."""


def between(
    command: str, directory: Path, base: str, head: str | None, stacks: Sequence[str], day: date
) -> list[Change]:
    """What a project's stacks are at one revision and at another.

    Args:
        command: what messages call it: `ascent diff`.
        directory: where Pulumi.yaml is.
        base: the revision to start from.
        head: the revision to arrive at; None for the files that are there.
        stacks: names; none for all that there are at either revision.
        day: the day to judge for.

    Raises:
        InputError: no such revision or stack, or one cannot be planned; a line for each problem.
    """
    interpreter = interpreter_of(directory)
    with ExitStack() as trees:
        sides = [
            Revision(WORKING_TREE, directory)
            if name is None
            else trees.enter_context(checked_out(command, directory, name))
            for name in (base, head)
        ]
        known = [stack_names(side.directory) or [NAMELESS] for side in sides]
        wanted = list(dict.fromkeys(stacks)) or sorted({*known[0], *known[1]})
        for name in wanted:
            if not any(name in names for names in known):
                raise InputError(
                    f"{command} --stack {name}: is at neither revision; the stacks are {', '.join(known[1])}"
                )
        with ThreadPoolExecutor(2) as threads:
            parts = [(side, [n for n in wanted if n in names]) for side, names in zip(sides, known, strict=True)]
            before, after = threads.map(lambda part: _sides(*part, interpreter, day), parts)
    found = [Change(before.get(name), after.get(name)) for name in wanted]
    return [one for one in found if one.before or one.after]


def _sides(revision: Revision, names: Sequence[str], interpreter: Interpreter, day: date) -> Mapping[str, Side]:
    """The stacks at one revision; what is wrong there is said with the revision before it."""
    try:
        return _judged(revision.directory, names, interpreter, day)
    except InputError as error:
        raise InputError("\n".join(f"{revision.name}: {line}" for line in str(error).splitlines())) from None


def _judged(directory: Path, names: Sequence[str], interpreter: Interpreter, day: date) -> Mapping[str, Side]:
    if not names:
        return {}
    waivers, sources, book = waivers_in(directory, day), Sources.read(directory, today=day), load_prices()
    planned = planned_by(directory, [*names, *beside_of(directory, names)], interpreter)
    subjects = [_at_tier(one, directory) for one in planned]
    others = [facts_of(one.plan) for one in subjects]
    return {one.plan.stack: side_of(one, waivers, sources, book, others) for one in subjects if one.plan.stack in names}


def _at_tier(subject: Subject, directory: Path) -> Subject:
    plan = subject.plan
    tier, origin = tier_of(None, plan.tier, plan.stack, directory)
    guessed = not tier
    if guessed:
        tier, origin = by_name(plan.stack)
    return replace(subject, plan=replace(plan, tier=tier), origin=origin, guessed=guessed)
