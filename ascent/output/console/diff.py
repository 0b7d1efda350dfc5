"""What a change does, on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from ascent.catalog.tokens import short
from ascent.compare.care import Kind
from ascent.diff.change import is_unsure
from ascent.diff.words import counts, differing, money, readiness, verdicts
from ascent.output.console.values import printable
from ascent.verdicts.findings import Meaning, meaning_of, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ascent.diff.change import Change

_STYLES: Final = {Kind.REMOVED: "bold red", Kind.REPLACED: "bold red", Kind.INTERRUPTED: "yellow"}
_FINDINGS: Final = {Meaning.FAIL: "bold red", Meaning.ERROR: "bold red"}


def print_change(console: Console, one: Change) -> None:
    """Print what a change does to one stack.

    Args:
        console: where to.
        one: the change.
    """
    kind = ", new" if one.before is None else ", goes" if one.after is None else ""
    console.print(Text(printable(f"{one.stack} ({one.tier}){kind}"), "bold"), soft_wrap=True)
    _print_resources(console, one)
    for note in one.care:
        said = printable(f"{note.name}: {note.why}. First: {note.fix}")
        console.print(Text.assemble((f"  {note.kind.value:<14}", _STYLES[note.kind]), said), soft_wrap=True)
    for mark, found in (("new", one.broken), ("mended", one.mended)):
        for result in found:
            style = _FINDINGS.get(meaning_of(result), "yellow") if mark == "new" else "green"
            said = printable(f"{result.verdict.rule} {name_of(result.verdict.urn)}: {result.message}")
            console.print(Text.assemble((f"  {mark} {meaning_of(result).value:<10}", style), said), soft_wrap=True)
    for mark, style, items in (("met", "green", one.gained), ("met no longer", "red", one.missed)):
        for item in items:
            console.print(Text.assemble((f"  {mark} ", style), f"{item.number} {item.title}"), soft_wrap=True)


def print_summary(console: Console, changes: Sequence[Change], stopped: Sequence[str]) -> None:
    """Print a line for each stack, and what must not pass.

    Args:
        console: where to.
        changes: what the change does to each stack.
        stopped: what it must not do.
    """
    for one in changes:
        said = f"{one.stack}: {counts(one)}; {verdicts(one)}; readiness {readiness(one)}; {money(one)}"
        console.print(Text(printable(said)), soft_wrap=True)
        if one.lost:
            names = ", ".join(note.name for note in one.lost)
            console.print(Text(printable(f"{one.stack}: LOSES DATA of {names}"), "bold red"), soft_wrap=True)
    for line in stopped:
        console.print(Text(printable(f"must not pass: {line}"), "bold red"), soft_wrap=True)


def _print_resources(console: Console, one: Change) -> None:
    found = one.resources
    for new in one.replaced:
        said = f"{short(new.changed.after.type)} {new.changed.name} by {', '.join(new.by)}: {differing(new.changed)}"
        console.print(Text.assemble(("  ± ", "bold red"), printable(f"{said}")), soft_wrap=True)
    for mark, style, part in (("-", "red", found.removed), ("+", "green", found.added)):
        for only in part:
            said = printable(f"{short(only.resource.type)} {only.name}")
            console.print(Text.assemble((f"  {mark} ", style), said), soft_wrap=True)
    for changed in one.updated:
        unsure = " (or made anew: nothing is known of its type)" if is_unsure(changed) else ""
        said = printable(f"{short(changed.after.type)} {changed.name}: {differing(changed)}{unsure}")
        console.print(Text.assemble(("  ~ ", "yellow"), said), soft_wrap=True)
