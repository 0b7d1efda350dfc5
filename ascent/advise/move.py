"""What a move to another tier takes, and what a smaller tier would save and lose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING

from ascent.advise.commands import commands_for
from ascent.advise.placeholders import demanded, sampled, used_in
from ascent.plan.config import Variant, read_stack
from ascent.plan.settings import settings_of
from ascent.plan.variants import changed
from settings.errors import SettingsError
from settings.words.commands import command, set_commands

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from ascent.advise.placeholders import Placeholder
    from ascent.compare.care import Care
    from ascent.readiness.model import Item


@dataclass(frozen=True, slots=True)
class Move:
    """How a stack comes to another tier.

    Attributes:
        tier: the other tier.
        lines: lines for a shell, in their order.
        placeholders: what to fill in before.
        conflict: what must be settled first: the stack's file does not fit the tier, or the move would delete data;
            empty for nothing.
        smaller: what a smaller tier saves and loses; None for a larger one.
    """

    tier: str
    lines: tuple[str, ...]
    placeholders: tuple[Placeholder, ...]
    conflict: str = ""
    smaller: Smaller | None = None


@dataclass(frozen=True, slots=True)
class Smaller:
    """What a smaller tier saves and loses.

    Attributes:
        before: expected dollars a month as it is, with the smaller tier's usage.
        after: expected dollars a month at the smaller tier.
        lost: items of the present tier's checklist that the stack meets and would meet no more, the heaviest first.
        care: what in the data and the service needs care on the way.
    """

    before: Decimal
    after: Decimal
    lost: tuple[Item, ...]
    care: tuple[Care, ...]


def larger(directory: Path, stack: str, tier: str) -> Move:
    """What the move to a larger tier takes: what it demands and the stack lacks, then the tier.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        tier: the larger tier.
    """
    config = read_stack(directory, stack)
    compare = f"ascent compare {quote(stack)} --tier {tier}"
    try:
        values = demanded(config, {"tier": tier})
    except SettingsError as error:
        return Move(tier, (compare,), (), "; ".join(p.line(error.source) for p in error.problems[:1]))
    first = {path: value for path, value in values.items() if path != "tier"}
    lines = [line for path, value in first.items() for line in set_commands(stack, path, value)]
    rest = (command("set", stack, "tier", tier), f"ascent plan {quote(stack)}", f"pulumi up --stack {quote(stack)}")
    return Move(tier, (*lines, compare, *rest), used_in(first.values()))


def smaller(directory: Path, stack: str, tier: str, day: date) -> Move:
    """What the move to a smaller tier takes, saves and loses, by plans of both.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        tier: the smaller tier.
        day: the day to judge for.

    Raises:
        InputError: the stack cannot be planned.
    """
    config = read_stack(directory, stack)
    try:
        values = demanded(config, {"tier": tier})
    except SettingsError as error:
        why = "; ".join(p.line(error.source) for p in error.problems[:1])
        return Move(tier, (f"ascent compare {quote(stack)} --tier {tier}",), (), why)
    samples = {path: sampled(value) for path, value in values.items()}
    other = Variant(stack, tuple(sorted(changed(config.values, samples).items())))
    from ascent.planning import start
    from ascent.readiness.beside import planned_beside

    with start(directory, [stack, other]) as planning, planned_beside(directory, [stack]) as beside:
        from ascent.compare.care import Kind as CareKind
        from ascent.compare.care import care_of
        from ascent.compare.differences import differences
        from ascent.cost.book.prices import load_prices
        from ascent.cost.estimate import estimate
        from ascent.cost.pricing import priced, usage_of
        from ascent.readiness.model import WEIGHTS, Status
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import facts_of, judge, waivers_of

        sources, waivers, book = Sources.read(directory, today=day), waivers_of(directory, day), load_prices()
        before, after = planning.result(waivers)
        others = beside()
    # Both are asked for the same: what the present tier's checklist has.
    kept = replace(after.plan, tier=before.plan.tier)
    asked = sources.assess(facts_of(kept), judge(kept, waivers), plan=kept, others=others)
    own = sources.assess(before.facts, before.report, plan=before.plan, others=others)
    had = {j.item.number for j in own.items if j.status is Status.MET}
    lost = [j.item for j in asked.items if j.item.number in had and j.status is not Status.MET]
    care = care_of(differences(before.plan, after.plan))
    name, usage = usage_of(directory, after.plan)
    present = settings_of(config)
    commands = commands_for(stack, present, values, protected=any(note.protected for note in care))
    # Nobody should paste a line that deletes a database.
    deletes = any(note.kind in (CareKind.REMOVED, CareKind.REPLACED) and note.protected for note in care)
    rest = () if deletes else commands.lines
    return Move(
        tier,
        (f"ascent compare {quote(stack)} --tier {tier}", *rest),
        commands.placeholders if rest else (),
        "it deletes data that is protected: build a second stack of the smaller tier, move the data and the requests, "
        "then destroy this one"
        if deletes
        else "",
        smaller=Smaller(
            estimate(before.plan, book, usage, usage_name=name).total.expected,
            priced(after.plan, book, directory).estimate.total.expected,
            tuple(sorted(lost, key=lambda item: (WEIGHTS.index(item.weight), item.number))),
            care,
        ),
    )
