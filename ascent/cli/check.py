"""`ascent check`: what the rules say of a stack, or of a preview or a state of any Pulumi program."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import (
    Directory,
    Form,
    OtherProject,
    Output,
    PolicyConfig,
    PreviewFile,
    Stacks,
    StateFile,
)
from ascent.days import today
from ascent.output.console import console
from ascent.output.files import emit
from ascent.output.formats.kinds import Format
from ascent.overlaps import overlaps
from ascent.plan.engine.output import NothingToJudgeError
from ascent.subjects.asked import asked_of
from ascent.subjects.reading import start
from ascent.subjects.tier import strictest
from common.problems import InputError
from common.tiers import Tier

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.subjects.subject import Subject
    from ascent.verdicts.judged import Judged
    from policies.pack.configuration import Configuration
    from policies.pack.waivers import WaiverBook


def run(
    stacks: Stacks = None,
    preview: PreviewFile = None,
    state: StateFile = None,
    project: OtherProject = None,
    tier: Annotated[
        Tier | None,
        typer.Option(
            help="Tier whose levels apply, to anything but a stack of this project; by default the one in the file's "
            "configuration, else enterprise."
        ),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Waivers; by default policies/waivers.yaml of its project.")
    ] = None,
    policy_config: PolicyConfig = None,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Exit with 0 where a file holds nothing to judge.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also name each resource that no rule looks at.")
    ] = False,
    form: Form = Format.TABLE,
    output: Output = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a mandatory rule failed, 2 bad input."""
    asked = asked_of("ascent check", stacks, directory=cwd, preview=preview, state=state, project=project, tier=tier)
    if asked.own and not asked.stacks:
        raise InputError(
            "ascent check: no file is given; name one file, as --preview FILE or as --state FILE, or a stack, or "
            "another project with --project DIR"
        )
    configured = _configured(policy_config)
    try:
        with start(asked, judging=True, guess=strictest) as read:
            subjects = read.subjects
    except NothingToJudgeError as error:
        said = str(error).partition(";")[0]
        if not allow_empty:
            raise InputError(f"{said}; pass --allow-empty where that is fine") from None
        sys.stderr.write(said + "\n")
        return True
    if not asked.own and subjects[0].directory is not None:
        for warning in overlaps(subjects[0].directory, [one.plan.stack for one in subjects]):
            print(warning, file=sys.stderr)
    book = _waivers(waivers, subjects[0].directory)
    judged = [one.judged(book, configured) for one in subjects]
    if form is Format.TABLE:
        text = StringIO()
        out = console() if output is None else console(file=text)
        for subject, one in zip(subjects, judged, strict=True):
            _print(out, one, subject, verbose=verbose)
        if output is not None:
            emit(text.getvalue(), output, "check")
    else:
        from ascent.output.formats.render import render

        emit(render(form, judged), output, "check")
    return all(one.fine for one in judged)


def _waivers(given: Path | None, directory: Path | None) -> WaiverBook:
    """The waivers that apply; an expired one excuses nothing and is shown as a finding."""
    from ascent.verdicts.judge import WAIVERS
    from policies.pack.registry import RULES
    from policies.pack.waivers import WaiverBook
    from policies.pack.waivers.file import load_waivers

    if given is not None and not given.is_file():
        raise InputError(f"ascent check --waivers {given}: there is no such file; name a waivers file, or leave it out")
    path = given or (directory / WAIVERS if directory else None)
    if path is None:
        return WaiverBook(today=today())
    book = load_waivers(path, today=today(), rules=RULES)
    if book.problems:
        raise InputError("\n".join(book.problems))
    return book


def _configured(path: Path | None) -> Configuration:
    """Configuration for a file: nothing in it can be mended, so a rule that would mend is one that must be met."""
    from ascent.verdicts.judge import configured_by

    configuration = configured_by(path)
    levels = {rule: level.of_findings for rule, level in configuration.levels.items()}
    return replace(configuration, levels=levels)


def _print(out: Console, judged: Judged, subject: Subject, *, verbose: bool) -> None:
    from ascent.output.console.plan import print_findings, print_problems, summary
    from ascent.output.console.values import printable
    from ascent.verdicts.unjudged import not_judged, not_judged_text, overlooked

    origin = subject.origin or "the stack's own"
    out.print(printable(f"{subject.name}: tier {judged.plan.tier} ({origin})"), markup=False, soft_wrap=True)
    print_findings(out, judged.report, judged.position)
    print_problems(out, judged.problems)
    if not subject.has_references:
        out.print("  A stream of events does not say which resource refers to which: rules that ask are unverified.")
        out.print("  A preview without PULUMI_ENABLE_STREAMING_JSON_PREVIEW tells.")
    unjudged = not_judged_text(not_judged(judged.plan))
    if unjudged:
        out.print(f"  {unjudged}", markup=False, soft_wrap=True)
    for resource in overlooked(judged.plan) if verbose else ():
        out.print(f"    {resource.type} {printable(resource.name)}", markup=False, soft_wrap=True)
    out.print(summary(judged.plan, judged.report, judged.problems), soft_wrap=True)
