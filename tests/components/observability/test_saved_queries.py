"""Saved queries.

Not proven: that Logs Insights understands them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.observability.saved_queries import SavedQueries, SavedQueriesArgs, queries
from settings.sections.watch.logs import LogMetricSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def saved() -> SavedQueries:
    args = SavedQueriesArgs(context=CONTEXT, fields=LogMetricSettings(), applications=["/shop/dev/app"])
    return SavedQueries("shop-queries", args)


def test_they_lie_in_a_folder_of_the_stack(build: Build) -> None:
    made = build(saved)
    names = {one.inputs["name"] for one in made.of_type("aws:cloudwatch/queryDefinition:QueryDefinition")}
    assert names == {f"shop/dev/{key}" for key in queries(LogMetricSettings())}
    assert {"newest-errors", "slowest", "one-request"} <= set(queries(LogMetricSettings()))
    for one in made.of_type("aws:cloudwatch/queryDefinition:QueryDefinition"):
        assert one.inputs["logGroupNames"] == ["/shop/dev/app"]


def test_they_ask_for_the_applications_own_fields() -> None:
    found = queries(LogMetricSettings(level_field="severity", latency_field="ms", transaction_field="order"))
    assert 'filter severity in ["ERROR", "CRITICAL"]' in found["newest-errors"]
    assert "sort ms desc" in found["slowest"]
    assert "ispresent(order)" in found["transactions"]
