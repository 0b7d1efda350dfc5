"""Readiness on the console: the score, the gaps with the heaviest first, the scores by area and phase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from ascent.output.console.wrapped import say
from ascent.readiness.model import Status
from ascent.readiness.scores.milestones import following as following_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from ascent.readiness.assess import Readiness, Score
    from ascent.readiness.prove import JudgedItem
    from ascent.readiness.scores.reach import Prospect

_STYLES: Final = {
    Status.MET: "green",
    Status.UNMET: "bold red",
    Status.UNKNOWN: "cyan",
    Status.WAIVED: "dim",
    Status.NOT_APPLICABLE: "dim",
}
_WIDTH: Final = 20
"""Characters of a bar."""
_REACH: Final = (
    "by settings: with the best settings of this program. ceiling: with all that Ascent can build and that can be "
    "proven: documents, drills, tests, a deployment"
)
_GOOD, _FAIR = 90, 60
"""Scores from which a bar is green, and yellow."""


def print_readiness(console: Console, readiness: Readiness) -> None:
    """Print one stack.

    Args:
        console: where to.
        readiness: what to print.
    """
    console.print(Text.assemble((readiness.stack, "bold"), f"  tier {readiness.tier}, as of {readiness.today}"))
    for finding in readiness.findings:
        say(console, Text.assemble(("  EXPIRED  ", "bold red"), finding), 11)
    console.print(_prospects(readiness.prospects))
    say(console, Text(_REACH, "dim"))
    titles = {area.name: area.title for area in readiness.areas}
    console.print(_table("area", ((titles[name], score) for name, score in readiness.by_area.items())))
    console.print(_table("phase", ((phase.value, score) for phase, score in readiness.by_phase.items())))
    _print_milestones(console, readiness)
    for judged in readiness.gaps:
        say(console, _gap(judged), 16)
    console.print()


def print_items(console: Console, readiness: Readiness) -> None:
    """Print every item of one stack with all its evidence, by number."""
    for judged in readiness.items:
        style = _STYLES[judged.status]
        head = Text.assemble((f"{judged.item.number:>4}  ", "bold"), (f"{judged.status.value:<24}", style))
        say(console, head.append(judged.item.title), 8)
        if judged.reason:
            say(console, Text(f"        {judged.reason}", "dim"), 8)
        for evidence in judged.evidence:
            name = f" {evidence.id}" if evidence.id else ""
            said = f"        {evidence.kind}{name}: {evidence.found}"
            say(console, Text(said, _STYLES[evidence.status]), 10)
            for about in (*evidence.urns, *evidence.files):
                console.print(Text(f"          {about}", "dim"), soft_wrap=True)
    console.print()


def summary(readiness: Readiness) -> Text:
    """One line: the score, how many items are met, and how many critical gaps there are."""
    score, counts = readiness.score, readiness.counts
    critical = len(readiness.critical_gaps)
    parts = [
        f"{score.met} of {score.counted} items met",
        f"{critical} critical gap{'' if critical == 1 else 's'}",
        f"{counts[Status.UNKNOWN]} unknown until deployed",
    ]
    if counts[Status.WAIVED]:
        parts.append(f"{counts[Status.WAIVED]} waived")
    parts.append(f"{counts[Status.NOT_APPLICABLE]} not applicable")
    if readiness.broken:
        parts.append(f"{score.taken} points taken by broken mandatory rules ({', '.join(readiness.broken)})")
    shown = (f"{readiness.points:.1f}", f"bold {_colour(readiness.points)}")
    return Text.assemble(shown, f" of 100 {readiness.stack} ({readiness.tier}): ", ", ".join(parts))


def _colour(value: float) -> str:
    return "green" if value >= _GOOD else "yellow" if value >= _FAIR else "red"


def _prospects(found: Iterable[Prospect]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("part", min_width=28)
    for heading in ("score", "by settings", "ceiling", "met"):
        table.add_column(heading, justify="right")
    for one in found:
        figures = [score.value for score in (one.score, one.by_settings, one.ceiling)]
        if one.score.value is None:
            table.add_row(one.name, "-", "-", "-", "none asked")
            continue
        shown = [f"{value:.1f}" for value in figures if value is not None]
        table.add_row(one.name, *shown, f"{one.score.met} of {one.score.counted}", style="" if one.part else "bold")
    return table


def _print_milestones(console: Console, readiness: Readiness) -> None:
    """Where the stack stands with each milestone, and what is missing for the next."""
    following = following_of(readiness.milestones)
    for one in readiness.milestones:
        milestone = one.milestone
        mark = ("reached", "green") if one.reached else (f"{len(one.met)} of {one.counted}", "yellow")
        if not one.counted:
            mark = (f"not asked at {readiness.tier}", "dim")
        head = f"milestone {milestone.number}  {milestone.title} ({milestone.when}): "
        console.print(Text.assemble(head, mark), soft_wrap=True)
        if one is following:
            for judged in one.missing:
                said = Text.assemble("  next    ", (f"{judged.item.number:>4} ", "bold"), judged.item.title)
                say(console, said.append(f" ({judged.status.value})", style="dim"), 15)


def _table(heading: str, rows: Iterable[tuple[str, Score]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, min_width=28)
    table.add_column("score", justify="right")
    table.add_column("")
    table.add_column("met", justify="right")
    for name, score in rows:
        if score.value is None:
            table.add_row(name, "-", "", "none asked")
            continue
        filled = int(score.value * _WIDTH / 100)
        bar = Text("█" * filled, _colour(score.value)).append("░" * (_WIDTH - filled), "dim")
        table.add_row(name, f"{score.value:.1f}", bar, f"{score.met} of {score.counted}")
    return table


def _gap(judged: JudgedItem) -> Text:
    """A gap, with what decides against it."""
    item, against = judged.item, judged.against
    said = ""
    if against:
        named = against.kind in ("rule", "query", "file", "test")
        said = f" {against.id}: {against.found}" if named else f" {against.found}"
    head = "bold red" if item.weight == "critical" else "yellow" if item.weight == "high" else "default"
    return Text.assemble(
        (f"  {item.weight:<9}", head),
        (f"{item.number:>4} ", "bold"),
        item.title,
        (f" ({item.phase.value}; {judged.status.value})", "dim"),
        said,
    )
