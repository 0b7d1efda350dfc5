"""A project whose files, results and settings can be tampered with, and what it is worth then."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ascent.plan.config import read_stack
from ascent.plan.partly.record import record_partly
from ascent.readiness.content.repository import Repository
from ascent.readiness.sources import Sources
from ascent.verdicts.judge import facts_of, judge, waivers_of
from tests.readiness.readiness_things import TODAY
from tests.stacks.planning import ROOT, SHIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan
    from ascent.readiness.assess import Readiness
    from policies.pack.evaluate import Report
    from policies.pack.facts import StackFacts
    from policies.pack.waivers import WaiverBook


@cache
def shipped(stack: str) -> Plan:
    """One of the repository's stacks as the command plans it: what is partly known is known in part."""
    return record_partly(read_stack(ROOT, stack), keep_modules=True).plan


@cache
def sources() -> Sources:
    return Sources.read(ROOT, today=TODAY)


@cache
def waivers() -> WaiverBook:
    return waivers_of(ROOT, TODAY)


@cache
def known(stack: str) -> tuple[StackFacts, Report]:
    """The facts and verdicts of a shipped stack."""
    return facts_of(shipped(stack)), judge(shipped(stack), waivers())


def tampered(files: Mapping[str, str]) -> Sources:
    """The repository with some files replaced or added; what was found of the others is not looked for again."""
    own = sources().repository
    texts = {**own.texts, **files}
    alone = not any(path == "Makefile" or path.startswith("Pulumi.") for path in files)
    judged = {asked: lack for asked, lack in own.judged.items() if alone and asked[0] not in files}
    return replace(sources(), repository=Repository(texts, own.others - texts.keys(), own.directory, judged))


def assessed(plan: Plan, files: Mapping[str, str] | None = None, book: WaiverBook | None = None) -> Readiness:
    """How ready a stack is, with some of the repository's files replaced or added."""
    as_shipped = book is None and plan.stack in SHIPPED and plan is shipped(plan.stack)
    facts, report = known(plan.stack) if as_shipped else (facts_of(plan), judge(plan, book or waivers()))
    others = [known(name)[0] for name in SHIPPED if name != plan.stack]
    own = tampered(files) if files else sources()
    return own.assess(facts, report, plan=plan, others=others)


@cache
def honest(stack: str) -> Readiness:
    """A shipped stack as it is."""
    return assessed(shipped(stack))


def met(readiness: Readiness) -> set[int]:
    """Numbers of the items that are met."""
    return {judged.item.number for judged in readiness.items if judged.status.value == "met"}
