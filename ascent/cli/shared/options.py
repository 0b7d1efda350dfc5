"""Options and arguments that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from ascent.days import day
from ascent.output.formats.kinds import Format
from common.problems import InputError

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
    typer.Argument(metavar="STACK", help="Stacks; all of the project without one.", autocompletion=complete_stack),
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
