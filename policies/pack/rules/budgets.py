"""Budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.facts import UNKNOWN
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_number, at, items, known_items, show
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value


@OBSERVABILITY.stack(
    "budget-notifies",
    "A budget tells somebody before the money is spent",
    on=types.BUDGETS_BUDGET,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    account=True,
    why="Without one, a mistake that costs money is found on the bill at the end of the month.",
    fix="Add an aws.budgets.Budget of type COST with notifications to an e-mail address or a topic: of a forecast, or"
    " at 80 % of the limit.",
)
def budget_notifies(stack: StackFacts) -> Outcome | None:
    """A budget of cost with a subscriber who hears of it in time. A stack without AWS resources needs none."""
    if not stack.uses_aws:
        return None
    budgets = tuple(stack.of_type(types.BUDGETS_BUDGET))
    if not budgets:
        return failed("the stack has no budget", "a budget with a notification")
    if any(_notifies(b) for b in budgets):
        return passed("a budget notifies somebody")
    if not any(_is_of_cost(b) for b in budgets):
        return failed(f"the budget's {show(budgets[0], 'budgetType')}", "a budget of type COST")
    return failed(
        f"the budget's {show(budgets[0], 'notifications')}, without a subscriber who hears before all is spent",
        "a notification of a forecast, or of a share below 100 %",
    )


def _notifies(budget: ResourceFacts) -> bool:
    if items(budget, "notifications") is UNKNOWN or not _is_of_cost(budget):
        return False
    keys = ("subscriberEmailAddresses", "subscriberSnsTopicArns")
    heard = [n for n in known_items(budget, "notifications") if any(items(n, key) not in ([], [""]) for key in keys)]
    return any(_is_in_time(notification, budget) for notification in heard)


def _is_of_cost(budget: ResourceFacts) -> bool:
    """Whether it is about money, and not about hours or how well reservations are used."""
    return at(budget, "budgetType") in ("COST", UNSET, UNKNOWN)


def _is_in_time(notification: Value, budget: ResourceFacts) -> bool:
    """Whether it comes before the budget is spent: from a forecast, or at a share of it."""
    if at(notification, "notificationType") == "FORECASTED":
        return True
    whole = 100.0 if at(notification, "thresholdType") != "ABSOLUTE_VALUE" else as_number(at(budget, "limitAmount"))
    threshold = as_number(at(notification, "threshold"))
    return not isinstance(whole, float) or not isinstance(threshold, float) or threshold < whole
