"""Cost anomalies: one monitor, of the stack's or the account's own, and who hears of it.

Not proven: what the monitor takes for an anomaly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.observability.cost.anomalies import CostAnomalies, CostAnomaliesArgs
from settings.enums import Mode
from settings.sections.cost import AnomalySettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

TOPIC = "arn:aws:sns:us-east-1:111111111111:alarms"
MONITOR = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0000-0000-0000-0a1b2c3d4e5f"


def anomalies(**settings: Any) -> CostAnomalies:  # noqa: ANN401
    args = CostAnomaliesArgs(context=CONTEXT, settings=AnomalySettings(**settings), topic_arn=TOPIC)
    return CostAnomalies("shop-anomalies", args)


def test_a_monitor_of_all_services_and_a_subscription(build: Build) -> None:
    made = build(lambda: anomalies(mode=Mode.CREATE, minimum_usd=50, minimum_percent=30))
    assert made.children == {
        "shop-anomalies-monitor": "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
        "shop-anomalies-subscription": "aws:costexplorer/anomalySubscription:AnomalySubscription",
    }
    monitor = made.inputs("shop-anomalies-monitor")
    assert (monitor["monitorType"], monitor["monitorDimension"]) == ("DIMENSIONAL", "SERVICE")
    subscription = made.inputs("shop-anomalies-subscription")
    assert subscription["monitorArnLists"] == [made["shop-anomalies-monitor"].outputs["arn"]]
    assert subscription["subscribers"] == [{"type": "SNS", "address": TOPIC}]
    assert subscription["frequency"] == "IMMEDIATE"
    assert subscription["thresholdExpression"] == {
        "ands": [
            {
                "dimension": {
                    "key": f"ANOMALY_TOTAL_IMPACT_{kind}",
                    "matchOptions": ["GREATER_THAN_OR_EQUAL"],
                    "values": [least],
                }
            }
            for kind, least in (("ABSOLUTE", "50"), ("PERCENTAGE", "30"))
        ]
    }


def test_the_accounts_own_monitor_is_used(build: Build) -> None:
    made = build(lambda: anomalies(mode=Mode.EXISTING, monitor_arn=MONITOR))
    assert list(made.children) == ["shop-anomalies-subscription"]
    assert made.inputs("shop-anomalies-subscription")["monitorArnLists"] == [MONITOR]
