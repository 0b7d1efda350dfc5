"""Prints who reaches whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascent.reach.answer import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ascent.reach.answer import Answer, Hop, Step

_STYLES: Final = {Verdict.OPEN: "green", Verdict.CLOSED: "bold red", Verdict.UNKNOWN: "yellow"}
_WORDS: Final = {
    Verdict.OPEN: "reaches",
    Verdict.CLOSED: "does not reach",
    Verdict.UNKNOWN: "may or may not reach",
}
_MARKS: Final = {Verdict.OPEN: "+", Verdict.CLOSED: "x", Verdict.UNKNOWN: "?"}


def print_way(out: Console, answer: Answer) -> None:
    """Print one answer: every connection with what it passes, and a line of summary.

    Args:
        out: where to.
        answer: whether one place reaches another.
    """
    for hop in answer.hops:
        out.print(Text(_named(hop), "bold"), soft_wrap=True)
        for step in hop.steps:
            out.print(Padding(_line(step), (0, 0, 0, 2)))
    out.print(Text(f"{answer.source} {_WORDS[answer.verdict]} {answer.target}", _STYLES[answer.verdict]))


def print_ways(out: Console, stack: str, answers: Sequence[Answer]) -> None:
    """Print many answers, a row each.

    Args:
        out: where to.
        stack: the stack that was asked.
        answers: what it answered.
    """
    table = Table(title=f"{stack}: who reaches whom", title_justify="left", box=None, pad_edge=False)
    for heading in ("from", "to", "", "by way of, or what stops it"):
        table.add_column(heading, overflow="fold")
    for answer in answers:
        stopped = answer.stopped_by
        via = [f"{hop.target}:{hop.port}" for hop in answer.hops]
        said = stopped.text if stopped else ", ".join(via)
        word = Text(answer.verdict.value, _STYLES[answer.verdict])
        table.add_row(answer.source, answer.target, word, Text(said))
    out.print(table)


def _named(hop: Hop) -> str:
    port = "" if hop.port is None else f":{hop.port}"
    return f"{hop.source} -> {hop.target}{port}"


def _line(step: Step) -> Text:
    return Text.assemble((f"{_MARKS[step.verdict]} ", _STYLES[step.verdict]), step.text)
