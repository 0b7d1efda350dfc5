"""Budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.facts import UNKNOWN
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_number, at, items, known_items, show
from policies.pack.verdict import Outcome, failed, passed, unverified

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


@OBSERVABILITY.stack(
    "budget-forecasts",
    "A budget tells by its forecast, while the month can still be changed",
    on=types.BUDGETS_BUDGET,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Actual spending passes the limit when it is too late; the forecast of the month passes it weeks before.",
    fix="Add a notification with notificationType FORECASTED and a subscriber to a budget.",
)
def budget_forecasts(stack: StackFacts) -> Outcome | None:
    """A notification of the forecast with a subscriber. Nothing to ask of a stack without a budget."""
    budgets = tuple(stack.of_type(types.BUDGETS_BUDGET))
    if not budgets:
        return None
    wanted = "a notification of the forecast"
    told = [n for budget in budgets for n in known_items(budget, "notifications") if _told(n)]
    if any(at(n, "notificationType") == "FORECASTED" for n in told):
        return passed("a budget notifies by its forecast")
    open_ = [n for n in told if at(n, "notificationType") is UNKNOWN]
    if open_ or any(items(budget, "notifications") is UNKNOWN for budget in budgets):
        return unverified("what the budget notifies of is known only after deployment", wanted)
    return failed("no budget notifies of a forecast", wanted)


def _notifies(budget: ResourceFacts) -> bool:
    if items(budget, "notifications") is UNKNOWN or not _is_of_cost(budget):
        return False
    heard = (n for n in known_items(budget, "notifications") if _told(n))
    return any(_is_in_time(notification, budget) for notification in heard)


def _told(notification: Value) -> bool:
    keys = ("subscriberEmailAddresses", "subscriberSnsTopicArns")
    return any(items(notification, key) not in ([], [""]) for key in keys)


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
