"""`ascent plan`: what stacks would build, and what the rules say of it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from ascent.console import console
from ascent.console.values import readable
from ascent.errors import InputError
from ascent.plan.check import problems
from ascent.plan.config import read_stack, stack_names
from ascent.plan.pool import plan_stacks, start_workers
from ascent.plan.serialize import to_dict, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.plan.model import Plan
    from ascent.plan.recording import Recording
    from policies.checklist.evaluate import Report

_SIZE = ("enterprise", "production", "startup", "mvp")
"""Tiers from the largest stacks to the smallest; the largest starts first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is.
        stacks: names; empty for all of the project.
        as_json: print one JSON document instead of text.
        out: directory that gets STACK/plan.json; None for none.
        show: pattern of URNs or names whose inputs are printed; None for the whole plan.
    """

    directory: Path
    stacks: tuple[str, ...] = ()
    as_json: bool = False
    out: Path | None = None
    show: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A planned stack with what was found in it."""

    plan: Plan
    report: Report
    problems: tuple[str, ...]
    diagnostics: tuple[str, ...]

    @property
    def fine(self) -> bool:
        """Whether the stack may be deployed."""
        return not (self.problems or self.report.mandatory_failures)


def run(request: PlanRequest) -> bool:
    """Plan stacks and print what they would build.

    Args:
        request: what to plan and how to show it.

    Returns:
        Whether every stack may be deployed: no mandatory rule failed and no plan is inconsistent.

    Raises:
        InputError: no such stack, settings that no stack can be built from, a waiver that is wrong, a pattern that
            matches nothing.
    """
    judged = _plan_and_judge(request.directory, _chosen(request))
    if request.show is not None:
        _print_inputs(judged, request.show)
    elif request.as_json:
        print(json.dumps(_document(judged), indent=2, ensure_ascii=False))
    else:
        _print(judged)
    if request.out is not None:
        _write(request.out, judged)
    return all(j.fine for j in judged)


def _chosen(request: PlanRequest) -> list[str]:
    """The stacks asked for; without any, all of the project, the smallest first."""
    given = list(dict.fromkeys(request.stacks))
    if given:
        for name in given:
            read_stack(request.directory, name)
        return given
    names = stack_names(request.directory)
    if not names:
        raise InputError(f"{request.directory}: there is no Pulumi.STACK.yaml here; write one or pass --cwd")
    return sorted(names, key=lambda name: (-_size(request.directory, name), name))


def _size(directory: Path, stack: str) -> int:
    """Rank of a stack's tier by size, 0 for the largest; settings say later what is wrong with an unknown one."""
    tier = read_stack(directory, stack).values.get("ascent:tier", "")
    return _SIZE.index(tier) if tier in _SIZE else 0


def _plan_and_judge(directory: Path, names: list[str]) -> list[Judged]:
    largest_first = sorted(names, key=lambda name: _size(directory, name))
    workers = start_workers(directory, len(names))
    with ExitStack() as progress:
        errors = console(stderr=True)
        if errors.is_terminal:
            progress.enter_context(errors.status(f"planning {', '.join(names)} ..."))
        # While the workers plan, this process loads the rules.
        from ascent.verdicts import judge, waivers_of

        try:
            waivers = waivers_of(directory, datetime.now(tz=UTC).date())
        except InputError:
            for worker in workers:
                worker.kill()
            raise
        recordings = {r.plan.stack: r for r in plan_stacks(workers, largest_first)}
        return [
            Judged(
                recordings[name].plan,
                judge(recordings[name].plan, waivers),
                tuple(p.message for p in problems(recordings[name].plan, recordings[name].reads)),
                _messages(recordings[name]),
            )
            for name in names
        ]


def _messages(recording: Recording) -> tuple[str, ...]:
    return tuple(f"{d.severity}: {d.message}" for d in recording.diagnostics if d.severity in ("warning", "error"))


def _print(judged: Sequence[Judged]) -> None:
    from ascent.console.plan import print_plan, summary

    out = console()
    for one in judged:
        for message in one.diagnostics:
            print(f"{one.plan.stack}: {message}", file=sys.stderr)
        print_plan(out, one.plan, one.report, one.problems)
    for one in judged:
        out.print(summary(one.plan, one.report, one.problems), soft_wrap=True)


def _print_inputs(judged: Sequence[Judged], pattern: str) -> None:
    found = [
        resource
        for one in judged
        for resource in one.plan.resources
        if fnmatchcase(resource.urn, pattern) or fnmatchcase(resource.name, pattern)
    ]
    if not found:
        stacks = ", ".join(one.plan.stack for one in judged)
        raise InputError(
            f"ascent plan --show {pattern}: no URN or name in {stacks} matches; * stands for any characters, "
            "as in '*loadBalancer*'"
        )
    for resource in found:
        print(resource.urn)
        print(json.dumps(readable(resource.inputs), indent=2, ensure_ascii=False, sort_keys=True))


def _document(judged: Sequence[Judged]) -> dict[str, Any]:
    from ascent.verdicts import record_of

    return {
        "schemaVersion": 1,
        "stacks": [
            {
                "plan": to_dict(one.plan),
                "problems": list(one.problems),
                "verdicts": [record_of(result) for result in one.report.results],
                "fine": one.fine,
            }
            for one in judged
        ],
    }


def _write(out: Path, judged: Sequence[Judged]) -> None:
    """Write the plans; each file appears whole or not at all."""
    try:
        for one in judged:
            target = out / one.plan.stack / "plan.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_text(to_json(one.plan), encoding="utf-8")
            draft.replace(target)
    except OSError as error:
        raise InputError(f"ascent plan --out {out}: {error.strerror}; name a directory that can be written") from None
