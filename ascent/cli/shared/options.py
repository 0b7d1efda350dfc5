"""Options and arguments that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from ascent.days import day
from ascent.output.formats.kinds import Format
from common.problems import InputError
from common.tiers import Tier

MOST: Final = 10**12
"""The largest number that an option takes; only such as are no number are above it."""


def complete_stack(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the project's stacks, for a shell.

    Args:
        context: the command line so far.
        incomplete: the beginning of a name.
    """
    from ascent.plan.config import stack_names

    try:
        return [name for name in stack_names(context.params.get("cwd") or Path()) if name.startswith(incomplete)]
    except InputError:
        return []


Stacks = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STACK",
        help="Stacks; all of the project without one; - for a preview or state on stdin.",
        autocompletion=complete_stack,
    ),
]
PreviewFile = Annotated[
    Path | None,
    typer.Option(
        "--preview", metavar="FILE", help="A preview: output of `pulumi preview --json --show-sames`; - for stdin."
    ),
]
StateFile = Annotated[
    Path | None,
    typer.Option(
        "--state", metavar="FILE", help="What is deployed: output of `pulumi stack export`, gzip or not; - for stdin."
    ),
]
PreviewFiles = Annotated[
    list[Path] | None,
    typer.Option("--preview", metavar="FILE", help="The same as for other commands; given twice: before and after."),
]
StateFiles = Annotated[
    list[Path] | None,
    typer.Option("--state", metavar="FILE", help="The same as for other commands; given twice: before and after."),
]
OtherProject = Annotated[
    Path | None,
    typer.Option(
        "--project", metavar="DIR", help="Another Python project, planned offline; this runs its program's own code."
    ),
]
TierInPlace = Annotated[
    Tier | None,
    typer.Option(
        "--tier",
        help="With --preview, --state, --project or -: the tier to take.",
        show_default="the stack's own, or a guess that is said",
    ),
]
Directory = Annotated[
    Path, typer.Option("--cwd", "-C", help="Directory of the Pulumi project.", show_default="the current one")
]
Form = Annotated[Format, typer.Option("--format", help="How to write the verdicts.")]
PolicyConfig = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Levels and parameters of rules, in the form of --policy-pack-config."),
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write to this file, whole or not at all.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    date | None,
    typer.Option(parser=day, metavar="DATE", help="Day to judge for, YYYY-MM-DD.", show_default="today, in UTC"),
]
