"""Remedies: that they fit the price book and the usage profile; and the arithmetic of a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ascent.advise.remedies import dollars_of
from ascent.advise.steps import steps_of
from ascent.cost.book.prices import load_prices
from ascent.cost.usage.profiles import profile_of
from ascent.readiness import checklist
from ascent.readiness.assess import Readiness, assess
from ascent.readiness.model import Status
from ascent.verdicts.judge import facts_of, judge
from settings.load import resolve
from tests.stacks.planning import config_of, planned, smallest

BOOK = load_prices()
DAY = date(2026, 11, 21)
RESOLVED = resolve(config_of(smallest("production")), stack="test", project="ascent")
REMEDIES = {item.number: item.remedy for item in checklist.shipped().items if item.remedy}


@pytest.fixture(scope="module")
def production() -> Readiness:
    """Production without its canary, and without any file, test or attestation."""
    plan = planned(smallest("production", observability={"canary": {"enabled": False}}))
    return assess(facts_of(plan), judge(plan), checklist.shipped(), today=DAY)


def test_remedies_name_prices_that_exist() -> None:
    usage = profile_of("production")[1]
    assert len(REMEDIES) > 40
    for remedy in REMEDIES.values():
        for region in ("us-east-1", "eu-west-1"):
            dollars, why = dollars_of(remedy, BOOK, usage, region)
            assert why
            assert (dollars is None) == (remedy.charges is None), (remedy, region, why)


@pytest.mark.parametrize(
    ("item", "dollars"),
    [
        # A health check at $0.50 with HTTPS at $1.00.
        (20, "1.50"),
        # 12 runs an hour x 730 hours x $0.0012 = $10.512, and an alarm at $0.10.
        (139, "10.612"),
        (163, "0"),
    ],
)
def test_dollars_by_hand(item: int, dollars: str) -> None:
    assert dollars_of(REMEDIES[item], BOOK, profile_of("production")[1], "us-east-1")[0] == Decimal(dollars)


def test_no_price_is_no_zero() -> None:
    found = dollars_of(REMEDIES[139], BOOK, profile_of("mvp")[1], "sa-east-1")
    assert found == (None, "no price for synthetics.run in sa-east-1")


def test_every_unmet_item_is_ranked_once_or_counted(production: Readiness) -> None:
    found = steps_of(production, BOOK, profile_of("production")[1], "us-east-1", RESOLVED)
    ranked = [j.item.number for step in found.ranked for j in step.items]
    unmet = [j.item.number for j in production.gaps if j.status is Status.UNMET]
    assert len(ranked) == len(set(ranked)) > 20
    assert set(ranked) <= set(unmet)
    assert len(ranked) + found.unprovable == len(unmet)
    (canary,) = [s for s in found.ranked if s.items[0].item.number == 139]
    (item,) = canary.items
    assert canary.score == pytest.approx(item.item.points * 100 / production.score.possible)
    assert canary.per_point == pytest.approx(10.612 / canary.score)
    costs = [s.per_point for s in found.ranked]
    known = [c for c in costs if c is not None]
    assert costs == sorted(known) + [None] * (len(costs) - len(known))


def test_a_step_meets_all_items_of_its_remedy(production: Readiness) -> None:
    found = steps_of(production, BOOK, profile_of("production")[1], "us-east-1", RESOLVED)
    together = [tuple(j.item.number for j in step.items) for step in found.ranked if len(step.items) > 1]
    assert together
    for first, *others in together:
        assert set(others) <= set(REMEDIES[first].others)


def test_a_step_brings_the_score_it_says(production: Readiness) -> None:
    found = steps_of(production, BOOK, profile_of("production")[1], "us-east-1", RESOLVED)
    step = found.ranked[0]
    met = {j.item.number for j in step.items}
    items = tuple(replace(j, status=Status.MET) if j.item.number in met else j for j in production.items)
    better = replace(production, items=items).score
    exact = [s.earned * 100 / s.possible for s in (production.score, better)]
    assert exact[1] - exact[0] == pytest.approx(step.score)
