"""Prints what came of a probe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from ascent.output.console.wrapped import say
from ascent.probe.answer import Verdict
from ascent.probe.table import CHECKS

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.probe.answer import Answer
    from ascent.probe.asking import Probed

_STYLES: Final = {Verdict.PROVEN: "green", Verdict.FAILED: "bold red", Verdict.NOT_ASKED: "yellow"}
_WIDTH: Final = max(len(verdict.value) for verdict in Verdict) + 1


def print_answer(out: Console, answer: Answer) -> None:
    """Print what a check said, and the fix.

    Args:
        out: where to.
        answer: the answer.
    """
    said = answer.said
    head = (said.verdict.value.ljust(_WIDTH), _STYLES[said.verdict])
    say(out, Text.assemble(head, f"{answer.check}: {said.evidence}"), _WIDTH)
    if said.fix:
        say(out, Text.assemble(" " * _WIDTH, (f"fix: {said.fix}", "dim")), _WIDTH)


def print_items(out: Console, probed: Probed) -> None:
    """Print the checklist items that the checks are about, each with the worst that was said of it.

    Args:
        out: where to.
        probed: what came of the probe.
    """
    worst = (Verdict.FAILED, Verdict.NOT_ASKED, Verdict.PROVEN)
    for item in sorted({item for answer in probed.answers for item in CHECKS[answer.check].items}):
        said = [answer for answer in probed.answers if item in CHECKS[answer.check].items]
        verdict = next(v for v in worst if any(answer.said.verdict is v for answer in said))
        checks = ", ".join(answer.check for answer in said)
        say(out, Text.assemble((verdict.value.ljust(_WIDTH), _STYLES[verdict]), f"item {item}: {checks}"), _WIDTH)


def print_summary(out: Console, probed: Probed) -> None:
    """Print a line on the whole.

    Args:
        out: where to.
        probed: what came of the probe.
    """
    counted = ", ".join(f"{probed.count(verdict)} {verdict.value}" for verdict in Verdict)
    image = f" ({probed.digest[:19]}{', as stated' if probed.stated else ''})" if probed.digest else ""
    say(out, f"{'OK' if probed.fine else 'NOT OK'} {probed.target}{image}: {counted}")
