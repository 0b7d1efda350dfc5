"""`ascent readiness`: how ready stacks are, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.deployed import assess_file, file_given
from ascent.cli.shared.options import AsJson, AsOf, Directory, Stacks
from ascent.days import today
from ascent.output.console import console
from ascent.plan.engine.file import name_of
from ascent.planning import chosen_stacks, start
from ascent.readiness.beside import planned_beside
from common.problems import InputError
from common.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.readiness.assess import Readiness
    from ascent.verdicts.judged import Judged


def run(
    stacks: Stacks = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    items: Annotated[
        bool, typer.Option("--items", help="Print every item with its evidence, not only the gaps.")
    ] = False,
    min_score: Annotated[
        float, typer.Option(metavar="N", min=0, max=100, help="Exit with 1 if a score is below this.")
    ] = 0,
    tests: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Results of tests, from pytest --junit-xml FILE.")
    ] = None,
    framework: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Stand by the controls of a framework: soc2, cis; `ascent rules --frameworks`."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With --framework: write evidence, CSV and a page to print.")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Assess what is deployed: output of `pulumi stack export`; - for stdin."),
    ] = None,
    preview: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Assess a preview: output of `pulumi preview --json --show-sames`."),
    ] = None,
    tier: Annotated[
        Tier | None,
        typer.Option(help="With --state or --preview: tier to hold it against.", show_default="the stack's own"),
    ] = None,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a score is below --min-score or a control is failing, 2 bad input."""
    file = file_given("ascent readiness", preview, state)
    if file is None and tier is not None:
        raise InputError(
            f"ascent readiness --tier {tier}: goes with --state or --preview; a stack's file names its tier"
        )
    if file is not None and (stacks or framework):
        other = stacks[0] if stacks else f"--framework {framework}"
        raise InputError(
            f"ascent readiness {other}: does not go with --{file[0].value}, which is of one stack; leave it out"
        )
    if as_json + as_markdown + items > 1:
        raise InputError("ascent readiness: --json, --markdown and --items exclude each other; give one of them")
    if framework is None and out is not None:
        raise InputError("ascent readiness --out: writes a framework's evidence; give --framework NAME with it")
    day = as_of or today()
    if framework is not None:
        if as_markdown or items or tests or min_score:
            raise InputError("ascent readiness --framework: goes with --json, --out and --as-of; leave out the others")
        from ascent.compliance.command import framework_of, show

        asked = framework_of(framework)
        return show(_judged(cwd, stacks or (), day), asked, day, out=out, as_json=as_json)
    origin = ""
    if file is not None:
        readiness, origin = assess_file(*file, tier, directory=cwd, day=day, tests=tests or [])
        found = [readiness]
    else:
        found = _assessed(cwd, stacks or (), day, tests or ())
    if as_json:
        from ascent.document import text_of
        from ascent.readiness.record import document_of

        print(text_of(document_of(found, day)), end="")
    elif as_markdown:
        from ascent.readiness.markdown import to_markdown

        print(to_markdown(found), end="")
    else:
        if file is not None:
            console().print(f"{name_of(file[1])}: tier {found[0].tier} ({origin})", markup=False, soft_wrap=True)
        _print(found, items=items)
    return all(one.points >= min_score for one in found)


def _assessed(directory: Path, names: Sequence[str], day: date, tests: Sequence[Path]) -> list[Readiness]:
    chosen = chosen_stacks(directory, names)
    with start(directory, chosen) as planning, planned_beside(directory, chosen) as beside:
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import waivers_of

        sources = Sources.read(directory, today=day, tests=tests)
        judged = planning.result(waivers_of(directory, day))
        others = [*(one.facts for one in judged), *beside()]
    return [sources.assess(one.facts, one.report, plan=one.plan, others=others) for one in judged]


def _judged(directory: Path, names: Sequence[str], day: date) -> list[Judged]:
    with start(directory, chosen_stacks(directory, names)) as planning:
        from ascent.verdicts.judge import waivers_of

        return planning.result(waivers_of(directory, day))


def _print(stacks: Sequence[Readiness], *, items: bool) -> None:
    from ascent.output.console.readiness import print_items, print_readiness, summary

    out = console()
    for readiness in stacks:
        (print_items if items else print_readiness)(out, readiness)
    for readiness in stacks:
        out.print(summary(readiness), soft_wrap=True)
