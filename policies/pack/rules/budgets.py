"""Budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.facts import UNKNOWN
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import items, known_items, show
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


@OBSERVABILITY.stack(
    "budget-notifies",
    "A budget tells somebody before the money is spent",
    on=types.BUDGETS_BUDGET,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    account=True,
    why="Without one, a mistake that costs money is found on the bill at the end of the month.",
    fix="Add an aws.budgets.Budget with notifications to an e-mail address or a topic.",
)
def budget_notifies(stack: StackFacts) -> Outcome | None:
    """A budget with a subscriber. Nothing to ask of a stack without AWS resources."""
    if not stack.uses_aws:
        return None
    budgets = tuple(stack.of_type(types.BUDGETS_BUDGET))
    if not budgets:
        return failed("the stack has no budget", "a budget with a notification")
    if any(_notifies(b) for b in budgets):
        return passed("a budget notifies somebody")
    return failed(f"the budget's {show(budgets[0], 'notifications')}, without a subscriber", "a notification")


def _notifies(budget: ResourceFacts) -> bool:
    if items(budget, "notifications") is UNKNOWN:
        return False
    keys = ("subscriberEmailAddresses", "subscriberSnsTopicArns")
    return any(items(n, key) not in ([], [""]) for n in known_items(budget, "notifications") for key in keys)
