"""CloudWatch alarms made of what components ask to be told about.

Not proven: that the metrics exist under these names, and that the thresholds are right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.foundation.alarm import AlarmSpec, Comparison
from components.observability.alarms import Alarms, AlarmsArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

ERRORS = AlarmSpec(
    key="server-errors",
    subject="app",
    title="app answers with 5xx",
    namespace="AWS/ApplicationELB",
    metric="HTTPCode_Target_5XX_Count",
    dimensions={"LoadBalancer": "app/lb/1"},
    statistic="Sum",
    threshold=10,
    periods=3,
)
LATENCY = replace(
    ERRORS, key="latency", statistic="p95", comparison=Comparison.AT_LEAST, threshold=0.5, period_seconds=300
)


def alarms(*specs: AlarmSpec) -> Alarms:
    topics = {"us-east-1": "topic-arn", "eu-west-1": "topic-abroad"}
    return Alarms("shop-edge", AlarmsArgs(context=CONTEXT, topic_arns=topics, specs=specs))


def test_an_alarm_per_specification(build: Build) -> None:
    made = build(lambda: alarms(ERRORS, replace(ERRORS, subject="")))
    alarm = "aws:cloudwatch/metricAlarm:MetricAlarm"
    assert made.children == {"shop-edge-app-server-errors": alarm, "shop-edge-server-errors": alarm}
    names = {
        "app-server-errors": made["shop-edge-app-server-errors"].outputs["name"],
        "server-errors": made["shop-edge-server-errors"].outputs["name"],
    }
    assert made.attributes == made.outputs == {"names": names}
    assert made.preview.attributes == {"names": dict.fromkeys(names, UNKNOWN)}


def test_an_alarm_tells_both_ways_and_names_its_runbook(build: Build) -> None:
    made = build(lambda: alarms(ERRORS))
    assert made.inputs("shop-edge-app-server-errors") == {
        "alarmDescription": "app answers with 5xx. Runbook: docs/runbooks/server-errors.md",
        "namespace": "AWS/ApplicationELB",
        "metricName": "HTTPCode_Target_5XX_Count",
        "dimensions": {"LoadBalancer": "app/lb/1"},
        "statistic": "Sum",
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 10,
        "period": 60,
        "evaluationPeriods": 3,
        "treatMissingData": "notBreaching",
        "alarmActions": ["topic-arn"],
        "okActions": ["topic-arn"],
        "tags": CONTEXT.tags("shop-edge-app-server-errors"),
    }


def test_a_percentile_is_an_extended_statistic(build: Build) -> None:
    inputs = build(lambda: alarms(LATENCY)).inputs("shop-edge-app-latency")
    assert "statistic" not in inputs
    assert inputs["extendedStatistic"] == "p95"
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanOrEqualToThreshold", 0.5)
    assert inputs["period"] == 300


def test_no_data_may_be_bad(build: Build) -> None:
    inputs = build(lambda: alarms(replace(ERRORS, missing_is_bad=True))).inputs("shop-edge-app-server-errors")
    assert inputs["treatMissingData"] == "breaching"


def test_an_alarm_abroad_tells_the_topic_there(build: Build) -> None:
    inputs = build(lambda: alarms(replace(ERRORS, region="eu-west-1"))).inputs("shop-edge-app-server-errors")
    assert inputs["region"] == "eu-west-1"
    assert inputs["alarmActions"] == inputs["okActions"] == ["topic-abroad"]


def test_nothing_to_watch(build: Build) -> None:
    made = build(alarms)
    assert made.children == {}
    assert made.attributes == {"names": {}}
