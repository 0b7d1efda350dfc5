"""What the whole account may cost, and who hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

_WARNINGS: Final = (("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))


@dataclass(frozen=True, kw_only=True)
class SpendingArgs:
    """What the account may cost.

    Args:
        context: names and tags.
        limit_usd: dollars a month.
        emails: who hears of it.
    """

    context: Context
    limit_usd: float
    emails: Sequence[str]


class Spending(pulumi.ComponentResource):
    """A budget over everything in the account, which counts from the first minute. Free."""

    def __init__(self, name: str, args: SpendingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:bootstrap:Spending", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        aws.budgets.Budget(
            f"{name}-budget",
            budget_type="COST",
            limit_amount=f"{args.limit_usd:g}",
            limit_unit="USD",
            time_unit="MONTHLY",
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                    subscriber_email_addresses=list(args.emails),
                )
                for kind, percent in _WARNINGS
            ],
            tags=args.context.tags(name),
            opts=child,
        )
        self.register_outputs({})
