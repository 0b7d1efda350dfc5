"""Objectives, a second region, copies and experiments: what is refused, in one line each, and what would help."""

from __future__ import annotations

from typing import Any

import pytest

from settings.recovery import Failure, recoveries
from tests.settings.test_settings_load import lines, resolved

STACK: dict[str, Any] = {
    "tier": "production",
    "accountId": "111111111111",
    "edge": {"domain": "a.example.com", "hostedZoneId": "Z0123456789ABC"},
    "observability": {"alarmEmails": ["a@example.com"]},
}
TABLE = {"postgres": {"enabled": False}}
VAULT = "arn:aws:backup:us-west-2:{}:backup-vault:kept"


@pytest.mark.parametrize(
    ("resilience", "path", "wanted"),
    [
        ({"rpoMinutes": 1}, "rpoMinutes is 1", "write 5 or more"),
        ({"rtoMinutes": 20}, "rtoMinutes is 20", "takes about 60 minutes"),
        (
            {"copies": False, "regionRpoMinutes": 3000},
            "regionRpoMinutes is 3000",
            "copies: true ($1 a month",
        ),
        ({"regionRpoMinutes": 60}, "regionRpoMinutes is 60", "secondRegion.mode: pilot_light (pilot_light a network"),
        ({"regionRpoMinutes": 60}, "regionRpoMinutes is 60", "loses up to 1860 minutes"),
        ({"regionRtoMinutes": 5}, "regionRtoMinutes is 5", "or more, with ascent:resilience.secondRegion.mode"),
        ({"rpoMinutes": -1}, "rpoMinutes is -1", "at least 0"),
        ({"rtoMinutes": "4h"}, "rtoMinutes is ", "whole number"),
        ({"secondRegion": {"mode": "pilot_light", "region": "us-east-1"}}, "region is us-east-1", "own region"),
        ({"secondRegion": {"mode": "pilot_light", "region": "cn-north-1"}}, "region is cn-north-1", "partition aws"),
        ({"secondRegion": {"region": "us-west-2"}}, "region is us-west-2", "mode is off"),
        ({"secondRegion": {"mode": "warm_standby"}}, "mode is warm_standby", "set mode: pilot_light"),
        ({"secondRegion": {"mode": "active_active"}}, "mode is active_active", "set mode: pilot_light"),
        ({"secondRegion": {"mode": "pilot"}}, "mode is ", "must be one of off, backup_only"),
        ({"copyVaultArn": VAULT.format("111111111111")}, "copyVaultArn is ", "another account"),
        ({"copyVaultArn": "kept"}, "copyVaultArn is ", "ARN of a backup vault"),
        ({"airGappedDays": 5}, "airGappedDays is 5", "at least 7"),
        ({"dailyRetentionDays": 4000}, "dailyRetentionDays is 4000", "at most 3653"),
        ({"experiments": {"enabled": True}}, "experiments.enabled is true", "inProduction: true"),
        ({"experiments": {"inProduction": True}}, "inProduction is true", "enabled is false"),
    ],
)
def test_what_cannot_be(resilience: dict[str, Any], path: str, wanted: str) -> None:
    (line,) = lines(**STACK, resilience=resilience)
    assert path in line
    assert wanted in line


def test_what_nobody_backs_up_is_not_copied_or_restored() -> None:
    off = {"backup": False, "weekly": False, "copies": True, "restoreTests": True, "airGappedDays": 7}
    found = lines(**STACK, resilience=off)
    assert [part for part in ("airGappedDays", "restoreTests", "copies") if any(part in line for line in found)] == [
        "airGappedDays",
        "restoreTests",
        "copies",
    ]


def test_a_second_region_needs_a_way_to_it() -> None:
    edge = {"ingress": "cloudfront", "domain": "a.example.com", "hostedZoneId": "Z0123456789ABC"}
    (line,) = lines(**{**STACK, "edge": edge}, resilience={"secondRegion": {"mode": "pilot_light"}})
    assert "set ascent:edge.ingress: alb" in line


def test_a_region_without_a_neighbour_must_be_named() -> None:
    (line,) = lines(**STACK, resilience={"secondRegion": {"mode": "backup_only"}}, aws__region="sa-east-1")
    assert "secondRegion.region is missing" in line


@pytest.mark.parametrize(
    ("mode", "data", "loses", "takes"),
    [
        ("off", {}, 1860, 150),
        ("pilot_light", {}, 30, 50),
        ("pilot_light", TABLE, 2, 15),
        ("warm_standby", TABLE, 2, 5),
        ("active_active", TABLE, 2, 5),
    ],
)
def test_what_the_settings_give_when_the_region_is_lost(mode: str, data: Any, loses: int, takes: int) -> None:  # noqa: ANN401
    found = resolved(**STACK, data=data, resilience={"secondRegion": {"mode": mode}}).settings
    worst = [one for one in recoveries(found) if one.failure is Failure.REGION]
    assert max(one.loses or 0 for one in worst) == loses
    assert max(one.takes or 0 for one in worst) == takes


def test_each_store_that_restores_say_something_of_is_there() -> None:
    stores = {one.store for one in recoveries(resolved(**STACK).settings)}
    assert stores == {"postgres", "dynamodb"}
