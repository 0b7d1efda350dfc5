"""Prints how a deployed stack is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from ascent.verify.answer import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from ascent.verify.answer import Answer
    from ascent.verify.asking import Verified

_STYLES: Final = {Verdict.WELL: "green", Verdict.NOT_WELL: "bold red", Verdict.NOT_ASKED: "yellow"}


def print_verified(out: Console, found: Verified) -> None:
    """Print every answer, then a line of summary.

    Args:
        out: where to.
        found: the answers.
    """
    print_answers(out, found.answers)
    subject = found.subject
    word = "OK" if found.well else "NOT OK"
    out.print(Text(f"{word} {subject.stack} ({subject.aws.region}, {subject.aws.account}): {summary(found)}"))


def print_answers(out: Console, answers: Iterable[Answer]) -> None:
    """Print answers, each with where to look on if it is not well.

    Args:
        out: where to.
        answers: what checks said.
    """
    for answer in answers:
        out.print(_line(answer), soft_wrap=True)
        for word, text in (("see", answer.said.runbook), ("run", answer.said.command)):
            if text:
                out.print(Padding(Text(f"{word} {text}", "dim"), (0, 0, 0, 11)), soft_wrap=True)


def summary(found: Verified) -> str:
    """How many are well and how many are not."""
    return ", ".join(f"{found.count(verdict)} {verdict.value}" for verdict in Verdict)


def _line(answer: Answer) -> Text:
    verdict = answer.said.verdict
    subject = "" if answer.subject == "" else f" {answer.subject}:"
    separator = ":" if verdict is Verdict.NOT_ASKED else " "
    return Text.assemble(
        (f"{verdict.value}{separator}".ljust(11), _STYLES[verdict]), f"{answer.check}{subject} {answer.said.text}"
    )
