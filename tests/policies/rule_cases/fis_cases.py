"""Cases of the rules in policies/pack/rules/fis.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

CASES = [
    *cases(
        "experiment-stops",
        passing=[of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": types.CLOUDWATCH_ALARM, "value": U}])],
        failing=[
            of(types.FIS_EXPERIMENT_TEMPLATE),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": "none"}]),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": types.CLOUDWATCH_ALARM}]),
        ],
        unknown=[
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=U),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": U, "value": "arn"}]),
        ],
    ),
]
