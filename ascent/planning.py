"""Plans the stacks of a project and holds them against the rules."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from ascent.output.console import console
from ascent.overlaps import overlaps
from ascent.plan.check import ProblemKind, problems
from ascent.plan.config import Variant, read_stack, stack_names, stack_of
from ascent.plan.workers.pool import ask_first, plan_stacks, start_workers
from ascent.project import repository_path
from ascent.subjects.subject import Subject
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.plan.offline.recording import Recording
    from ascent.plan.workers.pool import Worker
    from ascent.verdicts.judged import Judged
    from policies.pack.configuration import Configuration
    from policies.pack.waivers import WaiverBook

_SIZE = ("enterprise", "production", "startup", "mvp")
"""Tiers from the largest stacks to the smallest; the largest starts first."""


def chosen_stacks(directory: Path, stacks: Sequence[str]) -> list[str]:
    """The stacks asked for; without any, all of the project, the smallest first.

    Args:
        directory: where Pulumi.yaml is.
        stacks: names, as given.

    Raises:
        InputError: no such stack, or a project without any.
    """
    given = list(dict.fromkeys(stacks))
    if given:
        for name in given:
            read_stack(directory, name)
        return given
    names = stack_names(directory)
    if not names:
        raise InputError(f"{directory}: there is no Pulumi.STACK.yaml here; write one or pass --cwd")
    return sorted(names, key=lambda name: (-_size(directory, name), name))


def _size(directory: Path, stack: str | Variant) -> int:
    """Rank of a stack's tier by size, 0 for the largest; settings say later what is wrong with an unknown one."""
    variant = stack if isinstance(stack, Variant) else Variant(stack)
    tier = read_stack(directory, variant.stack, dict(variant.changes)).values.get("ascent:tier", "")
    return _SIZE.index(tier) if tier in _SIZE else 0


def start(directory: Path, names: Sequence[str | Variant], *, partly: bool = True) -> Planning:
    """Start planning stacks on all cores, in the background.

    Args:
        directory: where Pulumi.yaml is.
        names: stacks, from `chosen_stacks`, or variants of such; each once.
        partly: also tell what is known of partly unknown values, which takes half a second more.

    Raises:
        InputError: no such stack.
    """
    largest_first = sorted(names, key=lambda name: _size(directory, name))
    for stack in dict.fromkeys(map(stack_of, names)):
        if note := read_stack(directory, stack).note:
            print(note, file=sys.stderr)
    workers = start_workers(directory, len(names))
    ask_first(workers, largest_first, partly=partly)
    return Planning(directory, names, largest_first, workers, partly=partly)


class Planning:
    """Stacks that are being planned, until somebody asks for the result.

    It is used in a `with` statement, whose body reads what is needed besides plans. If that fails, or is interrupted,
    the planning processes are ended.
    """

    def __init__(
        self,
        directory: Path,
        names: Sequence[str | Variant],
        largest_first: Sequence[str | Variant],
        workers: Sequence[Worker],
        *,
        partly: bool,
    ) -> None:
        self._partly = partly
        self._directory, self._names, self._largest_first = directory, names, largest_first
        self._workers = workers
        self._progress = ExitStack()

    def __enter__(self) -> Self:
        errors = console(stderr=True)
        if errors.is_terminal:
            self._progress.enter_context(errors.status(f"planning {', '.join(map(stack_of, self._names))} ..."))
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self._progress.close()
        if failure is not None:
            for worker in self._workers:
                worker.kill()

    def recordings(self) -> list[Recording]:
        """What the stacks' programs registered, in the order of the names.

        Raises:
            InputError: settings that no stack can be built from; a line for each problem.
        """
        found = dict(
            zip(self._largest_first, plan_stacks(self._workers, self._largest_first, partly=self._partly), strict=True)
        )
        return [found[name] for name in self._names]

    def result(self, waivers: WaiverBook, configured: Configuration | None = None) -> list[Judged]:
        """The planned stacks and what the rules say of them, in the order of the names.

        Args:
            waivers: the waivers in the project's file.
            configured: levels and parameters in place of the tiers' own; None for the tiers' own.

        Raises:
            InputError: settings that no stack can be built from; a line for each problem.
        """
        self.warn()
        from ascent.verdicts import judge  # noqa: F401 - loaded while the workers plan, because it takes long

        return [one.judged(waivers, configured) for one in self.subjects()]

    def warn(self) -> None:
        """Say on standard error which other stacks create what an account has once; best while the workers plan."""
        for warning in overlaps(self._directory, [stack_of(name) for name in self._names]):
            print(warning, file=sys.stderr)

    def subjects(self) -> list[Subject]:
        """The planned stacks, in the order of the names.

        Raises:
            InputError: settings that no stack can be built from; a line for each problem.
        """
        return [subject_of(recording, self._directory) for recording in self.recordings()]


def subject_of(recording: Recording, directory: Path, *, foreign: bool = False) -> Subject:
    """A planned stack.

    Args:
        recording: what its program registered.
        directory: where Pulumi.yaml is.
        foreign: the program is none of Ascent's, and may make resources outside of components.
    """
    root = repository_path(directory)
    found = (p for p in problems(recording.plan, recording.reads) if not (foreign and p.kind is ProblemKind.ORPHAN))
    return Subject(
        name=recording.plan.stack,
        plan=recording.plan,
        directory=directory,
        problems=tuple(p.message for p in found),
        diagnostics=_messages(recording),
        lookups=recording.lookups,
        boxed=recording.boxed,
        file=f"{root}/Pulumi.{recording.plan.stack}.yaml".lstrip("/"),
        root=root,
    )


def _messages(recording: Recording) -> tuple[str, ...]:
    return tuple(f"{d.severity}: {d.message}" for d in recording.diagnostics if d.severity in ("warning", "error"))
