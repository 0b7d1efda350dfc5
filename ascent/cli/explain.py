"""`ascent explain`: every setting, its value, where it comes from, and what changing it does to a live stack."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.cli.shared.usage import must_be_one_of
from ascent.output.console import console
from ascent.plan.config import read_stack
from ascent.plan.settings import settings_of
from common.problems import InputError
from settings.description.changes import IN_PLACE, ROLLING
from settings.description.rows import Row, rows
from settings.load import SECTIONS
from settings.validation import camel

ALLOWED: Final = ("stack", *(camel(name) for name in SECTIONS))
"""The sections, before them the settings outside of all sections."""

_WIDE: Final = 110
"""Columns from which on the table reads well."""

_NOT_SAID: Final = "In brackets: what a change does to a live stack; without, it is made in place, and nothing is lost."

_ORIGIN_STYLE = {"default": "dim", "tier": "cyan", "stack file": "bold green"}


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to explain.", autocompletion=complete_stack)],
    section: Annotated[
        str | None,
        typer.Argument(
            metavar="[SECTION]",
            help="One section, such as network, or one setting, such as network.nat; all without it.",
            autocompletion=lambda: list(ALLOWED),
        ),
    ] = None,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 explained, 2 bad input."""
    if section is not None and section.partition(".")[0] not in ALLOWED:
        raise InputError(f"ascent explain {stack} {section}: {must_be_one_of(section, ALLOWED)}")
    found = read_stack(cwd, stack)
    if found.note:
        print(found.note, file=sys.stderr)
    resolved = settings_of(found)
    for note in resolved.notes:
        print(note, file=sys.stderr)
    chosen = [row for row in rows(resolved) if section is None or _is_in(row, section)]
    if section is not None and not chosen:
        near = [row.path for row in rows(resolved) if _section(row) == section.partition(".")[0]]
        raise InputError(f"ascent explain {stack} {section}: {must_be_one_of(section, near)}")
    if as_json:
        print(json.dumps([_record(row) for row in chosen], indent=2, ensure_ascii=False))
        return
    if section is not None and [row.path for row in chosen] == [section]:
        console().print(_detail(chosen[0]))
        return
    out, title = console(), f"{stack}: tier {resolved.settings.tier.value}"
    out.print(_table(title, chosen) if out.width >= _WIDE else _list(title, chosen))
    out.print(_NOT_SAID, style="dim")


def _section(row: Row) -> str:
    head, dot, _ = row.path.partition(".")
    return head if dot else "stack"


def _is_in(row: Row, section: str) -> bool:
    """Whether a setting is the one asked for, or in the section."""
    return row.path == section or row.path.startswith(f"{section}.") or _section(row) == section


def _record(row: Row) -> dict[str, object]:
    return {
        "path": f"ascent:{row.path}",
        "value": row.value,
        "unit": row.unit,
        "origin": row.origin.value,
        "about": row.about,
        "cost": row.cost,
        "changes": asdict(row.changes),
    }


def _list(title: str, chosen: list[Row]) -> Group:
    """What `_table` says, for terminals that are too narrow for its columns."""
    lines: list[RenderableType] = [Text(title, "bold")]
    for row in chosen:
        origin = row.origin.value
        value = f"{_value(row)} {row.unit}".rstrip()
        lines.append(Text.assemble(row.path, "  ", (value, "bold"), "  ", (origin, _ORIGIN_STYLE[origin])))
        lines.append(Padding(_about(row), (0, 0, 0, 2)))
    return Group(*lines)


def _about(row: Row) -> Text:
    """What a setting is for, what it costs, and what a change does where it does more than the usual."""
    about = Text(row.about)
    if row.cost:
        about.append(f" ({row.cost})", style="yellow")
    if row.changes not in (IN_PLACE, ROLLING):
        about.append(f" [{row.changes}]", style="magenta")
    return about


def _detail(row: Row) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    said = {
        "setting": row.path,
        "value": f"{_value(row)} {row.unit}".rstrip(),
        "from": row.origin.value,
        "what it is for": row.about,
        "cost": row.cost,
        "a change": row.changes.effect.value,
        "of": ", ".join(row.changes.what),
        "data lost": f"{row.changes.data}{', where it is lowered' if row.changes.lowered else ''}",
        "downtime": row.changes.downtime,
        "note": row.changes.how,
    }
    for name, text in said.items():
        if text:
            table.add_row(name, Text(text))
    return table


def _value(row: Row) -> str:
    return row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)


def _table(title: str, chosen: list[Row]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading in ("setting", "value", "unit", "from", "what it is for"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("setting", "from"))
    last = ""
    for row in chosen:
        if last and _section(row) != last:
            table.add_section()
        last = _section(row)
        origin = row.origin.value
        table.add_row(
            row.path, Text(_value(row), style="bold"), row.unit, Text(origin, _ORIGIN_STYLE[origin]), _about(row)
        )
    return table
