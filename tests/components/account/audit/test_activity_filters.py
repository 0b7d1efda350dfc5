"""A filter and an alarm for each activity that the CIS benchmark wants to hear of.

Not proven: that Security Hub calls the filters right, and that the patterns match real events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.audit.activities import ACTIVITIES
from components.account.audit.activity_filters import ActivityFilters, ActivityFiltersArgs
from components.foundation.alarm import Comparison
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
LONGEST = 1024
"""Characters of a pattern that CloudWatch Logs takes (PutMetricFilter)."""


def filters() -> ActivityFilters:
    return ActivityFilters("shop-activity", ActivityFiltersArgs(context=CONTEXT, log_group="/shop/dev/trail"))


def test_a_filter_for_each(build: Build) -> None:
    made = build(filters)
    assert made.children == {f"shop-activity-{activity.subject}": FILTER for activity in ACTIVITIES}
    assert len(made.children) == 15
    for activity in ACTIVITIES:
        assert made.inputs(f"shop-activity-{activity.subject}") == {
            "logGroupName": "/shop/dev/trail",
            "pattern": activity.pattern,
            "metricTransformation": {"name": activity.subject, "namespace": "shop-dev-audit", "value": "1"},
        }


def test_an_alarm_for_each(build: Build) -> None:
    alarms = build(filters, ask=lambda made: made.alarms()).answer
    assert [(a.subject, a.key, a.threshold) for a in alarms] == [(a.subject, a.runbook, a.times) for a in ACTIVITIES]
    for alarm in alarms:
        assert (alarm.namespace, alarm.metric) == ("shop-dev-audit", alarm.subject)
        assert (alarm.statistic, alarm.comparison, alarm.periods) == ("Sum", Comparison.AT_LEAST, 1)
        assert (alarm.period_seconds, alarm.dimensions, alarm.missing_is_bad) == (300, {}, False)


def test_patterns_are_whole() -> None:
    for activity in ACTIVITIES:
        text = activity.pattern
        assert (text[0], text[-1]) == ("{", "}"), activity.subject
        assert text.count("(") == text.count(")")
        assert text.count('"') % 2 == 0
        assert len(text) <= LONGEST


def test_patterns_are_the_benchmarks_own() -> None:
    """Two of them, word by word (Security Hub user guide, CloudWatch.1 and CloudWatch.5)."""
    found = {activity.subject: activity.pattern for activity in ACTIVITIES}
    assert found["root"] == (
        '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'
    )
    assert found["trail"] == (
        "{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || "
        "($.eventName=StartLogging) || ($.eventName=StopLogging)}"
    )
