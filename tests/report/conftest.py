"""The report of the shipped stacks, made once for a worker."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.pricing import priced
from ascent.readiness.sources import Sources
from ascent.report.page.subject import Subject
from ascent.report.page.write import files_of
from ascent.verdicts.judge import facts_of, judge, waivers_of
from ascent.verdicts.judged import Judged
from tests.stacks.planning import ROOT, SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ascent.plan.model import Plan

TODAY = date(2026, 11, 21)


@cache
def _made() -> Mapping[str, str]:
    return files_of([_subject(shipped(name)) for name in SHIPPED])


def _subject(plan: Plan) -> Subject:
    judged = Judged(
        plan=plan, facts=facts_of(plan), report=judge(plan, waivers_of(ROOT, TODAY)), file=f"Pulumi.{plan.stack}.yaml"
    )
    return Subject(
        judged=judged,
        readiness=Sources.read(ROOT, today=TODAY).assess(judged.facts, judged.report),
        costing=priced(plan, load_prices(), ROOT),
    )


@pytest.fixture
def made() -> Mapping[str, str]:
    """The files of the report of all shipped stacks."""
    return _made()


@pytest.fixture
def subject() -> Callable[[Plan], Subject]:
    """Make a plan the subject of a report."""
    return _subject
