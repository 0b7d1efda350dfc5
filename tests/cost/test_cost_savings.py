"""Savings say their arithmetic, and targets are recounted line by line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ascent.cost.costing import Costing, cost_of
from ascent.cost.goals.expectations import TARGETS
from ascent.cost.goals.targets import GroupResult, LineResult, TargetResult
from ascent.cost.savings import savings
from ascent.plan.model import Plan
from tests.cost.cost_things import BOOK, cents, made, plan_of

CostOf = Callable[[str], Costing]


@pytest.fixture(scope="module")
def cost(stack: Callable[[str], Plan]) -> CostOf:
    return lambda name: cost_of(stack(name), BOOK)


def target(costing: Costing) -> TargetResult:
    assert costing.target is not None
    return costing.target


def line(result: TargetResult, what: str) -> LineResult:
    (found,) = [x for group in result.groups for x in group.lines if x.what.startswith(what)]
    return found


def test_dev_names_commitment_spot_shutdown_and_allowances(cost: CostOf) -> None:
    found = {s.key: s for s in cost("dev").savings}
    assert list(found) == ["savings-plan.ec2", "spot.ec2", "shutdown", "allowances"]
    # 730 h x 0.0084 = 6.132
    assert cents(found["savings-plan.ec2"].monthly) == "1.66", "27 % of 6.132"
    assert cents(found["spot.ec2"].monthly) == "3.68", "60 % of 6.132"
    assert cents(found["shutdown"].monthly) == "3.94", "6.132 x (1 - 60 / 168)"
    assert found["savings-plan.ec2"].arithmetic == (
        "27 % of $6.13 for instance hours that are always due; breaks even when 73 % of them are used, 532.9 of 730"
    )


def test_production_neither_stops_nor_runs_on_spot(cost: CostOf) -> None:
    for name in ("prod", "enterprise"):
        keys = [s.key for s in cost(name).savings]
        assert keys == ["savings-plan.fargate", "reserved.rds", "allowances"]


def test_prod_reserves_its_database(cost: CostOf) -> None:
    (found,) = [s for s in cost("prod").savings if s.key == "reserved.rds"]
    assert cents(found.monthly) == "28.47", "30 % of 1,460 h x 0.065"


@pytest.mark.parametrize(("alarms", "dashboards", "saved"), [(8, 1, "3.80"), (12, 4, "10.00")])
def test_an_allowance_is_no_more_than_what_is_used(alarms: int, dashboards: int, saved: str) -> None:
    """10 alarms at 0.10 and 3 dashboards at 3.00 are free."""
    resources = [made("aws:cloudwatch/metricAlarm:MetricAlarm", f"alarm-{n}") for n in range(alarms)]
    resources += [made("aws:cloudwatch/dashboard:Dashboard", f"dashboard-{n}") for n in range(dashboards)]
    (found,) = cost_of(plan_of(*resources), BOOK).savings
    assert (found.key, cents(found.monthly)) == ("allowances", saved)


def test_a_stack_without_machines_has_nothing_to_save() -> None:
    costing = cost_of(plan_of(made("aws:ec2/vpc:Vpc")), BOOK)
    assert savings(costing.estimate) == ()


def test_the_bands(cost: CostOf) -> None:
    verdicts = {name: target(cost(name)).verdict for name in ("dev", "staging", "prod", "enterprise")}
    assert verdicts == {"dev": "inside", "staging": "below", "prod": "above", "enterprise": "below"}
    dev = target(cost("dev"))
    assert Decimal(20) <= dev.allowed <= Decimal(32)


def test_the_lists_do_not_add_up_to_what_they_claim() -> None:
    claimed = {
        (tier, group.name): (cents(group.stated), cents(sum((x.stated for x in group.lines), Decimal(0))))
        for tier, found in TARGETS.items()
        for group in found.groups
    }
    assert claimed == {
        ("mvp", "the whole stack"): ("32.00", "32.00"),
        ("startup", "the whole stack"): ("100.00", "101.00"),
        ("production", "phase 1, critical"): ("15.00", "33.85"),
        ("production", "phase 2, high priority"): ("25.00", "25.00"),
        ("production", "phase 3, medium priority"): ("30.00", "30.00"),
        ("enterprise", "the whole stack"): ("1200.00", "1223.00"),
    }


def test_the_phases_of_production(cost: CostOf) -> None:
    result = target(cost("prod"))
    assert cents(result.stated_total) == "397.68", "308.83 + 33.85 + 25 + 30"
    recounted = {x.what: x.recounted for group in result.groups for x in group.lines}
    at_list = {
        "NAT gateways beyond the first": "36.50",  # 730 h x (0.045 + 0.005)
        "health check, HTTPS": "1.50",  # 0.50 + 1.00
        "Performance Insights, 7 days": "0.00",
        "Container Insights": "7.50",  # 25 metrics x 0.30
        "Synthetics, every 5 minutes": "10.51",  # 8,760 runs x 0.0012
        "enhanced monitoring": "0.22",  # 43,800 messages of 10 KB x 0.50 a GB
    }
    for what, amount in at_list.items():
        found = recounted[what]
        assert found is not None
        assert cents(found) == amount, what
    nat = line(result, "NAT")
    assert nat.resources == ("ascent-prod-vpc-net-2", "ascent-prod-vpc-net-3")
    # 2 x (730 x 0.045 + a third of 50 GB x 0.045 + 730 x 0.005)
    assert cents(nat.planned) == "74.50"
    assert line(result, "GuardDuty").resources == ("ascent-prod-guard-detector",)
    # 1,000,000 events x $4 a million + 15 GB x $1
    assert cents(line(result, "GuardDuty").planned) == "19.00"
    assert line(result, "Synthetics").resources == ("ascent-prod-canary-canary",)
    assert line(result, "Performance").resources == ("ascent-prod-postgres-instance",)


@pytest.mark.parametrize("name", ["dev", "staging", "prod", "enterprise"])
def test_lines_and_rest_are_the_whole(name: str, cost: CostOf) -> None:
    result = target(cost(name))
    groups: tuple[GroupResult, ...] = result.groups
    whole = sum((group.planned for group in groups), result.planned_base)
    assert abs(whole - result.expected) < Decimal("1e-9")
    assert all(amount > 0 for _, amount in result.rest)


def test_a_tier_that_nobody_expected_has_no_target() -> None:
    assert cost_of(plan_of(made("aws:ec2/vpc:Vpc"), tier=""), BOOK).target is None
