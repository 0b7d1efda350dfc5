"""`ascent explain`: every setting, its value and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from ascent.cli.options import AsJson, Directory, complete_stack
from ascent.cli.usage import must_be_one_of
from ascent.output.console import console
from ascent.plan.config import read_stack
from common.problems import InputError
from settings.describe import Row, rows
from settings.load import SECTIONS, resolve
from settings.validation import camel

ALLOWED: Final = ("stack", *(camel(name) for name in SECTIONS))
"""The sections, before them the settings outside of all sections."""

_ORIGIN_STYLE = {"default": "dim", "tier": "cyan", "stack file": "bold green"}


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to explain.", autocompletion=complete_stack)],
    section: Annotated[
        str | None,
        typer.Argument(
            metavar="[SECTION]",
            help="One section, such as network; all without it.",
            autocompletion=lambda: list(ALLOWED),
        ),
    ] = None,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 explained, 2 bad input."""
    if section is not None and section not in ALLOWED:
        raise InputError(f"ascent explain {stack} {section}: {must_be_one_of(section, ALLOWED)}")
    found = read_stack(cwd, stack)
    resolved = resolve(found.values, stack=stack, project=found.project)
    chosen = [row for row in rows(resolved) if section is None or _section(row) == section]
    if as_json:
        print(json.dumps([_record(row) for row in chosen], indent=2, ensure_ascii=False))
        return
    console().print(_table(f"{stack}: tier {resolved.settings.tier.value}", chosen))


def _section(row: Row) -> str:
    head, dot, _ = row.path.partition(".")
    return head if dot else "stack"


def _record(row: Row) -> dict[str, object]:
    return {
        "path": f"ascent:{row.path}",
        "value": row.value,
        "unit": row.unit,
        "origin": row.origin.value,
        "about": row.about,
        "cost": row.cost,
    }


def _table(title: str, chosen: list[Row]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading in ("setting", "value", "unit", "from", "what it is for"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("setting", "from"))
    last = ""
    for row in chosen:
        if last and _section(row) != last:
            table.add_section()
        last = _section(row)
        about = Text(row.about)
        if row.cost:
            about.append(f" ({row.cost})", style="yellow")
        value = row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)
        origin = row.origin.value
        table.add_row(row.path, Text(value, style="bold"), row.unit, Text(origin, _ORIGIN_STYLE[origin]), about)
    return table
