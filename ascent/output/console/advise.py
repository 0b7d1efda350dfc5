"""Advice on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from ascent.cost.amounts import dollars
from ascent.output.console.values import printable
from ascent.output.console.wrapped import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ascent.advise.advice import Advice
    from ascent.advise.move import Move
    from ascent.advise.placeholders import Placeholder
    from ascent.advise.steps import Step, Steps


_MOST_LOST: Final = 10
"""Items and warnings that are listed; the rest is counted."""


def print_advice(console: Console, advice: Advice, move: Move | None = None) -> None:
    """Print which tier fits: the verdict first, then what asks for it.

    Args:
        console: where to.
        advice: what to print.
        move: what the move to it takes; None where the stack stays.
    """
    say(console, _verdict(advice))
    for trigger in advice.reasons:
        line = Text.assemble((f"  {trigger.tier:<11}", "yellow"), f"{trigger.says}: {trigger.why}")
        say(console, line, 13)
    tier = advice.present or advice.tier
    for trigger in advice.fine:
        say(console, Text(f"  {tier} already answers {trigger.says}", "green"), 4)
    say(console, f"  {tier} stays fine for {', '.join(advice.fine_for)}", 4)
    if advice.quiet:
        say(console, Text(f"  not yet: {'; '.join(t.says for t in advice.quiet)}", "dim"), 4)
    if advice.unasked:
        options = ", ".join(f"--{t.key}" for t in advice.unasked)
        say(console, Text(f"  nothing said of {options}", "dim"), 4)
    if advice.could_be_smaller:
        options = " or ".join(f"--{key}" for key in advice.could_be_smaller)
        say(console, Text(f"  a smaller tier might do; to tell, say {options}", "dim"), 4)
    if move:
        _print_move(console, advice, move)


def _print_move(console: Console, advice: Advice, move: Move) -> None:
    """What the move takes, saves and loses, and the commands for it."""
    if move.smaller:
        saved = move.smaller.before - move.smaller.after
        say(
            console,
            f"  it would save {dollars(saved)} of {dollars(move.smaller.before)} a month, with {move.tier}'s usage",
            4,
        )
        lost = move.smaller.lost
        say(console, f"  it would lose {len(lost)} items of {advice.present}'s checklist{':' if lost else ''}", 4)
        for item in lost[:_MOST_LOST]:
            say(console, Text.assemble((f"    {item.number:>4} ", "bold"), f"{item.title} ({item.weight})"), 9)
        if len(lost) > _MOST_LOST:
            say(console, Text(f"         and {len(lost) - _MOST_LOST} more", "dim"))
        for note in move.smaller.care[:_MOST_LOST]:
            said = printable(f"{note.name}: {note.why}. First: {note.fix}")
            say(console, Text.assemble((f"    {note.kind.value}  ", "bold red"), said), 6)
        if len(move.smaller.care) > _MOST_LOST:
            say(console, Text(f"    and {len(move.smaller.care) - _MOST_LOST} more that need care", "dim"))
    if move.conflict:
        say(console, Text(f"  first: {printable(move.conflict)}", "yellow"), 4)
    print_commands(console, move.lines, move.placeholders)


def print_commands(console: Console, lines: Sequence[str], placeholders: Sequence[Placeholder]) -> None:
    """Print what to run, each line whole so that it can be pasted, and below what must be filled in.

    Args:
        console: where to.
        lines: lines for a shell.
        placeholders: what stands in them for what only the owner knows.
    """
    if lines:
        say(console, "  run:")
    for line in lines:
        console.print(Text(printable(f"    {line}"), "cyan"), soft_wrap=True)
    if placeholders:
        say(console, "  fill in first:")
    for one in placeholders:
        say(console, Text.assemble((f"    {one.text}  ", "bold"), one.about), 6)


def _verdict(advice: Advice) -> Text:
    tier = advice.tier
    if not advice.present:
        return Text.assemble((tier, "bold"), " fits")
    stack = (printable(advice.stack or advice.present), "bold")
    if advice.upgrade and not advice.stack:
        return Text.assemble(("MOVE ", "bold yellow"), "from ", stack, f" to {tier}")
    if advice.upgrade:
        return Text.assemble(("MOVE ", "bold yellow"), stack, f" from {advice.present} to {tier}")
    if advice.smaller:
        could = f" is {advice.present}, larger than it need be: {tier} would do, by what was said"
        return Text.assemble(("LARGE ", "bold cyan"), stack, could)
    is_ = f" is {advice.present}" if advice.stack else ""
    return Text.assemble(("STAY ", "bold green"), stack, f"{is_}; nothing that was said asks for more")


def print_steps(console: Console, steps: Steps, most: int) -> None:
    """Print what to do next, the cheapest points first.

    Args:
        console: where to.
        steps: all steps.
        most: how many to print.
    """
    head = f"  {steps.points:.1f} of 100 at {steps.tier}; dollars a month, points of the score, dollars per point"
    say(console, Text.assemble((printable(steps.stack), "bold"), head), 2)
    shown = steps.ranked[:most]
    for place, step in enumerate(shown, 1):
        say(console, _step(place, step), 24)
        say(console, Text(f"        {printable(step.basis)}", "dim"), 8)
        if step.todo and not step.commands.lines:
            say(console, Text(f"        {printable(step.todo)}", "dim"), 8)
        for line in step.commands.lines:
            console.print(Text(printable(f"        {line}"), "cyan"), soft_wrap=True)
    placeholders = tuple(dict.fromkeys(one for step in shown for one in step.commands.placeholders))
    print_commands(console, (), placeholders)
    rest = [
        (len(steps.ranked) - most, "more below these"),
        (steps.unprovable, "unmet without a proof that exists yet"),
        (steps.later, "unknown until deployed"),
        (steps.waived, "waived"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in rest if count > 0)
    say(console, Text(f"  not listed: {said or 'nothing'}", "dim"), 4)


def _step(place: int, step: Step) -> Text:
    price = "unknown" if step.dollars is None else dollars(step.dollars)
    each = "" if step.per_point is None else f"  ${step.per_point:,.2f}/point"
    titles = "; ".join(f"{j.item.number} {j.item.title}" for j in step.items)
    style = "cyan" if step.dollars is None else "green" if step.dollars == 0 else "yellow"
    return Text.assemble(f"{place:>4}  ", (f"{price:>9}", style), f"  +{step.score:.1f}{each}  {titles}")
