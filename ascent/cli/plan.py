"""`ascent plan`: what stacks would build, and what the rules say of it."""

from __future__ import annotations

import json
import sys
from fnmatch import fnmatchcase
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import Directory, Form, Output, PolicyConfig, Stacks
from ascent.days import today
from ascent.output.console import console
from ascent.output.console.values import readable
from ascent.output.files import emit, write_whole
from ascent.output.formats.kinds import Format
from ascent.plan.serialize import to_json
from ascent.planning import chosen_stacks, start
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ascent.verdicts.judged import Judged


def run(
    stacks: Stacks = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write STACK/plan.json into this directory.")] = None,
    show: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Print the inputs of resources whose URN or name matches.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Also look into values that are known in part; half a second more.")
    ] = False,
    policy_config: PolicyConfig = None,
    form: Form = Format.TABLE,
    output: Output = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a mandatory rule failed or the plan is inconsistent, 2 bad input."""
    if as_json and form not in (Format.TABLE, Format.JSON):
        raise InputError(f"ascent plan: --json and --format {form} exclude each other; give one of them")
    form = Format.JSON if as_json else form
    if show is not None and (form is not Format.TABLE or output is not None):
        raise InputError("ascent plan --show: prints inputs as they are; leave out --format, --json and --output")
    # A glance at the terminal is worth more soon; whatever is kept or read by machines tells all that is known.
    partly = full or form is not Format.TABLE or output is not None or out is not None
    judged = _judged(cwd, chosen_stacks(cwd, stacks or ()), policy_config, partly=partly)
    for one in judged:
        for message in one.diagnostics:
            print(f"{one.plan.stack}: {message}", file=sys.stderr)
    if show is not None:
        _print_inputs(judged, show)
    elif form is Format.TABLE and output is None:
        _print(console(), judged, partly=partly)
    else:
        emit(_rendered(form, judged), output, "plan")
    if out is not None:
        _write(out, judged)
    return all(j.fine for j in judged)


def _judged(directory: Path, names: Sequence[str], policy_config: Path | None, *, partly: bool) -> list[Judged]:
    with start(directory, names, partly=partly) as planning:
        from ascent.verdicts.judge import configured_by, waivers_of

        return planning.result(waivers_of(directory, today()), configured_by(policy_config))


def _rendered(form: Format, judged: Sequence[Judged]) -> str:
    if form is Format.TABLE:
        text = StringIO()
        _print(console(file=text), judged, partly=True)
        return text.getvalue()
    if form is Format.JSON:
        from ascent.document import text_of
        from ascent.verdicts.document import plan_document

        return text_of(plan_document(judged))
    from ascent.output.formats.render import render

    return render(form, judged)


def _print(out: Console, judged: Sequence[Judged], *, partly: bool) -> None:
    from ascent.output.console.plan import print_plan, summary
    from policies.pack.verdict import Status

    for one in judged:
        print_plan(out, one.plan, one.report, one.problems, one.lookups)
    if not partly and any(one.report.counts[Status.UNKNOWN] for one in judged):
        out.print("`ascent plan --full` also looks into values that are known in part.", style="dim")
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
