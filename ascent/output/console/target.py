"""The way to a score on the console: whether it is reached, the steps, the commands, what stands in the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from ascent.advise.target.obstacles import Who
from ascent.cost.amounts import dollars
from ascent.output.console.advise import print_commands
from ascent.output.console.values import printable
from ascent.output.console.wrapped import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rich.console import Console

    from ascent.advise.target.obstacles import Obstacle
    from ascent.advise.target.plan import TargetPlan
    from ascent.advise.target.search import Taken

_MOST: Final = 8
"""Items of one group that are listed; the rest is counted."""

_WHO: Final = {
    Who.DEPLOY: "earned by deploying: ascent readiness --state then answers",
    Who.PEOPLE: "earned by people today: write it, test it, or do it and attest it",
    Who.OWNER: "waived: earned by mending it",
    Who.APPLICATION: "the application needs it, and no proof counts yet",
    Who.ORGANISATION: "people must decide it, and no proof counts yet",
    Who.ASCENT: "no setting builds it yet",
}


def print_target(console: Console, plan: TargetPlan) -> None:
    """Print how a stack comes to a target: the answer first.

    Args:
        console: where to.
        plan: what was found.
    """
    say(console, _answer(plan), 2)
    console.print(_scores(plan))
    for place, step in enumerate(plan.way.steps, 1):
        _print_step(console, place, step)
    if len(plan.way.steps) > 1:
        say(
            console,
            f"  all steps together, planned: {_signed(plan.way.after.dollars - plan.way.before.dollars)} a month",
        )
    print_commands(console, plan.commands.lines, plan.commands.placeholders)
    for one in plan.way.left_out:
        say(console, Text(f"  left out: {_said(one.values)}: {printable(one.why)}", "dim"), 4)
    _print_obstacles(console, plan)


def _answer(plan: TargetPlan) -> Text:
    wanted = " and ".join(f"{goal.value:g}" + (f" of {goal.name}" if goal.part else "") for goal in plan.goals)
    stack = (printable(plan.stack), "bold")
    if plan.already:
        return Text.assemble(("ALREADY ", "bold green"), stack, f" has {wanted}")
    if plan.way.reached:
        steps = plan.way.steps
        added = _signed(plan.way.after.dollars - plan.way.before.dollars)
        unpriced = sum(step.unpriced for step in steps)
        more = f" and what {unpriced} resources without a price cost" if unpriced else ""
        count = f"{len(steps)} step{'' if len(steps) == 1 else 's'}"
        return Text.assemble(("YES ", "bold green"), stack, f" reaches {wanted} in {count}, {added} a month{more}")
    return Text.assemble(("NO ", "bold red"), stack, f" does not reach {wanted} by settings; this is the furthest")


def _scores(plan: TargetPlan) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("  part")
    for heading in ("now", "then", "target", "ceiling"):
        table.add_column(heading, justify="right")
    wanted = {goal.part: goal.value for goal in plan.goals}
    for before, after in zip(plan.before.prospects, plan.after.prospects, strict=True):
        figures = [before.score.value, after.score.value, wanted.get(before.part), after.ceiling.value]
        table.add_row(f"  {before.name}", *("" if one is None else f"{one:.1f}" for one in figures))
    return table


def _print_step(console: Console, place: int, step: Taken) -> None:
    more = f", {step.unpriced} resources without a price" if step.unpriced else ""
    head = Text.assemble(f"{place:>3}. ", (_said(step.values), "bold"))
    say(console, head.append(f"  {_signed(step.dollars)} a month{more}, {step.score:+.1f} points"), 5)
    if step.gained:
        say(console, Text(f"     meets {'; '.join(f'{i.number} {i.title}' for i in step.gained)}", "green"), 7)
    if step.lost:
        say(console, Text(f"     meets no longer {'; '.join(f'{i.number} {i.title}' for i in step.lost)}", "red"), 7)
    for note in step.care:
        said = printable(f"{note.name}: {note.why}. First: {note.fix}")
        say(console, Text.assemble((f"     {note.kind.value}  ", "bold red"), said), 7)


def _print_obstacles(console: Console, plan: TargetPlan) -> None:
    """What stands in the way, by who must do it."""
    if plan.obstacles:
        say(console, "  what stands in the way:")
    for who in Who:
        mine = [one for one in plan.obstacles if one.who is who]
        for today in (True, False):
            part = [one for one in mine if one.today is today]
            if part:
                points = sum(one.judged.item.points for one in part)
                head = f"  {_WHO[who]} (items: {len(part)}, points: {points})"
                say(console, Text(head, "yellow" if today else "red"), 4)
            for one in part[:_MOST]:
                _print_obstacle(console, one)
            if len(part) > _MOST:
                say(console, Text(f"         and {len(part) - _MOST} more; --json lists all", "dim"))


def _print_obstacle(console: Console, one: Obstacle) -> None:
    item = one.judged.item
    head = Text.assemble((f"    {item.number:>4} ", "bold"), f"{item.title} ", (f"({item.weight}) ", "dim"))
    say(console, head.append(printable(one.what), "dim"), 9)


def _said(values: Mapping[str, Any]) -> str:
    return printable(", ".join(f"{path}: {_value(value)}" for path, value in values.items()))


def _value(value: Any) -> str:  # noqa: ANN401 - any value of a setting
    if value is None:
        return "the tier's own"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _signed(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else '+'}{dollars(abs(amount))}"
