"""`ascent readiness`: how ready stacks are, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.options import AsJson, AsOf, Directory, Stacks
from ascent.days import today
from ascent.output.console import console
from ascent.planning import chosen_stacks, start
from ascent.readiness.beside import planned_beside
from common.problems import InputError

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
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a score is below --min-score or a control is failing, 2 bad input."""
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
    chosen = chosen_stacks(cwd, stacks or ())
    with start(cwd, chosen) as planning, planned_beside(cwd, chosen) as beside:
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import waivers_of

        sources = Sources.read(cwd, today=day, tests=tests or ())
        judged = planning.result(waivers_of(cwd, day))
        others = [*(one.facts for one in judged), *beside()]
    found = [sources.assess(one.facts, one.report, plan=one.plan, others=others) for one in judged]
    if as_json:
        from ascent.document import text_of
        from ascent.readiness.record import document_of

        print(text_of(document_of(found, day)), end="")
    elif as_markdown:
        from ascent.readiness.markdown import to_markdown

        print(to_markdown(found), end="")
    else:
        _print(found, items=items)
    return all(one.points >= min_score for one in found)


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
