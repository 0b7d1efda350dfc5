"""Makes `ascent/readiness/scores/reach.yaml`: plans every tier with every value that a setting could have.

Run `python -m ascent.advise.reach` after settings or components were added or the checklist's proofs changed; it takes
some minutes.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from ascent.advise.candidates import candidates
from ascent.advise.placeholders import demanded, sampled
from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.plan.config import StackConfig
from ascent.plan.partly.record import record_partly
from ascent.plan.record import record
from ascent.plan.variants import changed
from ascent.readiness.assess import assess
from ascent.readiness.checklist import shipped
from ascent.readiness.scores.reach import FILE, plan_holds
from ascent.verdicts.judge import facts_of, judge
from common.problems import InputError
from common.tiers import Tier
from settings.errors import SettingsError
from settings.load import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ROOT: Final = Path(__file__).parents[2]
_HEAD: Final = (
    "# Made of plans by python -m ascent.advise.reach: which values of settings meet which items at which tier,\n"
    "# beyond those that the tier's own values meet.\n"
)


def config_at(tier: Tier) -> StackConfig:
    """The fewest settings that a tier accepts."""
    empty = StackConfig(
        project="ascent",
        stack="reach",
        directory=_ROOT,
        values={"aws:region": "us-east-1", "ascent:tier": Tier.MVP.value},
        secret_keys=frozenset(),
    )
    return with_values(empty, demanded(empty, {"tier": tier.value}))


def with_values(config: StackConfig, values: Mapping[str, Any]) -> StackConfig:
    """A stack with other values of settings; samples stand for placeholders."""
    samples = {path: sampled(value) for path, value in values.items()}
    return replace(config, values={**config.values, **changed(config.values, samples)})


@dataclass(frozen=True, slots=True)
class Met:
    """What a plan of a stack says of it.

    Attributes:
        items: items whose proofs in the plan all hold.
        failures: mandatory failures, as rule and URN.
        said: every piece of evidence with its status, by item.
    """

    items: frozenset[int]
    failures: frozenset[tuple[str, str]]
    said: frozenset[tuple[int, str, str, str]]


def met_by(config: StackConfig, *, partly: bool = True) -> Met:
    """What a plan of a stack says of it.

    Args:
        config: the stack.
        partly: also use what is known of partly unknown values, which takes three times as long.

    Raises:
        InputError: the stack cannot be built.
    """
    if partly:
        plan = record_partly(config, keep_modules=True).plan
    else:
        parts = config.directory, config.project, config.stack, config.values, config.secret_keys
        plan = record(*parts, keep_modules=True).plan
    report = judge(plan)
    costing = cost_of(plan, load_prices())
    found = assess(facts_of(plan), report, shipped(), today=date.min, plan=plan, costing=costing)
    asked = [j for j in found.items if j.counts and j.item.proof.of_stacks]
    return Met(
        frozenset(j.item.number for j in asked if plan_holds(j)),
        frozenset((r.verdict.rule, r.verdict.urn) for r in report.mandatory_failures),
        frozenset((j.item.number, e.kind, e.id, e.status.value) for j in asked for e in j.evidence),
    )


def tried(config: StackConfig) -> list[Mapping[str, Any]]:
    """Changes that are tried on a stack: what the settings and the checklist's remedies offer, and it accepts."""
    resolved = resolve(config.values, stack=config.stack, project=config.project)
    remedies = [item.remedy.settings for item in shipped().items if item.remedy and item.remedy.settings]
    found: list[Mapping[str, Any]] = []
    for values in (*candidates(resolved), *remedies):
        try:
            accepted = demanded(config, values)
        except SettingsError:
            continue
        if accepted not in found:
            found.append(accepted)
    return found


def reach_of(tier: Tier) -> Iterator[dict[str, Any]]:
    """What brings something at a tier, the tier's own values first."""
    config = config_at(tier)
    own, roughly = met_by(config), met_by(config, partly=False)
    yield {"settings": {}, "meets": sorted(own.items)}
    for values in tried(config):
        other = with_values(config, values)
        try:
            # What changes no evidence at a first look brings nothing at the second either.
            if met_by(other, partly=False).said == roughly.said:
                continue
            found = met_by(other)
        except InputError:
            continue
        more = found.items - own.items
        # What may not be deployed reaches nothing.
        if more and found.failures <= own.failures:
            yield {"settings": dict(values), "meets": sorted(more)}


def text_of(found: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """The file's text."""
    lines = [_HEAD]
    for tier, entries in found.items():
        lines.append(f"{tier}:\n")
        for entry in entries:
            settings = yaml.safe_dump(entry["settings"], default_flow_style=True, width=10_000, sort_keys=False).strip()
            lines.append(f"  - settings: {settings}\n    meets: {entry['meets']}\n")
    return "".join(lines)


def _listed(tier: Tier) -> list[dict[str, Any]]:
    return list(reach_of(tier))


if __name__ == "__main__":
    with ProcessPoolExecutor() as processes:
        every = dict(zip((tier.value for tier in Tier), processes.map(_listed, Tier), strict=True))
    FILE.write_text(text_of(every), encoding="utf-8")
