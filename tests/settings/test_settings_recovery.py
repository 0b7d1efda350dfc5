"""Objectives, a second region, copies and experiments: what is refused, in one line each, and what would help."""

from __future__ import annotations

from typing import Any

import pytest

from settings.recovery import Failure, recoveries
from tests.settings.test_settings_load import lines, resolved

STACK: dict[str, Any] = {
    "tier": "production",
    "accountId": "111111111111",
    "edge": {"domain": "a.example.com", "hostedZoneId": "Z0123456789ABC", "assets": {"mode": "off"}},
    "configuration": {"enabled": False},
    "compute": {"release": {"strategy": "rolling"}},
    "data": {
        "postgres": {"readers": 0, "proxy": "off", "password": "managed"},
        "cache": {"enabled": False},
        "buckets": {"purposes": []},
    },
    "observability": {"alarmEmails": ["a@example.com"]},
}
"""A stack that could stand in two regions."""
BOTH = STACK["data"]
TABLE = {**BOTH, "postgres": {"enabled": False}}
VAULT = "arn:aws:backup:us-west-2:{}:backup-vault:kept"


@pytest.mark.parametrize(
    ("resilience", "path", "wanted"),
    [
        ({"rpoMinutes": 1}, "rpoMinutes is 1", "write 5 or more"),
        ({"rtoMinutes": 20}, "rtoMinutes is 20", "takes about 60 minutes"),
        (
            {"copies": False, "regionRpoMinutes": 3000},
            "regionRpoMinutes is 3000",
            "copies true ($1 a month",
        ),
        ({"regionRpoMinutes": 60}, "regionRpoMinutes is 60", "secondRegion.mode pilot_light (pilot_light a network"),
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
    edge = {**STACK["edge"], "ingress": "cloudfront"}
    (line,) = lines(**{**STACK, "edge": edge}, resilience={"secondRegion": {"mode": "pilot_light"}})
    assert "set ascent:edge.ingress: alb" in line


def test_a_region_without_a_neighbour_must_be_named() -> None:
    (line,) = lines(**STACK, resilience={"secondRegion": {"mode": "backup_only"}}, aws__region="sa-east-1")
    assert "secondRegion.region is missing" in line


@pytest.mark.parametrize(
    ("mode", "data", "loses", "takes"),
    [
        ("off", BOTH, 1860, 150),
        ("pilot_light", BOTH, 30, 50),
        ("pilot_light", TABLE, 2, 15),
        ("warm_standby", TABLE, 2, 5),
        ("active_active", TABLE, 2, 5),
    ],
)
def test_what_the_settings_give_when_the_region_is_lost(mode: str, data: Any, loses: int, takes: int) -> None:  # noqa: ANN401
    found = resolved(**{**STACK, "data": data}, resilience={"secondRegion": {"mode": mode}}).settings
    worst = [one for one in recoveries(found) if one.failure is Failure.REGION]
    assert max(one.loses or 0 for one in worst) == loses
    assert max(one.takes or 0 for one in worst) == takes


def test_each_store_that_restores_say_something_of_is_there() -> None:
    stores = {one.store for one in recoveries(resolved(**STACK).settings)}
    assert stores == {"postgres", "dynamodb"}


@pytest.mark.parametrize(
    ("section", "given", "path"),
    [
        ("data", {**BOTH, "cache": {"enabled": True}}, "data.cache"),
        ("data", {**BOTH, "buckets": {"purposes": ["uploads"]}}, "data.buckets"),
        ("data", {**BOTH, "vectors": {"enabled": True}}, "data.vectors"),
        ("data", {**BOTH, "postgres": {"readers": 0, "proxy": "off", "password": "rotated"}}, "data.postgres.password"),
        (
            "data",
            {**BOTH, "dynamodb": {"stream": "new_and_old_images", "globalRegions": ["eu-west-1"]}},
            "data.dynamodb.globalRegions",
        ),
        ("data", {**BOTH, "dynamodb": {"stream": "keys_only"}}, "data.dynamodb.stream"),
        ("edge", {**STACK["edge"], "assets": {"mode": "on"}}, "edge.assets"),
        ("configuration", {"enabled": True}, "configuration"),
        ("compute", {"release": {"strategy": "canary"}}, "compute.release"),
        (
            "services",
            {"web": {"kind": "web", "paths": ["/*"]}, "work": {"kind": "worker", "queue": {"enabled": True}}},
            "services.work.queue",
        ),
    ],
)
def test_what_a_second_region_cannot_have_is_named_in_one_line(section: str, given: Any, path: str) -> None:  # noqa: ANN401
    stack = {**STACK, section: given}
    (line,) = lines(**stack, resilience={"secondRegion": {"mode": "pilot_light"}})
    assert line.endswith(
        f"a second region can't have what is set in ascent:{path}; switch that off, or set mode: backup_only"
    )
    resolved(**stack, resilience={"secondRegion": {"mode": "backup_only"}})


def test_objects_come_back_from_their_versions_and_from_copies_elsewhere() -> None:
    held = {**BOTH, "postgres": {"enabled": False}, "buckets": {"purposes": ["uploads"]}}
    found = resolved(**{**STACK, "data": held}).settings
    (here, gone) = [one for one in recoveries(found) if one.store == "buckets"]
    assert (here.loses, gone.loses) == (0, None)
    (line,) = lines(**{**STACK, "data": held}, resilience={"regionRpoMinutes": 3000})
    assert "ascent:data.buckets is lost for good" in line
    assert "set ascent:data.buckets.copies: true ($0.035 per GB copied" in line
    copied = {**held, "buckets": {"purposes": ["uploads"], "copies": True}}
    (_, moved) = [one for one in recoveries(resolved(**{**STACK, "data": copied}).settings) if one.store == "buckets"]
    assert moved.loses == 15


def test_files_lose_a_day() -> None:
    held = {**BOTH, "files": {"enabled": True}}
    (line,) = lines(**{**STACK, "data": held}, resilience={"rtoMinutes": 240})
    assert "rpoMinutes is 15: when a store is lost, ascent:data.files loses up to 1860 minutes" in line
