"""Cases of the rules in policies/pack/rules/budgets.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

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
]
