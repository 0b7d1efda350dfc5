"""Cases of the rules in policies/pack/rules/fis.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

CASES = [
    *cases(
        "experiment-stops",
        passing=[of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": "aws:cloudwatch:alarm", "value": U}])],
        failing=[
            of(types.FIS_EXPERIMENT_TEMPLATE),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": "none"}]),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": "aws:cloudwatch:alarm"}]),
        ],
        unknown=[
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=U),
            of(types.FIS_EXPERIMENT_TEMPLATE, stopConditions=[{"source": U, "value": "arn"}]),
        ],
    ),
]
