"""Advice on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ascent.cost.amounts import dollars
from ascent.output.console.values import printable

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.advise.advice import Advice
    from ascent.advise.steps import Step, Steps


def print_advice(console: Console, advice: Advice) -> None:
    """Print which tier fits: the verdict first, then what asks for it.

    Args:
        console: where to.
        advice: what to print.
    """
    console.print(_verdict(advice), soft_wrap=True)
    for trigger in advice.reasons:
        line = Text.assemble((f"  {trigger.tier:<11}", "yellow"), f"{trigger.says}: {trigger.why}")
        console.print(line, soft_wrap=True)
    tier = advice.present or advice.tier
    for trigger in advice.fine:
        console.print(Text(f"  {tier} already answers {trigger.says}", "green"), soft_wrap=True)
    console.print(Text(f"  {tier} stays fine for {', '.join(advice.fine_for)}"), soft_wrap=True)
    if advice.quiet:
        console.print(Text(f"  not yet: {'; '.join(t.says for t in advice.quiet)}", "dim"), soft_wrap=True)
    if advice.unasked:
        options = ", ".join(f"--{t.key}" for t in advice.unasked)
        console.print(Text(f"  nothing said of {options}", "dim"), soft_wrap=True)
    if advice.upgrade:
        line = f"  what it takes: ascent compare {advice.stack} --tier {advice.tier}"
        console.print(Text(printable(line)), soft_wrap=True)


def _verdict(advice: Advice) -> Text:
    if not advice.present:
        return Text.assemble((advice.tier, "bold"), " fits")
    stack = (printable(advice.stack), "bold")
    if advice.upgrade:
        return Text.assemble(("MOVE ", "bold yellow"), stack, f" from {advice.present} to {advice.tier}")
    return Text.assemble(("STAY ", "bold green"), stack, f" is {advice.present}; nothing that was said asks for more")


def print_steps(console: Console, steps: Steps, most: int) -> None:
    """Print what to do next, the cheapest points first.

    Args:
        console: where to.
        steps: all steps.
        most: how many to print.
    """
    head = f"  {steps.points:.1f} of 100 at {steps.tier}; dollars a month, points of the score, dollars per point"
    console.print(Text.assemble((printable(steps.stack), "bold"), head), soft_wrap=True)
    for place, step in enumerate(steps.ranked[:most], 1):
        console.print(_step(place, step), soft_wrap=True)
        console.print(Text(f"        {printable(step.basis)}", "dim"), soft_wrap=True)
        if step.todo:
            console.print(Text(f"        {printable(step.todo)}", "dim"), soft_wrap=True)
    rest = [
        (len(steps.ranked) - most, "more below these"),
        (steps.unprovable, "unmet without a proof that exists yet"),
        (steps.later, "unknown until deployed"),
        (steps.waived, "waived"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in rest if count > 0)
    console.print(Text(f"  not listed: {said or 'nothing'}", "dim"), soft_wrap=True)


def _step(place: int, step: Step) -> Text:
    price = "unknown" if step.dollars is None else dollars(step.dollars)
    each = "" if step.per_point is None else f"  ${step.per_point:,.2f}/point"
    titles = "; ".join(f"{j.item.number} {j.item.title}" for j in step.items)
    style = "cyan" if step.dollars is None else "green" if step.dollars == 0 else "yellow"
    return Text.assemble(f"{place:>4}  ", (f"{price:>9}", style), f"  +{step.score:.1f}{each}  {titles}")
