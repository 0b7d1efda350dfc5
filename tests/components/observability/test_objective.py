"""The service level objective and its burn rates.

Not proven: that Application Signals takes the objective; that a rate of these windows wakes at the right moment.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws
import pytest

from components.observability.objective import TYPE, Objective, ObjectiveArgs
from settings.enums import Severity
from settings.sections.watch.service_level import ServiceLevelSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def objective(**settings: Any) -> Objective:  # noqa: ANN401 - any setting
    balancer = aws.lb.LoadBalancer("other-lb")
    given = ServiceLevelSettings(enabled=True, **settings)
    args = ObjectiveArgs(context=CONTEXT, settings=given, load_balancer=balancer.arn_suffix)
    return Objective("shop-objective", args)


def test_what_is_promised(build: Build) -> None:
    made = build(objective)
    inputs = made.inputs("shop-objective-slo")
    assert inputs["typeName"] == TYPE
    wanted = json.loads(inputs["desiredState"])
    assert wanted["Name"] == "shop-dev-availability"
    assert wanted["Goal"]["AttainmentGoal"] == 99.9
    assert wanted["Goal"]["Interval"] == {"RollingInterval": {"Duration": 30, "DurationUnit": "DAY"}}
    assert {"Key": "Project", "Value": "shop"} in wanted["Tags"]
    metric = wanted["RequestBasedSli"]["RequestBasedSliMetric"]
    total, bad = metric["TotalRequestCountMetric"], metric["MonitoredRequestCountMetric"]["BadCountMetric"]
    for queries in (total, bad):
        assert [one["Id"] for one in queries if one["ReturnData"]] in (["total"], ["bad"])
    names = {one["MetricStat"]["Metric"]["MetricName"] for one in (*total, *bad) if "MetricStat" in one}
    assert names == {"RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"}
    assert made.preview.inputs("shop-objective-slo")["desiredState"] is UNKNOWN


def test_two_windows_with_a_long_and_a_short_span_each(build: Build) -> None:
    made = build(objective, lambda one: {alarm.name: alarm for alarm in one.alarms()})
    spans = {name: (one.period_seconds // 60, one.threshold) for name, one in made.answer.items()}
    assert spans == {
        "fast-long-error-budget": (60, 14.4),
        "fast-short-error-budget": (5, 14.4),
        "slow-long-error-budget": (360, 6),
        "slow-short-error-budget": (30, 6),
    }
    # CloudWatch looks back a day at most.
    assert all(one.period_seconds * one.periods <= 86_400 for one in made.answer.values())
    assert made.answer["fast-long-error-budget"].severity is Severity.CRITICAL


@pytest.mark.parametrize(("percent", "allowed"), [(99.9, "0.001"), (99.0, "0.01"), (99.95, "0.0005")])
def test_the_rate_follows_from_the_promise(build: Build, percent: float, allowed: str) -> None:
    made = build(lambda: objective(percent=percent), lambda one: one.alarms()[0].expression)
    assert f"/ {allowed}, 0)" in made.answer


def test_they_speak_while_both_spans_are_bad(build: Build) -> None:
    made = build(objective, lambda one: one.composites())
    fast, slow = made.answer
    assert fast.members == ["fast-long-error-budget", "fast-short-error-budget"]
    assert fast.together
    assert slow.together
    assert (fast.severity, slow.severity) == (Severity.CRITICAL, Severity.HIGH)
