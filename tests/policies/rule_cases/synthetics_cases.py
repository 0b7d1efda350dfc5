"""Cases of the rules in policies/pack/rules/synthetics.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of

if TYPE_CHECKING:
    from policies.pack.facts import Value
    from tests.policies.building import Made

CDN = of(types.CLOUDFRONT_DISTRIBUTION, "cdn")

CANARY_ALARM = of(
    types.CLOUDWATCH_METRIC_ALARM, "canary-alarm", namespace="CloudWatchSynthetics", metricName="SuccessPercent"
)


def run(version: Value) -> Made:
    return of(types.SYNTHETICS_CANARY, runtimeVersion=version)


CASES = [
    *cases(
        "synthetics-runtime",
        passing=[run("syn-python-selenium-14.0"), run("syn-nodejs-puppeteer-15.1"), run("syn-nodejs-playwright-9.0")],
        failing=[
            run("syn-nodejs-puppeteer-6.0"),
            run("syn-python-selenium-5.1"),
            run("syn-1.0"),
            of(types.SYNTHETICS_CANARY),
        ],
        unknown=[run(U)],
        unknown_is=Status.UNKNOWN,
    ),
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
