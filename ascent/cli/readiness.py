"""`ascent readiness`: how ready stacks are, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, AsOf, Directory, OtherProject, PreviewFile, Stacks, StateFile, TierInPlace
from ascent.days import today
from ascent.output.console import console
from ascent.subjects.asked import Asked, asked_of
from ascent.subjects.reading import say_origins, start
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.readiness.assess import Readiness
    from ascent.subjects.subject import Subject
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
    preview: PreviewFile = None,
    state: StateFile = None,
    project: OtherProject = None,
    tier: TierInPlace = None,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a score is below --min-score or a control is failing, 2 bad input."""
    asked = asked_of(
        "ascent readiness", stacks, directory=cwd, preview=preview, state=state, project=project, tier=tier
    )
    if framework and not asked.own:
        raise InputError(
            f"ascent readiness --framework {framework}: does not go with {asked.word}, it is for stacks of this "
            "project; leave it out"
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

        wanted = framework_of(framework)
        return show(_judged(asked, day), wanted, day, out=out, as_json=as_json)
    found, subjects = _assessed(asked, day, tests or ())
    say_origins(subjects, aloud=not (as_json or as_markdown))
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


def _assessed(asked: Asked, day: date, tests: Sequence[Path]) -> tuple[list[Readiness], list[Subject]]:
    with start(asked, judging=True, beside=True) as read:
        sources = read.sources(day, tests)
        waivers = read.waivers(day)
        subjects = read.subjects
        judged = [one.judged(waivers) for one in subjects]
        others = [*(one.facts for one in judged), *read.beside()]
    return [sources.assess(one.facts, one.report, plan=one.plan, others=others) for one in judged], subjects


def _judged(asked: Asked, day: date) -> list[Judged]:
    with start(asked, judging=True) as read:
        waivers = read.waivers(day)
        return [one.judged(waivers) for one in read.subjects]


def _print(stacks: Sequence[Readiness], *, items: bool) -> None:
    from ascent.output.console.readiness import print_items, print_readiness, summary

    out = console()
    for readiness in stacks:
        (print_items if items else print_readiness)(out, readiness)
    for readiness in stacks:
        out.print(summary(readiness), soft_wrap=True)
