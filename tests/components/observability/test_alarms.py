"""CloudWatch alarms made of what components ask to be told about.

Not proven: that the metrics exist under these names, and that the thresholds are right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.telemetry.composite import CompositeSpec
from components.foundation.telemetry.metric import Metric
from components.observability.alarms import Alarms, AlarmsArgs
from settings.enums import Severity
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def alarms(*specs: AlarmSpec, composites: Sequence[CompositeSpec] = ()) -> Alarms:
    topics = {"us-east-1": "topic-arn", "eu-west-1": "topic-abroad"}
    args = AlarmsArgs(context=CONTEXT, topic_arns=topics, specs=specs, composites=composites)
    return Alarms("shop-edge", args)


def test_an_alarm_per_specification(build: Build) -> None:
    made = build(lambda: alarms(ERRORS, replace(ERRORS, subject="")))
    alarm = "aws:cloudwatch/metricAlarm:MetricAlarm"
    assert made.children == {"shop-edge-app-server-errors": alarm, "shop-edge-server-errors": alarm}
    names = {
        "app-server-errors": made["shop-edge-app-server-errors"].outputs["name"],
        "server-errors": made["shop-edge-server-errors"].outputs["name"],
    }
    arns = {key: made[f"shop-edge-{key}"].outputs["arn"] for key in names}
    assert made.outputs == {"names": names}
    assert made.attributes == {"names": names, "arns": arns}
    assert made.preview.attributes == dict.fromkeys(("names", "arns"), dict.fromkeys(names, UNKNOWN))


def test_an_alarm_tells_both_ways_and_names_its_runbook(build: Build) -> None:
    made = build(lambda: alarms(ERRORS))
    assert made.inputs("shop-edge-app-server-errors") == {
        "alarmDescription": "Severity medium: app answers with 5xx. Runbook: docs/runbooks/server-errors.md",
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
    assert made.attributes == {"names": {}, "arns": {}}


REQUESTS = Metric(
    namespace="AWS/ApplicationELB", metric="RequestCount", dimensions={"LoadBalancer": "app/lb/1"}, statistic="Sum"
)


def test_a_share_is_compared_instead_of_a_count(build: Build) -> None:
    share = replace(ERRORS, expression="100 * m1 / m2", beside={"m2": REQUESTS}, threshold=5)
    inputs = build(lambda: alarms(share)).inputs("shop-edge-app-server-errors")
    compared, main, other = inputs["metricQueries"]
    assert (compared["expression"], compared["returnData"], inputs["threshold"]) == ("100 * m1 / m2", True, 5)
    assert [(one["id"], one["metric"]["metricName"], one["returnData"]) for one in (main, other)] == [
        ("m1", "HTTPCode_Target_5XX_Count", False),
        ("m2", "RequestCount", False),
    ]
    assert main["metric"]["period"] == 60
    # AWS refuses both at once.
    assert not {"metricName", "namespace", "statistic", "period", "dimensions"} & set(inputs)


def test_a_metric_is_compared_with_what_is_usual(build: Build) -> None:
    usual = replace(ERRORS, usual=True, threshold=2.5, comparison=Comparison.AT_LEAST)
    inputs = build(lambda: alarms(usual)).inputs("shop-edge-app-server-errors")
    band, main = inputs["metricQueries"]
    assert band["expression"] == "ANOMALY_DETECTION_BAND(m1, 2.5)"
    assert inputs["thresholdMetricId"] == band["id"]
    assert main["returnData"] is True
    assert inputs["comparisonOperator"] == "LessThanLowerOrGreaterThanUpperThreshold"
    # AWS refuses a threshold beside a band.
    assert "threshold" not in inputs


def test_some_of_the_periods_may_be_enough(build: Build) -> None:
    inputs = build(lambda: alarms(replace(ERRORS, enough=2))).inputs("shop-edge-app-server-errors")
    assert (inputs["datapointsToAlarm"], inputs["evaluationPeriods"]) == (2, 3)


def test_one_alarm_speaks_for_others(build: Build) -> None:
    down = replace(ERRORS, key="no-healthy-targets", severity=Severity.CRITICAL)
    degraded = CompositeSpec(
        key="degraded",
        subject="app",
        title="app answers badly",
        members=["app-server-errors", "app-latency"],
        hushed_by="app-no-healthy-targets",
    )
    made = build(lambda: alarms(ERRORS, LATENCY, down, composites=[degraded]))
    inputs = made.inputs("shop-edge-app-degraded")
    names = [made[f"shop-edge-app-{key}"].outputs["name"] for key in ("server-errors", "latency")]
    assert inputs["alarmRule"] == f'ALARM("{names[0]}") OR ALARM("{names[1]}")'
    assert inputs["alarmName"] == "shop-dev-app-degraded"
    assert inputs["alarmDescription"] == "Severity high: app answers badly. Runbook: docs/runbooks/degraded.md"
    assert inputs["alarmActions"] == inputs["okActions"] == ["topic-arn"]
    assert inputs["actionsSuppressor"]["alarm"] == made["shop-edge-app-no-healthy-targets"].outputs["name"]
    for silent in ("server-errors", "latency"):
        assert not {"alarmActions", "okActions"} & set(made.inputs(f"shop-edge-app-{silent}"))
    assert made.inputs("shop-edge-app-no-healthy-targets")["alarmActions"] == ["topic-arn"]
    assert made.preview.inputs("shop-edge-app-degraded")["alarmRule"] is UNKNOWN


def test_all_of_them_together(build: Build) -> None:
    both = CompositeSpec(key="both", title="both", members=["app-server-errors", "app-latency"], together=True)
    inputs = build(lambda: alarms(ERRORS, LATENCY, composites=[both])).inputs("shop-edge-both")
    assert inputs["alarmRule"].count(" AND ") == 1
    assert "actionsSuppressor" not in inputs
