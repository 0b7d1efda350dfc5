"""Cases of the rules in policies/pack/rules/synthetics.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

CDN = of(types.CLOUDFRONT_DISTRIBUTION, "cdn")

CANARY_ALARM = of(
    types.CLOUDWATCH_METRIC_ALARM, "canary-alarm", namespace="CloudWatchSynthetics", metricName="SuccessPercent"
)


CASES = [
    *cases(
        "synthetics-canary",
        passing=[(CDN, of(types.SYNTHETICS_CANARY, startCanary=True), CANARY_ALARM)],
        failing=[
            CDN,
            of(types.LB_LOAD_BALANCER),
            (CDN, of(types.SYNTHETICS_CANARY), CANARY_ALARM),
            (CDN, of(types.SYNTHETICS_CANARY, startCanary=True)),
        ],
        unknown=[
            (CDN, of(types.SYNTHETICS_CANARY, startCanary=U), CANARY_ALARM),
            of(types.LB_LOAD_BALANCER, internal=U),
        ],
        skipped=[of(types.LB_LOAD_BALANCER, internal=True), of(types.ECS_SERVICE)],
    ),
]
