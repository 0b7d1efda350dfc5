"""A monthly budget that warns before the bill does."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.sections.budget import BudgetSettings


@dataclass(frozen=True, kw_only=True)
class BudgetArgs:
    """What the stack may cost.

    Args:
        context: names and tags.
        budget: limit and the shares of it that notify.
        topic_arn: SNS topic that hears of it; its policy must admit budgets.amazonaws.com.
    """

    context: Context
    budget: BudgetSettings
    topic_arn: pulumi.Input[str]


class Budget(pulumi.ComponentResource):
    """An AWS budget over everything that carries the stack's Project and Environment tags. Free.

    The tags must be activated once as cost allocation tags in the paying account.
    """

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Budget", name, None, opts)
        context, budget = args.context, args.budget
        shares = [("ACTUAL", percent) for percent in budget.actual_percent]
        aws.budgets.Budget(
            f"{name}-budget",
            budget_type="COST",
            limit_amount=str(budget.monthly_limit_usd),
            limit_unit="USD",
            time_unit="MONTHLY",
            # One tag alone would count the application's other environments in a shared account.
            filter_expression=aws.budgets.BudgetFilterExpressionArgs(
                ands=[
                    aws.budgets.BudgetFilterExpressionAndArgs(
                        tags=aws.budgets.BudgetFilterExpressionAndTagsArgs(
                            key=key, values=[value], match_options=["EQUALS"]
                        )
                    )
                    for key, value in (("Project", context.application), ("Environment", context.environment))
                ]
            ),
            metrics="UnblendedCost",
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[args.topic_arn],
                )
                for kind, percent in [*shares, ("FORECASTED", budget.forecast_percent)]
            ],
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
