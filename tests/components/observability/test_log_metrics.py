"""Metrics made of the application's log.

Not proven: that the application writes such lines; tests of the application do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.foundation.alarm import Comparison
from components.observability.log_metrics import LogMetrics, LogMetricsArgs
from settings.enums import Severity
from settings.sections.watch.logs import LogMetricSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

GROUPS = {"web": "/shop/dev/web", "mail": "/shop/dev/mail"}
ALL = {"errors": True, "latency": True, "transactions": True}


def metrics(**settings: Any) -> LogMetrics:  # noqa: ANN401 - any setting
    args = LogMetricsArgs(context=CONTEXT, settings=LogMetricSettings(**settings), log_groups=GROUPS)
    return LogMetrics("shop-metrics", args)


def everything() -> LogMetrics:
    return metrics(**ALL)


def test_three_filters_for_each_service(build: Build) -> None:
    made = build(everything)
    assert set(made.children) == {
        f"shop-metrics-{service}-{metric}"
        for service in GROUPS
        for metric in ("errorcount", "latency", "transactioncount")
    }
    errors = made.inputs("shop-metrics-web-errorcount")
    assert errors["logGroupName"] == "/shop/dev/web"
    assert errors["pattern"] == '{ ($.level = "ERROR") || ($.level = "CRITICAL") }'
    assert errors["metricTransformation"] == {
        "namespace": "shop/dev",
        "name": "web-ErrorCount",
        "value": "1",
        "defaultValue": "0",
        "unit": "Count",
    }


def test_a_latency_is_a_number_out_of_the_line(build: Build) -> None:
    made = build(lambda: metrics(latency=True, latency_field="http.ms"))
    inputs = made.inputs("shop-metrics-web-latency")
    assert inputs["pattern"] == "{ $.http.ms >= 0 }"
    assert inputs["metricTransformation"]["value"] == "$.http.ms"
    # A default of zero would be the best latency there is.
    assert "defaultValue" not in inputs["metricTransformation"]


def test_transactions_are_the_products_whichever_service_finishes_them(build: Build) -> None:
    made = build(everything)
    names = {made.inputs(f"shop-metrics-{one}-transactioncount")["metricTransformation"]["name"] for one in GROUPS}
    assert names == {"TransactionCount"}


def test_business_that_has_stopped_is_critical(build: Build) -> None:
    made = build(everything, lambda one: {alarm.name: alarm for alarm in one.alarms()})
    assert set(made.answer) == {"web-logged-errors", "mail-logged-errors", "business-stopped"}
    stopped = made.answer["business-stopped"]
    assert (stopped.namespace, stopped.metric) == ("shop/dev", "TransactionCount")
    assert (stopped.statistic, stopped.comparison, stopped.threshold) == ("Sum", Comparison.BELOW, 10)
    assert (stopped.period_seconds, stopped.periods, stopped.missing_is_bad) == (300, 2, True)
    assert stopped.severity is Severity.CRITICAL


def test_what_is_off_is_not_there(build: Build) -> None:
    made = build(lambda: metrics(errors=True), lambda one: [alarm.key for alarm in one.alarms()])
    assert set(made.children) == {"shop-metrics-web-errorcount", "shop-metrics-mail-errorcount"}
    assert made.answer == ["logged-errors", "logged-errors"]


def test_what_is_seen_of_it(build: Build) -> None:
    made = build(everything, lambda one: one.graphs())
    assert made.answer[0].title == "Transactions"
    assert {line.statistic for graph in made.answer for line in graph.lines} == {"Sum", "p50", "p95", "p99"}
