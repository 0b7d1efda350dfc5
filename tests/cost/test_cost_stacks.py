"""Whole stacks: everything is accounted for, sums add up, and the same plan always costs the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from ascent.catalog.lookup import why_free
from ascent.cost.book.prices import Confidence
from ascent.cost.charges import Part, Status
from ascent.cost.costing import cost_of
from ascent.cost.document import to_document
from ascent.cost.estimate import estimate, total_of
from ascent.cost.pricers import PRICERS
from ascent.plan.model import Plan
from ascent.plan.serialize import from_json, to_json
from tests.cost.cost_things import BOOK

STACKS = ("dev", "staging", "prod", "enterprise", "alb")
AT_LEAST = 0.98


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
@pytest.mark.parametrize("name", STACKS)
def test_nearly_all_is_priced_or_free(name: str, region: str, stack: Callable[[str], Plan]) -> None:
    found = estimate(stack(name), BOOK, region=region)
    assert len(found.bills) > 70
    assert found.coverage >= AT_LEAST, [b.why for b in found.with_status(Status.NOT_PRICED)]
    if (name, region) != ("enterprise", "eu-west-1"):
        left = {bill.why for bill in found.with_status(Status.NOT_PRICED)}
        assert left == ({"no price for s3.store in us-west-2"} if name == "enterprise" else set()), (
            "where its copies lie"
        )


@pytest.mark.parametrize("name", STACKS)
def test_every_resource_of_aws_has_a_bill_and_a_reason(name: str, stack: Callable[[str], Plan]) -> None:
    plan = stack(name)
    found = estimate(plan, BOOK)
    assert [b.urn for b in found.bills] == [r.urn for r in plan.resources if r.type.startswith("aws:")]
    for bill in found.bills:
        assert bool(bill.charges) == (bill.status is Status.PRICED), bill.urn
        assert bool(bill.why) == (bill.status is not Status.PRICED), bill.urn
        assert bill.layer != "other", bill.urn


@pytest.mark.parametrize("name", STACKS)
def test_sums_add_up(name: str, stack: Callable[[str], Plan]) -> None:
    found = estimate(stack(name), BOOK)
    total = found.total
    assert 0 < found.fixed <= total.low <= total.expected <= total.high
    by_layer = [total_of(bills) for bills in found.layers.values()]
    for parts in ([amount.expected for amount in by_layer], found.by_confidence.values()):
        assert abs(sum(parts, Decimal(0)) - total.expected) < Decimal("1e-9")
    for bill in found.bills:
        for charge in bill.charges:
            low, expected, high = (value for _, value in charge.amount.bounds)
            assert 0 <= low <= expected <= high
            assert charge.part is Part.USAGE or low == high


@pytest.mark.parametrize("name", STACKS)
def test_same_plan_same_bytes(name: str, stack: Callable[[str], Plan]) -> None:
    plan = stack(name)
    texts = {json.dumps(to_document([cost_of(p, BOOK)])) for p in (plan, plan, from_json(to_json(plan)))}
    assert len(texts) == 1


def test_tiers_cost_more_and_more(stack: Callable[[str], Plan]) -> None:
    totals = [estimate(stack(name), BOOK).total for name in STACKS[:4]]
    for smaller, larger in pairwise(totals):
        assert smaller.expected < larger.expected


def test_what_a_public_balancer_costs_more(stack: Callable[[str], Plan]) -> None:
    """Two addresses, 7.30 fixed, as the network's design note has it; CloudFront's alarm for the certificate's."""
    public, private = (estimate(stack(name), BOOK) for name in ("alb", "dev"))
    assert public.fixed - private.fixed == Decimal("7.30") - Decimal("0.10") + Decimal("0.10")


def test_no_type_is_both_free_and_priced() -> None:
    assert PRICERS
    assert not [type_ for type_ in PRICERS if why_free(type_)]


def test_prices_have_one_day_and_a_page(stack: Callable[[str], Plan]) -> None:
    charges = [c for b in estimate(stack("prod"), BOOK).bills for c in b.charges]
    assert charges
    reviewed = [c.price for c in charges if (c.price.item, c.price.region) in BOOK.prices]
    assert all(price.source and price.date >= date(2026, 11, 1) for price in reviewed)
    sizes = [c.price for c in charges if c.price.item not in {price.item for price in reviewed}]
    assert [price.item for price in sizes] == ["rds.postgres.db.t4g.medium"] * 2, "the instance and its replica"
    assert all(price.source and price.date >= date(2025, 5, 28) for price in sizes)
    assert all(price.confidence is Confidence.MEDIUM for price in sizes if price.date < date(2026, 1, 1))
