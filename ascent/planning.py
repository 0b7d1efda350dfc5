"""Plans the stacks of a project and holds them against the rules."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ascent.output.console import console
from ascent.plan.check import problems
from ascent.plan.config import Variant, read_stack, stack_names
from ascent.plan.workers.pool import plan_stacks, start_workers
from ascent.project import repository_path
from ascent.verdicts.judged import Judged
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ascent.plan.offline.recording import Recording
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


def plan_and_judge(
    directory: Path,
    names: Sequence[str | Variant],
    waivers: Callable[[Path, date], WaiverBook] | None = None,
    policy_config: Path | None = None,
) -> list[Judged]:
    """Plan stacks on all cores and judge them.

    Args:
        directory: where Pulumi.yaml is.
        names: stacks, from `chosen_stacks`, or variants of such; each once.
        waivers: reads the project's waivers as of a day; by default `verdicts.waivers_of`.
        policy_config: file with levels and parameters in place of the tiers' own.

    Raises:
        InputError: settings that no stack can be built from, or a waiver that is wrong.
    """
    largest_first = sorted(names, key=lambda name: _size(directory, name))
    workers = start_workers(directory, len(names))
    shown = [name.stack if isinstance(name, Variant) else name for name in names]
    with ExitStack() as progress:
        errors = console(stderr=True)
        if errors.is_terminal:
            progress.enter_context(errors.status(f"planning {', '.join(shown)} ..."))
        # While the workers plan, this process loads the rules.
        from ascent.verdicts.judge import configured_by, judge, waivers_of

        try:
            book = (waivers or waivers_of)(directory, datetime.now(tz=UTC).date())
            configured = configured_by(policy_config)
        except InputError:
            for worker in workers:
                worker.kill()
            raise
        recordings = dict(zip(largest_first, plan_stacks(workers, largest_first), strict=True))
        root = repository_path(directory)
        return [
            Judged(
                plan=recordings[name].plan,
                report=judge(recordings[name].plan, book, configured),
                problems=tuple(p.message for p in problems(recordings[name].plan, recordings[name].reads)),
                diagnostics=_messages(recordings[name]),
                file=f"{root}/Pulumi.{stack}.yaml".lstrip("/"),
                root=root,
            )
            for name, stack in zip(names, shown, strict=True)
        ]


def _messages(recording: Recording) -> tuple[str, ...]:
    return tuple(f"{d.severity}: {d.message}" for d in recording.diagnostics if d.severity in ("warning", "error"))
