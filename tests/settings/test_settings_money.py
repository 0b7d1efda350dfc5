"""What watches the bill, and copies of backups: what is refused, in one line each."""

from __future__ import annotations

from typing import Any

import pytest

from settings.enums import Mode
from settings.offers.regions import REGIONS, neighbour, partition
from tests.settings.test_settings_load import lines, resolved

STACK: dict[str, Any] = {"tier": "startup", "observability": {"alarmEmails": ["a@example.com"]}}
MONITOR = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0000-0000-0000-0a1b2c3d4e5f"
BACKUP = {"backup": True, "copies": True}


def test_the_accounts_monitor_is_named() -> None:
    cost = {"anomalies": {"mode": "existing", "monitorArn": MONITOR}}
    assert resolved(**STACK, cost=cost).settings.cost.anomalies.mode is Mode.EXISTING


@pytest.mark.parametrize(
    ("cost", "path", "wanted"),
    [
        ({"anomalies": {"mode": "existing"}}, "ascent:cost.anomalies.monitorArn is missing", "add monitorArn"),
        (
            {"anomalies": {"mode": "create", "monitorArn": MONITOR}},
            "ascent:cost.anomalies.monitorArn is arn:aws:ce::",
            "set mode: existing, or remove it",
        ),
        ({"anomalies": {"monitorArn": MONITOR}}, "ascent:cost.anomalies.monitorArn is arn:aws:ce::", "mode is off"),
        (
            {"anomalies": {"mode": "existing", "monitorArn": "arn:aws:ce::1:anomalymonitor/x"}},
            "ascent:cost.anomalies.monitorArn is ",
            "the ARN of a cost anomaly monitor",
        ),
        ({"anomalies": {"mode": "on"}}, "ascent:cost.anomalies.mode is ", "create, existing"),
        ({"allocationTags": "existing"}, "ascent:cost.allocationTags is ", "create"),
        ({"idleReport": {"idleDays": 0}}, "ascent:cost.idleReport.idleDays is 0", "1"),
        ({"idleReport": True}, "ascent:cost.idleReport is true", "must be an object of settings"),
        ({"monthlyReports": True}, "ascent:cost.monthlyReports ", "monthlyReport"),
    ],
)
def test_wrong_cost(cost: dict[str, Any], path: str, wanted: str) -> None:
    (line,) = lines(**STACK, cost=cost)
    assert path in line
    assert wanted in line


@pytest.mark.parametrize(
    ("resilience", "region", "path", "wanted"),
    [
        ({**BACKUP, "copyRegion": "us-east-1"}, "us-east-1", "resilience.copyRegion is us-east-1", "another region"),
        ({**BACKUP, "copyRegion": "cn-north-1"}, "us-east-1", "resilience.copyRegion is cn-north-1", "partition aws"),
        ({"backup": True, "copyRegion": "us-west-2"}, "us-east-1", "copyRegion is us-west-2", "set copies: true"),
        ({**BACKUP, "copyRegion": "moon-1"}, "us-east-1", "resilience.copyRegion is ", "must be one of"),
    ],
)
def test_wrong_copies(resilience: dict[str, Any], region: str, path: str, wanted: str) -> None:
    (line,) = lines(**STACK, resilience=resilience, aws__region=region)
    assert path in line
    assert wanted in line


def test_a_region_without_a_neighbour_takes_a_named_one() -> None:
    without = resolved(**STACK, resilience=BACKUP, aws__region="af-south-1").settings
    assert without.resilience.copies_in("af-south-1") is None
    found = resolved(**STACK, resilience={**BACKUP, "copyRegion": "eu-west-1"}, aws__region="af-south-1").settings
    assert found.resilience.copies_in("af-south-1") == "eu-west-1"


@pytest.mark.parametrize("region", REGIONS)
def test_a_neighbour_is_another_region_under_the_same_law(region: str) -> None:
    other = neighbour(region)
    if other is not None:
        assert other != region
        assert partition(other) == partition(region)
        assert other.split("-")[0] == region.split("-")[0]


def test_regions_of_many_stacks_have_neighbours() -> None:
    assert {r: neighbour(r) for r in ("us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ca-central-1")} == {
        "us-east-1": "us-west-2",
        "us-west-2": "us-east-1",
        "eu-central-1": "eu-west-1",
        "eu-west-1": "eu-central-1",
        "ca-central-1": None,
    }
