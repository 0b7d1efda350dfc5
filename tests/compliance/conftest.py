"""Stacks held against frameworks."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ascent.compliance.assess import assess
from ascent.compliance.frameworks import frameworks
from ascent.verdicts.judge import facts_of, judge, waivers_of
from ascent.verdicts.judged import Judged
from tests.stacks.planning import ROOT, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.compliance.assess import Assessment
    from ascent.plan.model import Plan
    from policies.pack.waivers import WaiverBook

TODAY = date(2026, 11, 21)


def _held(plan: Plan, framework: str, waivers: WaiverBook | None = None) -> Assessment:
    judged = Judged(plan=plan, facts=facts_of(plan), report=judge(plan, waivers), file=f"Pulumi.{plan.stack}.yaml")
    return assess(judged, frameworks()[framework], TODAY)


@cache
def _judged(stack: str) -> Judged:
    plan = shipped(stack)
    report = judge(plan, waivers_of(ROOT, TODAY))
    return Judged(plan=plan, facts=facts_of(plan), report=report, file=f"Pulumi.{stack}.yaml")


@pytest.fixture
def held() -> Callable[..., Assessment]:
    """Hold a plan against a framework."""
    return _held


@pytest.fixture
def shipped_held() -> Callable[[str, str], Assessment]:
    """Hold a shipped stack against a framework."""
    return lambda stack, framework: assess(_judged(stack), frameworks()[framework], TODAY)
