"""Subjects while they are read or planned, and what else is known of their project."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ascent.output.console.values import printable
from ascent.plan.config import stack_of
from ascent.planning import chosen_stacks
from ascent.planning import start as start_planning
from ascent.subjects.tier import by_name
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from ascent.plan.config import Variant
    from ascent.readiness.sources import Sources
    from ascent.subjects.asked import Asked
    from ascent.subjects.subject import Subject
    from ascent.subjects.tier import Guess
    from policies.pack.facts import StackFacts
    from policies.pack.waivers import WaiverBook


@dataclass(eq=False)
class Reading:
    """What a command is about, being read or planned.

    Attributes:
        read: waits for the subjects.
        beside: waits for the stacks of the project that its stacks are held against.
        at: where Pulumi.yaml is, as far as that is known before anything is read.
    """

    read: Callable[[], list[Subject]]
    beside: Callable[[], tuple[StackFacts, ...]]
    at: Path | None

    @cached_property
    def subjects(self) -> list[Subject]:
        """The subjects, in the order in which they are asked for.

        Raises:
            InputError: one cannot be read or planned; a line for each problem.
        """
        return self.read()

    @property
    def directory(self) -> Path | None:
        """Where Pulumi.yaml is; None where the project's files are not at hand."""
        return self.at or self.subjects[0].directory

    def sources(self, day: date, tests: Iterable[Path] = ()) -> Sources:
        """What readiness rests on beside plans.

        Args:
            day: the day to judge for.
            tests: results of tests.

        Raises:
            InputError: a file of the project is wrong; a line for each problem.
        """
        from ascent.readiness.sources import Sources

        if self.directory is None:
            one = self.subjects[0]
            unseen = f"{one.name}: Pulumi.yaml of its project {one.plan.project} is not at hand"
            print(
                printable(f"{unseen}: what its files would prove is unknown; name its directory with --cwd"),
                file=sys.stderr,
            )
            return Sources.without_project(today=day)
        return Sources.read(self.directory, today=day, tests=tests)

    def waivers(self, day: date) -> WaiverBook:
        """The waivers of the project; none where it has no such file.

        Args:
            day: day on which a waiver must not have expired.

        Raises:
            InputError: an entry is malformed, ownerless, expired or for no rule; a line for each.
        """
        from ascent.verdicts.judge import waivers_of
        from policies.pack.waivers import WaiverBook

        return WaiverBook(today=day) if self.directory is None else waivers_of(self.directory, day)


@contextmanager
def start(
    asked: Asked,
    *,
    partly: bool = True,
    judging: bool = False,
    beside: bool = False,
    guess: Callable[[str], Guess] = by_name,
    stacks: Sequence[str | Variant] | None = None,
) -> Generator[Reading]:
    """Start reading or planning what a command is about; the body loads what is needed besides.

    Args:
        asked: what the command line names.
        partly: also tell what is known of partly unknown values, which takes half a second more.
        judging: also warn, on standard error, of stacks that create the same in one account.
        beside: also plan what its stacks are held against.
        guess: the tier of a stack that names none.
        stacks: stacks of this project, or variants of such, in the place of those that the command line names.

    Raises:
        InputError: no such stack, project or file.
    """
    if not asked.own:
        found = Reading(lambda: _elsewhere(asked, guess), tuple, asked.directory if asked.foreign else None)
        if beside and asked.file is not None:
            found.beside = lambda: _beside(found)
        yield found
        return
    names = stacks or chosen_stacks(asked.directory, asked.stacks)
    with ExitStack() as work:
        planning = work.enter_context(start_planning(asked.directory, names, partly=partly))
        others: Callable[[], tuple[StackFacts, ...]] = tuple
        if beside:
            from ascent.readiness.beside import planned_beside

            others = work.enter_context(planned_beside(asked.directory, list(map(stack_of, names))))

        def read() -> list[Subject]:
            if judging:
                planning.warn()
            return planning.subjects()

        yield Reading(read, others, asked.directory)


def _beside(found: Reading) -> tuple[StackFacts, ...]:
    """What the stack in a file is held against; nothing where its project is not at hand."""
    if found.directory is None:
        return ()
    from ascent.readiness.beside import planned_beside

    try:
        with planned_beside(found.directory, [one.plan.stack for one in found.subjects]) as others:
            return others()
    except InputError:
        return ()


def _elsewhere(asked: Asked, guess: Callable[[str], Guess]) -> list[Subject]:
    """Subjects that are no stacks of this project, each at its tier."""
    if asked.foreign:
        from ascent.subjects.foreign import planned_elsewhere

        found = planned_elsewhere(asked)
    else:
        from ascent.subjects.files import read_file

        found = [read_file(asked)]
    return [_at_tier(subject, asked, guess) for subject in found]


def _at_tier(subject: Subject, asked: Asked, guess: Callable[[str], Guess]) -> Subject:
    from ascent.subjects.tier import strictest, tier_of

    # A stack file can be newer than the file that is judged: what must not be judged too mildly does not ask it.
    project = None if guess is strictest else subject.directory
    tier, origin = tier_of(asked.tier, subject.plan.tier, subject.plan.stack, project)
    guessed = not tier
    if guessed:
        tier, origin = guess(subject.plan.stack)
    return replace(subject, plan=replace(subject.plan, tier=tier), origin=origin, guessed=guessed)


def say_origins(subjects: Sequence[Subject], *, aloud: bool) -> None:
    """Say which tier was taken for subjects that are no stacks of this project, and what of them is not at hand.

    Args:
        subjects: what was read.
        aloud: on standard output, before what people read; otherwise only guesses, on standard error.
    """
    from ascent.output.console import console

    for one in subjects:
        line = printable(f"{one.name}: tier {one.plan.tier} ({one.origin})")
        if one.origin and aloud:
            console().print(line, markup=False, soft_wrap=True)
        elif one.guessed:
            print(line, file=sys.stderr)


def one_stack(asked: Asked, subjects: Sequence[Subject]) -> Subject:
    """The only subject.

    Args:
        asked: what the command line names.
        subjects: what was read.

    Raises:
        InputError: there are several.
    """
    if len(subjects) != 1:
        names = ", ".join(one.plan.stack for one in subjects)
        raise InputError(f"{asked.command}: is about one stack, and {asked.directory} has {names}; name one of them")
    return subjects[0]
