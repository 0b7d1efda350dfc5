"""`ascent compare`: two stacks, or one stack at two tiers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, AsOf, Directory, OtherProject, PreviewFiles, StateFiles, complete_stack
from ascent.compare.comparison import AnySide, Comparison, Side
from ascent.cost.book.prices import load_prices
from ascent.cost.estimate import estimate
from ascent.cost.pricing import priced, usage_of
from ascent.days import today
from ascent.output.console import console
from ascent.plan.config import Variant, read_stack, stack_of
from ascent.plan.settings import settings_of
from ascent.planning import chosen_stacks
from ascent.planning import start as start_planning
from ascent.readiness.beside import planned_beside
from ascent.readiness.sources import Sources
from ascent.subjects.pair import two_of
from ascent.subjects.reading import one_stack, say_origins, start
from ascent.verdicts.judge import facts_of, judge, waivers_of
from common.problems import InputError
from common.tiers import Tier
from settings.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.subjects.asked import Asked
    from ascent.subjects.reading import Reading
    from ascent.subjects.subject import Subject
    from ascent.verdicts.judged import Judged
    from settings.load import Resolved


def run(
    stacks: Annotated[
        list[str] | None,
        typer.Argument(metavar="A [B]", help="Two stacks, or one together with --tier.", autocompletion=complete_stack),
    ] = None,
    previews: PreviewFiles = None,
    states: StateFiles = None,
    project: OtherProject = None,
    tier: Annotated[
        Tier | None,
        typer.Option(
            help="Compare the one stack with itself at this tier; files and other projects are taken at it.",
            show_default="none",
        ),
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 compared, 2 bad input, such as settings that the other tier demands and the stack lacks."""
    day = as_of or today()
    if previews or states or project or "-" in (stacks or ()):
        two = two_of(
            "ascent compare", stacks, directory=cwd, previews=previews, states=states, project=project, tier=tier
        )
        found = _compare_any(two, day)
    else:
        found = compared(cwd, _sides(cwd, stacks or (), tier), day)
    if as_json:
        from ascent.compare.document import to_document
        from ascent.document import text_of

        print(text_of(to_document(found)), end="")
        return
    from ascent.output.console.compare import print_comparison

    print_comparison(console(), found)


def _sides(directory: Path, given: Sequence[str], tier: Tier | None) -> tuple[str | Variant, str | Variant]:
    """The two stacks, or the stack and its variant."""
    if len(given) != (1 if tier else 2):
        said = " ".join([*given, *(["--tier", tier] if tier else [])])
        example = given[0] if given else "STACK"
        raise InputError(
            f"{f'ascent compare {said}'.rstrip()}: must be two stacks, or one stack and --tier; for example "
            f"ascent compare {example} --tier {Tier.ENTERPRISE}"
        )
    if tier is not None:
        return given[0], _at_tier(directory, given[0], tier)
    if given[0] == given[1]:
        raise InputError(f"ascent compare {given[0]} {given[1]}: is one stack; name two, or add --tier TIER")
    first, second = chosen_stacks(directory, given)
    return first, second


def _at_tier(directory: Path, stack: str, tier: Tier) -> Variant:
    """A stack at another tier, whose demands on the settings are checked before anything is planned."""
    found = Variant(stack, (("ascent:tier", tier.value),))
    own = read_stack(directory, stack).values.get("ascent:tier")
    if own == tier:
        others = ", ".join(t for t in Tier if t is not tier)
        raise InputError(f"ascent compare {stack} --tier {tier}: is the tier it has; name one of {others}")
    config = read_stack(directory, stack, dict(found.changes))
    try:
        settings_of(config)
    except SettingsError as error:
        lines = str(error).splitlines()
        raise InputError("\n".join(f"ascent compare {stack} --tier {tier}: {line}" for line in lines)) from None
    return found


def compared(directory: Path, sides: tuple[str | Variant, str | Variant], day: date) -> Comparison:
    """Plan, judge and price two stacks, or a stack and a variant of it.

    Args:
        directory: where Pulumi.yaml is.
        sides: the one to start from, and the one to arrive at.
        day: the day to judge for.
    """
    names = tuple(map(stack_of, sides))
    with start_planning(directory, sides) as planning, planned_beside(directory, names) as beside:
        sources, waivers, prices = Sources.read(directory, today=day), waivers_of(directory, day), load_prices()
        before, after = planning.result(waivers)
        others = (before.facts, after.facts, *beside())

    def side(judged: Judged, asked: str | Variant) -> Side:
        readiness = sources.assess(judged.facts, judged.report, plan=judged.plan, others=others)
        return Side(judged, readiness, priced(judged.plan, prices, directory), _resolved(directory, asked))

    moved = replace(before.plan, tier=after.plan.tier)
    name, usage = usage_of(directory, after.plan)
    return Comparison(
        before=side(before, sides[0]),
        after=side(after, sides[1]),
        measured=sources.assess(facts_of(moved), judge(moved, waivers), plan=moved, others=others),
        same_usage=estimate(before.plan, prices, usage, usage_name=name).total.expected,
    )


def _compare_any(two: tuple[Asked, Asked], day: date) -> Comparison:
    """Compare two subjects of which one at least is no stack of this project."""
    prices = load_prices()
    sides: list[tuple[AnySide, Subject, Reading]] = []
    for asked in two:
        with start(asked, beside=True) as read:
            sources, waivers = read.sources(day), read.waivers(day)
            subject = one_stack(asked, read.subjects)
            others = read.beside()
        judged = subject.judged(waivers)
        readiness = sources.assess(judged.facts, judged.report, plan=subject.plan, others=others)
        parts = judged, readiness, priced(subject.plan, prices, subject.directory)
        side = Side(*parts, _resolved(asked.directory, subject.plan.stack)) if asked.own else AnySide(*parts)
        sides.append((side, subject, read))
    (before, first, read), (after, second, _) = sides
    say_origins([first, second], aloud=False)
    # The same question to both: the first one at the second one's tier, with the second one's usage.
    moved = replace(first, plan=replace(first.plan, tier=second.plan.tier))
    name, usage = usage_of(second.directory, second.plan)
    again = moved.judged(read.waivers(day))
    return Comparison(
        before=before,
        after=after,
        measured=read.sources(day).assess(again.facts, again.report, plan=moved.plan),
        same_usage=estimate(first.plan, prices, usage, usage_name=name).total.expected,
    )


def _resolved(directory: Path, asked: str | Variant) -> Resolved:
    """The settings of one side."""
    variant = asked if isinstance(asked, Variant) else Variant(asked)
    found = read_stack(directory, variant.stack, dict(variant.changes))
    return settings_of(found)
