"""Cases of the rules in policies/pack/rules/route53.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

DISTRIBUTION = of(types.CLOUDFRONT_DISTRIBUTION, "cdn")


def alias(health: object, **more: object) -> Made:
    return of(types.ROUTE53_RECORD, aliases=[{"name": U, "zoneId": U, "evaluateTargetHealth": health, **more}])


def check(**props: object) -> Made:
    return Made(
        types.ROUTE53_HEALTH_CHECK, "it", {"type": "HTTPS", "requestInterval": 30, "failureThreshold": 3, **props}
    )


def record(role: str, name: object = "app.example.com", **props: object) -> Made:
    policies = [{"type": role}]
    return Made(types.ROUTE53_RECORD, role, {"name": name, "type": "A", "failoverRoutingPolicies": policies, **props})


CASES = [
    *cases(
        "alias-target-health",
        passing=[alias(True), alias("true")],
        failing=[alias(False), of(types.ROUTE53_RECORD, aliases=[{"name": U, "zoneId": U}])],
        unknown=[alias(U), of(types.ROUTE53_RECORD, aliases=U)],
        skipped=[
            of(types.ROUTE53_RECORD, records=["192.0.2.1"]),
            (of(types.ROUTE53_RECORD, aliases=ref("cdn")), DISTRIBUTION),
            alias(False, zoneId="Z2FDTNDATAQYW2"),
            alias(False, name="d111.cloudfront.net"),
        ],
    ),
    *cases(
        "health-check-strict",
        passing=[
            check(),
            check(type="HTTPS_STR_MATCH", requestInterval=10, failureThreshold="2"),
            of(types.ROUTE53_HEALTH_CHECK, type="HTTPS"),
        ],
        failing=[
            of(types.ROUTE53_HEALTH_CHECK, type="HTTP"),
            check(type="TCP"),
            check(failureThreshold=5),
            check(failureThreshold=0),
            check(disabled=True),
        ],
        unknown=[check(type=U), check(requestInterval=U), check(failureThreshold=U)],
        skipped=[
            of(types.ROUTE53_HEALTH_CHECK, type="CALCULATED"),
            of(types.ROUTE53_HEALTH_CHECK, type="CLOUDWATCH_METRIC"),
        ],
    ),
    *cases(
        "dns-failover-complete",
        passing=[
            (record("PRIMARY", healthCheckId=U), record("SECONDARY")),
            (record("PRIMARY", aliases=[{"evaluateTargetHealth": True}]), record("SECONDARY")),
        ],
        failing=[
            record("PRIMARY", healthCheckId="hc"),
            (record("PRIMARY"), record("SECONDARY")),
            (record("PRIMARY", healthCheckId="hc"), record("SECONDARY", "other.example.com")),
            (record("PRIMARY", healthCheckId="hc"), record("SECONDARY", type="AAAA")),
        ],
        unknown=[(record("PRIMARY", U, healthCheckId="hc"), record("SECONDARY", U))],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.ROUTE53_RECORD, name="app.example.com"), record("SECONDARY")],
    ),
]
