"""`ascent compare`: two stacks, or one stack at two tiers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ascent.compare.comparison import Comparison, Side
from ascent.cost.book.prices import load_prices
from ascent.cost.estimate import estimate
from ascent.cost.pricing import priced, usage_of
from ascent.days import day_of
from ascent.output.console import console
from ascent.plan.config import Variant, read_stack
from ascent.planning import chosen_stacks, plan_and_judge
from ascent.readiness.sources import Sources
from ascent.verdicts.judge import judge, waivers_of
from common.problems import InputError, closest
from policies.pack.levels import TIERS
from settings.errors import SettingsError
from settings.load import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.verdicts.judged import Judged
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is.
        stacks: two names, or one together with `tier`.
        tier: tier to which the one stack is compared; None where there are two stacks.
        as_json: print one JSON document.
        as_of: day on which waivers, attestations and documents must still hold, as YYYY-MM-DD; None for today (UTC).
    """

    directory: Path
    stacks: tuple[str, ...]
    tier: str | None = None
    as_json: bool = False
    as_of: str | None = None


def run(request: CompareRequest) -> None:
    """Plan both sides and print what differs.

    Args:
        request: what to compare and how to show it.

    Raises:
        InputError: not two sides, no such stack or tier, settings that are missing at the other tier, a waiver,
            attestation or usage file that is wrong, a region without prices, a day that is none.
    """
    sides = _sides(request)
    today = day_of(request.as_of, "compare")
    found = _compare(request.directory, sides, today)
    if request.as_json:
        from ascent.compare.document import to_document
        from ascent.document import text_of

        print(text_of(to_document(found)), end="")
        return
    from ascent.output.console.compare import print_comparison

    print_comparison(console(), found)


def _sides(request: CompareRequest) -> tuple[str | Variant, str | Variant]:
    """The two stacks, or the stack and its variant."""
    given, tier = request.stacks, request.tier
    if len(given) != (1 if tier else 2):
        said = " ".join([*given, *(["--tier", tier] if tier else [])])
        raise InputError(
            f"ascent compare {said}: must be two stacks, or one stack and --tier; for example "
            f"ascent compare {given[0]} --tier {TIERS[-1]}"
        )
    if tier is None:
        if given[0] == given[1]:
            raise InputError(f"ascent compare {given[0]} {given[1]}: is one stack; name two, or add --tier TIER")
        first, second = chosen_stacks(request.directory, given)
        return first, second
    if tier not in TIERS:
        near = closest(tier, TIERS)
        fix = f"did you mean {near}?" if near else f"write --tier {TIERS[-1]}"
        raise InputError(f"ascent compare --tier {tier}: must be one of {', '.join(TIERS)}; {fix}")
    return given[0], _at_tier(request.directory, given[0], tier)


def _at_tier(directory: Path, stack: str, tier: str) -> Variant:
    """A stack at another tier, whose demands on the settings are checked before anything is planned."""
    found = Variant(stack, (("ascent:tier", tier),))
    own = read_stack(directory, stack).values.get("ascent:tier")
    if own == tier:
        others = ", ".join(t for t in TIERS if t != tier)
        raise InputError(f"ascent compare {stack} --tier {tier}: is the tier it has; name one of {others}")
    config = read_stack(directory, stack, dict(found.changes))
    try:
        resolve(config.values, stack=stack, project=config.project)
    except SettingsError as error:
        lines = str(error).splitlines()
        raise InputError("\n".join(f"ascent compare {stack} --tier {tier}: {line}" for line in lines)) from None
    return found


def _compare(directory: Path, sides: tuple[str | Variant, str | Variant], today: date) -> Comparison:
    evidence: list[tuple[Sources, WaiverBook]] = []

    def read(where: Path, _: date) -> WaiverBook:
        # Called while the workers plan, so that reading the evidence takes no time of its own.
        evidence.append((Sources.read(where, today=today), waivers_of(where, today)))
        return evidence[0][1]

    before, after = plan_and_judge(directory, sides, read)
    (sources, waivers), prices = evidence[0], load_prices()

    def side(judged: Judged) -> Side:
        return Side(judged, sources.assess(judged.plan, judged.report), priced(judged.plan, prices, directory))

    moved = replace(before.plan, tier=after.plan.tier)
    name, usage = usage_of(directory, after.plan)
    return Comparison(
        before=side(before),
        after=side(after),
        measured=sources.assess(moved, judge(moved, waivers)),
        same_usage=estimate(before.plan, prices, usage, usage_name=name).total.expected,
    )
