"""Judged stacks to write in every format: the shipped ones, and one in which everything is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ascent.plan.engine.positions import Position
from ascent.verdicts.judge import facts_of, judge
from ascent.verdicts.judged import Judged
from policies.pack.levels import Level
from policies.pack.waivers import Waiver, WaiverBook
from tests.commands.small_plan import BUCKET, OPEN, STORE, resource, small_plan
from tests.stacks.planning import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 3, 1)
HOSTILE = "x|y <script>alert(1)</script> @someone #7 [a](https://evil.example) `\x1b[31m\x00\ud800"
"""What a program under review might call a thing, to break what shows it."""


@pytest.fixture(scope="session")
def shipped_stacks() -> list[Judged]:
    """The stacks of the repository."""
    book = WaiverBook(today=TODAY)
    return [
        Judged(plan=(plan := shipped(name)), facts=facts_of(plan), report=judge(plan, book), file=f"Pulumi.{name}.yaml")
        for name in SHIPPED
    ]


@pytest.fixture
def bad() -> Judged:
    """A stack with a failure, advice, a waived failure, an idle waiver and an inconsistency."""
    plan = small_plan(resource(BUCKET, "kept"))
    kept = next(r.urn for r in plan.resources if r.name == "kept")
    book = WaiverBook(today=TODAY, in_force=(_waiver(kept), _waiver("urn:pulumi:live::shop::*::gone")))
    return Judged(
        plan=plan,
        facts=facts_of(plan),
        report=judge(plan, book),
        problems=("aws:s3/bucket:Bucket 'a' is registered more than once; give each its own name",),
        file="infra/preview.json",
        root="infra",
        positions={STORE: Position("src/my store.ts", 31)},
    )


def _waiver(urn: str) -> Waiver:
    return Waiver(
        rule="s3-public-access-block", urn=urn, reason="legacy", owner="web", expires=date(2026, 4, 1), place="w[1]"
    )


@pytest.fixture
def hostile() -> Judged:
    """A stack whose every finding and name holds what breaks tables, XML and terminals."""
    plan = small_plan(resource(BUCKET, HOSTILE))
    report = judge(plan, WaiverBook(today=TODAY))
    results = tuple(
        replace(r, level=Level.MANDATORY, verdict=replace(r.verdict, found=f"{HOSTILE} {r.verdict.found}"))
        for r in report.results
    )
    return Judged(
        plan=plan,
        facts=facts_of(plan),
        report=replace(report, results=results, waiver_findings=(HOSTILE,)),
        problems=(HOSTILE,),
        file=f"{HOSTILE}.json",
    )


@pytest.fixture
def many() -> Callable[[int], Judged]:
    """A stack with at least so many failures."""

    def many(number: int) -> Judged:
        plan = small_plan(*(resource(BUCKET, f"bucket-{i:04}") for i in range(number)))
        report = judge(plan, WaiverBook(today=TODAY))
        return Judged(plan=plan, facts=facts_of(plan), report=report, file="preview.json")

    return many


@pytest.fixture
def open_bucket() -> str:
    """URN of a bucket of the bad stack without an access block."""
    return OPEN
