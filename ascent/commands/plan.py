"""`ascent plan`: what stacks would build, and what the rules say of it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import StringIO
from typing import TYPE_CHECKING

from ascent.output.console import console
from ascent.output.console.values import readable
from ascent.output.files import emit, write_whole
from ascent.output.formats.kinds import Format
from ascent.plan.serialize import to_json
from ascent.planning import chosen_stacks, plan_and_judge
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from ascent.verdicts.judged import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is.
        stacks: names; empty for all of the project.
        format: how to write what was found; JSON holds the plans as well.
        output: file that gets it in place of standard output.
        out: directory that gets STACK/plan.json; None for none.
        show: pattern of URNs or names whose inputs are printed; None for the whole plan.
        policy_config: file with levels and parameters in place of the tiers' own, in the form of
            `--policy-pack-config`; None for the tiers' own.
    """

    directory: Path
    stacks: tuple[str, ...] = ()
    format: Format = Format.TABLE
    output: Path | None = None
    out: Path | None = None
    show: str | None = None
    policy_config: Path | None = None


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
    if request.show is not None and (request.format is not Format.TABLE or request.output is not None):
        raise InputError("ascent plan --show: prints inputs as they are; leave out --format, --json and --output")
    stacks = chosen_stacks(request.directory, request.stacks)
    judged = plan_and_judge(request.directory, stacks, policy_config=request.policy_config)
    for one in judged:
        for message in one.diagnostics:
            print(f"{one.plan.stack}: {message}", file=sys.stderr)
    if request.show is not None:
        _print_inputs(judged, request.show)
    elif request.format is Format.TABLE and request.output is None:
        _print(console(), judged)
    else:
        emit(_rendered(request.format, judged), request.output, "plan")
    if request.out is not None:
        _write(request.out, judged)
    return all(j.fine for j in judged)


def _rendered(form: Format, judged: Sequence[Judged]) -> str:
    if form is Format.TABLE:
        text = StringIO()
        _print(console(file=text), judged)
        return text.getvalue()
    if form is Format.JSON:
        from ascent.document import text_of
        from ascent.verdicts.document import plan_document

        return text_of(plan_document(judged))
    from ascent.output.formats.render import render

    return render(form, judged)


def _print(out: Console, judged: Sequence[Judged]) -> None:
    from ascent.output.console.plan import print_plan, summary

    for one in judged:
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


def _write(out: Path, judged: Sequence[Judged]) -> None:
    for one in judged:
        write_whole(out / one.plan.stack / "plan.json", to_json(one.plan), f"ascent plan --out {out}")
