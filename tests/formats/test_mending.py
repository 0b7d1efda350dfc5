"""The settings that a plan names for a finding are settings that are taken, and that end it."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest

from ascent.advise.placeholders import sampled
from ascent.output.console import console
from ascent.output.console.plan import print_plan
from ascent.verdicts.judge import judge
from ascent.verdicts.mending import MENDING, mending
from tests.stacks.planning import merged, planned, smallest

POSTGRES = {"data": {"postgres": {"enabled": True}}}

BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "alarm-topic-subscribed": ("mvp", {"observability": {"alarmEmails": []}}),
    "alb-deletion-protection": ("production", {"resilience": {"protect": False}}),
    "backup-covers-data": ("startup", {"resilience": {"backup": False}}),
    "backup-cross-region-copy": ("production", {"resilience": {"copies": False}}),
    "cloudfront-min-tls12": ("mvp", {"edge": {"domain": None, "hostedZoneId": None}}),
    "cost-anomaly": ("production", {"cost": {"anomalies": {"mode": "off"}}}),
    "dashboard-present": ("mvp", {}),
    "dynamodb-deletion-protection": ("production", {"resilience": {"protect": False}}),
    "ecs-container-insights": ("startup", {}),
    "nat-per-az": ("production", {"network": {"nat": "single"}}),
    "rds-deletion-protection": ("production", {"resilience": {"protect": False}}),
    "rds-final-snapshot": ("production", {"data": {"postgres": {"finalSnapshot": False}}}),
    "rds-multi-az": ("production", {"data": {"postgres": {"multiAz": False}}}),
    "restore-tested": ("production", {}),
    "secret-rotation": ("startup", {}),
    "stateful-protected": ("production", {"resilience": {"protect": False}}),
    "waf-associated": ("production", {"edge": {"waf": False}}),
}
"""Rule → a stack that breaks it."""


def nested(settings: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping of any values
    """Dotted settings as a stack file has them."""
    found: dict[str, Any] = {}
    for path, value in settings.items():
        head, *rest = path.split(".")
        inner: Any = sampled(value)
        for part in reversed(rest):
            inner = {part: inner}
        found = merged(found, {head: inner})
    return found


@pytest.mark.parametrize("rule", list(MENDING))
def test_what_is_named_ends_the_finding(rule: str) -> None:
    tier, broken = BROKEN[rule]
    before = judge(planned(smallest(tier, **broken)))
    assert mending(before.results)[rule] == MENDING[rule]
    after = judge(planned(smallest(tier, **merged(broken, nested(MENDING[rule])))))
    assert rule not in mending(after.results)


def test_a_plan_prints_the_commands() -> None:
    plan = planned(smallest("startup"))
    out = StringIO()
    print_plan(console(file=out), plan, judge(plan), ())
    text = out.getvalue()
    command = f"pulumi config set --stack {plan.stack} --path ascent:observability.containerInsights enabled"
    assert f"  mend        ecs-container-insights: {command}\n" in text
    asked = "observability.containerInsights=enabled"
    assert f"dollars and score: ascent what-if {plan.stack} {asked}\n" in text
