"""`ascent check`: what the rules say of a preview or a state of any Pulumi program."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import Form, Output, PolicyConfig
from ascent.days import today
from ascent.output.console import console
from ascent.output.files import emit
from ascent.output.formats.kinds import Format
from ascent.overlaps import overlaps
from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind, NothingToJudgeError, read_engine_file
from ascent.project import project_directory, repository_path
from common.problems import InputError
from common.tiers import STRICTEST, Tier

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.plan.engine.output import EngineOutput
    from ascent.verdicts.judged import Judged
    from policies.pack.configuration import Configuration
    from policies.pack.waivers import WaiverBook


def run(
    preview: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output of `pulumi preview --json --show-sames`; - for stdin.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output of `pulumi stack export`, gzip or not; - for stdin.")
    ] = None,
    tier: Annotated[
        Tier | None,
        typer.Option(help="Tier whose levels apply; by default the one in the file's configuration, else enterprise."),
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
) -> bool:
    """Exit status: 0 fine, 1 a mandatory rule failed, 2 bad input."""
    kind, path = _input(preview, state)
    try:
        found = read_engine_file(kind, path)
    except NothingToJudgeError as error:
        if not allow_empty:
            raise
        sys.stderr.write(str(error).partition(";")[0] + "\n")
        return True
    applied, origin = _tier(tier, found)
    found = replace(found, plan=replace(found.plan, tier=applied))
    judged = _judged(found, path, waivers, policy_config)
    if form is Format.TABLE:
        text = StringIO()
        _print(console() if output is None else console(file=text), judged, found, origin, verbose=verbose)
        if output is not None:
            emit(text.getvalue(), output, "check")
    else:
        from ascent.output.formats.render import render

        emit(render(form, [judged]), output, "check")
    return judged.fine


def _input(preview: Path | None, state: Path | None) -> tuple[FileKind, Path]:
    if preview is not None and state is None:
        return FileKind.PREVIEW, preview
    if state is not None and preview is None:
        return FileKind.STATE, state
    given = "both --preview and --state are given" if state else "no file is given"
    raise InputError(f"ascent check: {given}; name one file, as --preview FILE or as --state FILE")


def _tier(given: Tier | None, found: EngineOutput) -> tuple[str, str]:
    """The tier that applies, and where it comes from."""
    if given is not None:
        return given, "given by --tier"
    if found.plan.tier in list(Tier):
        return found.plan.tier, "from ascent:tier in the file"
    return STRICTEST, "the strictest, because the file names none; --tier names another"


def _judged(found: EngineOutput, path: Path, waivers: Path | None, policy_config: Path | None) -> Judged:
    from ascent.verdicts.judge import facts_of
    from ascent.verdicts.judged import Judged
    from ascent.verdicts.references import without_references
    from policies.pack.evaluate import evaluate
    from policies.pack.registry import RULES

    plan = found.plan
    here = Path() if path == STANDARD_INPUT else path.parent
    directory = project_directory(plan.project, here, Path())
    for warning in overlaps(directory, [plan.stack]) if directory else ():
        print(warning, file=sys.stderr)
    configured = _configured(policy_config)
    facts = facts_of(plan, found.deployed)
    report = evaluate(facts, waivers=_waivers(waivers, directory), configured=configured)
    if not found.has_references:
        report = without_references(report, facts, RULES, configured)
    return Judged(
        plan=plan,
        facts=facts,
        report=report,
        problems=found.problems,
        file=_file(path, plan.stack, directory),
        root=repository_path(directory) if directory else "",
        positions=found.positions,
    )


def _file(path: Path, stack: str, directory: Path | None) -> str:
    """What findings point to without a line of the program; a service wants a file, also for standard input."""
    if path != STANDARD_INPUT:
        return repository_path(path)
    settings = directory / f"Pulumi.{stack}.yaml" if directory else None
    return repository_path(settings) if settings and settings.is_file() else "Pulumi.yaml"


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


def _print(out: Console, judged: Judged, found: EngineOutput, origin: str, *, verbose: bool) -> None:
    from ascent.output.console.plan import print_findings, print_problems, summary
    from ascent.output.console.values import printable
    from ascent.verdicts.unjudged import not_judged, not_judged_text, overlooked

    out.print(f"{found.name}: tier {judged.plan.tier} ({origin})", markup=False, soft_wrap=True)
    print_findings(out, judged.report, judged.position)
    print_problems(out, judged.problems)
    if not found.has_references:
        out.print("  A stream of events does not say which resource refers to which: rules that ask are unverified.")
        out.print("  A preview without PULUMI_ENABLE_STREAMING_JSON_PREVIEW tells.")
    unjudged = not_judged_text(not_judged(judged.plan))
    if unjudged:
        out.print(f"  {unjudged}", markup=False, soft_wrap=True)
    for resource in overlooked(judged.plan) if verbose else ():
        out.print(f"    {resource.type} {printable(resource.name)}", markup=False, soft_wrap=True)
    out.print(summary(judged.plan, judged.report, judged.problems), soft_wrap=True)
