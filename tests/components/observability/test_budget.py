"""The monthly budget.

Not proven: that its tags are activated for cost allocation; without that AWS counts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.observability.budget import Budget, BudgetArgs
from settings.sections.budget import BudgetSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def budget() -> Budget:
    settings = BudgetSettings(monthly_limit_usd=120, actual_percent=(50, 90), forecast_percent=110)
    return Budget("shop-budget", BudgetArgs(context=CONTEXT, budget=settings, topic_arn="topic-arn"))


def test_one_monthly_budget(build: Build) -> None:
    made = build(budget)
    assert made.children == {"shop-budget-budget": "aws:budgets/budget:Budget"}
    inputs = made.inputs("shop-budget-budget")
    assert (inputs["budgetType"], inputs["timeUnit"], inputs["metrics"]) == ("COST", "MONTHLY", "UnblendedCost")
    assert (inputs["limitAmount"], inputs["limitUnit"]) == ("120", "USD")
    assert inputs["tags"] == CONTEXT.tags("shop-budget")
    assert made.outputs == {}


def test_it_counts_this_stack_alone(build: Build) -> None:
    inputs = build(budget).inputs("shop-budget-budget")
    tags = [one["tags"] for one in inputs["filterExpression"]["ands"]]
    assert tags == [
        {"key": "Project", "values": ["shop"], "matchOptions": ["EQUALS"]},
        {"key": "Environment", "values": ["dev"], "matchOptions": ["EQUALS"]},
    ]


def test_it_warns_at_each_share_and_at_the_forecast(build: Build) -> None:
    found = build(budget).inputs("shop-budget-budget")["notifications"]
    assert [(one["notificationType"], one["threshold"]) for one in found] == [
        ("ACTUAL", 50),
        ("ACTUAL", 90),
        ("FORECASTED", 110),
    ]
    assert all(one["subscriberSnsTopicArns"] == ["topic-arn"] for one in found)
    assert {(one["comparisonOperator"], one["thresholdType"]) for one in found} == {("GREATER_THAN", "PERCENTAGE")}
