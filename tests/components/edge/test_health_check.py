"""The check from outside.

Not proven: that Route 53 gets through the firewall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.edge.health_check import HealthCheck, HealthCheckArgs
from components.foundation.alarm import AlarmSpec, Comparison
from settings.enums import Severity
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def check() -> HealthCheck:
    return HealthCheck("shop-health", HealthCheckArgs(context=CONTEXT, host="app.example.com", path="/health"))


def test_over_https_every_half_minute_three_times(build: Build) -> None:
    made = build(check)
    assert made.children == {"shop-health-check": "aws:route53/healthCheck:HealthCheck"}
    assert made.inputs("shop-health-check") == {
        "type": "HTTPS",
        "fqdn": "app.example.com",
        "port": 443,
        "resourcePath": "/health",
        "requestInterval": 30,
        "failureThreshold": 3,
        "enableSni": True,
        "tags": CONTEXT.tags("shop-health"),
    }
    assert made.attributes == {"check_id": made["shop-health-check"].outputs["id"]}


def test_somebody_hears_of_it_at_any_hour(build: Build) -> None:
    found: list[AlarmSpec] = []

    def watched() -> HealthCheck:
        made = check()
        found.extend(made.alarms())
        return made

    build(watched)
    spec = found[0]
    assert (spec.region, spec.severity, spec.comparison) == ("us-east-1", Severity.CRITICAL, Comparison.BELOW)
    assert spec.missing_is_bad is True
