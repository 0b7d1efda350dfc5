"""Cases of the rules in policies/pack/rules/budgets.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

TOLD = {"subscriberSnsTopicArns": [U]}
TOPIC = of(types.SNS_TOPIC, "topic")


CASES = [
    *cases(
        "budget-notifies",
        passing=[
            of(types.BUDGETS_BUDGET, notifications=[{"subscriberEmailAddresses": ["a@example.com"]}]),
            of(types.BUDGETS_BUDGET, notifications=[{"threshold": 50}, {"subscriberSnsTopicArns": [U]}]),
        ],
        failing=[TOPIC, of(types.BUDGETS_BUDGET), of(types.BUDGETS_BUDGET, notifications=[{"threshold": 80}])],
        unknown=[of(types.BUDGETS_BUDGET, notifications=U)],
        skipped=[of("random:index/randomId:RandomId")],
    ),
    *cases(
        "budget-forecasts",
        passing=[
            (
                of(types.BUDGETS_BUDGET, notifications=[{"notificationType": "ACTUAL", **TOLD}]),
                of(types.BUDGETS_BUDGET, "other", notifications=[{"notificationType": "FORECASTED", **TOLD}]),
            ),
        ],
        failing=[
            of(types.BUDGETS_BUDGET),
            of(types.BUDGETS_BUDGET, notifications=[{"notificationType": "ACTUAL", **TOLD}]),
            of(types.BUDGETS_BUDGET, notifications=[{"notificationType": "FORECASTED"}]),
        ],
        unknown=[
            of(types.BUDGETS_BUDGET, notifications=U),
            of(types.BUDGETS_BUDGET, notifications=[{"notificationType": U, **TOLD}]),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[TOPIC],
    ),
]
