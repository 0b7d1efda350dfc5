"""`ascent diff`: what a change does to stacks."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import (
    AsJson,
    AsOf,
    Directory,
    OtherProject,
    Output,
    PreviewFiles,
    StateFiles,
    TierInPlace,
)
from ascent.days import today
from ascent.output.console import console
from ascent.output.files import emit
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.diff.change import Change
    from ascent.subjects.asked import Asked


def run(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BASE [HEAD]]",
            help="Two revisions of git; without HEAD the files that are there. Beside a file: the stack to arrive at.",
        ),
    ] = None,
    previews: PreviewFiles = None,
    states: StateFiles = None,
    project: OtherProject = None,
    stacks: Annotated[
        list[str] | None,
        typer.Option("--stack", metavar="STACK", help="With revisions: this stack; all without one."),
    ] = None,
    tier: TierInPlace = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a comment for a pull request.")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="Exit with 1 on failures (new mandatory ones), data-loss, or dollars=N (more than N added a month).",
        ),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 compared, 1 the change does what --fail-on names, 2 bad input."""
    if as_json and as_markdown:
        raise InputError("ascent diff: --json and --markdown exclude each other; give one of them")
    from ascent.diff.limits import limits_of

    limits, day, given = limits_of(fail_on or ()), as_of or today(), list(words or ())
    if previews or states or "-" in given:
        if stacks:
            raise InputError("ascent diff --stack: goes with revisions; beside a file, write the stack without it")
        from ascent.subjects.pair import two_of

        two = two_of("ascent diff", given, directory=cwd, previews=previews, states=states, project=project, tier=tier)
        names, changes = _of_subjects(two, day)
    else:
        if tier is not None:
            raise InputError(f"ascent diff --tier {tier}: goes with --preview or --state; revisions name their tiers")
        names, changes = _of_revisions(given, project, stacks or (), cwd, day)
    stopped = limits.broken_by(changes)
    emit(_rendered(names, changes, stopped, as_json=as_json, as_markdown=as_markdown, to_file=output), output, "diff")
    return not stopped


def _of_subjects(two: tuple[Asked, Asked], day: date) -> tuple[tuple[str, str], list[Change]]:
    from ascent.cost.book.prices import load_prices
    from ascent.diff.change import Change
    from ascent.diff.sides import side_of, waivers_in
    from ascent.subjects.reading import one_stack, say_origins, start

    book = load_prices()
    sides = []
    for asked in two:
        with start(asked, beside=True) as read:
            sources = read.sources(day)
            subject = one_stack(asked, read.subjects)
            others = read.beside()
        sides.append(side_of(subject, waivers_in(subject.directory, day), sources, book, others))
    before, after = sides
    say_origins([before.subject, after.subject], aloud=False)
    return (before.subject.name, after.subject.name), [Change(before, after)]


def _of_revisions(
    given: list[str], project: Path | None, stacks: Sequence[str], cwd: Path, day: date
) -> tuple[tuple[str, str], list[Change]]:
    if not 1 <= len(given) <= 2:
        raise InputError(
            f"ascent diff: names {len(given)} revisions: give BASE, BASE HEAD, two files, or a file and a stack, for "
            "example ascent diff main HEAD, or ascent diff --state state.json prod"
        )
    directory = cwd if project is None else project
    from ascent.diff.revisions import WORKING_TREE, between
    from ascent.plan.config import stack_names
    from ascent.subjects.revisions import is_revision

    known = stack_names(directory)
    for word in given:
        if word in known and not is_revision(directory, word):
            other = given[0] if len(given) == 1 else " ".join(given)
            raise InputError(
                f"ascent diff {word}: is a stack, not a revision of git; compare stacks with ascent compare {other}, "
                f"or what is deployed with ascent diff --state FILE {word}"
            )
    if project is not None:
        from ascent.subjects.foreign import say_code_runs

        say_code_runs("ascent diff", project)
    base, head = given[0], given[1] if len(given) == 2 else None
    return (base, head or WORKING_TREE), between("ascent diff", directory, base, head, stacks, day)


def _rendered(
    names: tuple[str, str],
    changes: Sequence[Change],
    stopped: Sequence[str],
    *,
    as_json: bool,
    as_markdown: bool,
    to_file: Path | None,
) -> str:
    if as_json:
        from ascent.diff.document import to_document
        from ascent.document import text_of

        return text_of(to_document(names, changes, stopped))
    if as_markdown:
        from ascent.output.formats.diff_comment import to_comment

        return to_comment(names, changes, stopped)
    from ascent.output.console.diff import print_change, print_summary

    text = StringIO()
    out = console() if to_file is None else console(file=text)
    for one in changes:
        print_change(out, one)
    print_summary(out, changes, stopped)
    return text.getvalue()
