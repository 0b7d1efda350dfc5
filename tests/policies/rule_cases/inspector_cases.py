"""Cases of the rules in policies/pack/rules/inspector.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

TOPIC = of(types.SNS_TOPIC, "topic")

TASK = of(types.ECS_TASK_DEFINITION, "task")


CASES = [
    *cases(
        "inspector-enabled",
        passing=[(TASK, of(types.INSPECTOR2_ENABLER, resourceTypes=["ECR", "LAMBDA"]))],
        failing=[TASK, (TASK, of(types.INSPECTOR2_ENABLER, resourceTypes=["EC2"])), of(types.LAMBDA_FUNCTION)],
        unknown=[(TASK, of(types.INSPECTOR2_ENABLER, resourceTypes=U))],
        skipped=[TOPIC],
    ),
]
