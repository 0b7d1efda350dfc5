"""Stores that cannot be so: one line each, with the place, the value, what is allowed and the fix."""

from __future__ import annotations

from typing import Any

import pytest

from common.problems import InputError
from settings.load import resolve
from tests.stacks.planning import config_of, smallest

TABLE, DATABASE, CACHE, BUCKETS = "data.dynamodb", "data.postgres", "data.cache", "data.buckets"
STREAM = {"stream": "new_and_old_images"}

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    # tier, data, place, what the line says
    ("startup", {"postgres": {"readers": 1}}, f"{DATABASE}.readers", "write password: rotated, or kind: cluster"),
    ("startup", {"postgres": {"readers": 6, "password": "rotated"}}, f"{DATABASE}.readers", "at most 5 replicas"),
    ("startup", {"postgres": {"readers": 16, "kind": "aurora"}}, f"{DATABASE}.readers", "15"),
    ("startup", {"postgres": {"kind": "aurora", "password": "rotated"}}, f"{DATABASE}.password", "write managed"),
    ("startup", {"postgres": {"kind": "cluster"}}, f"{DATABASE}.instanceClass", "write db.m6gd.large"),
    (
        "startup",
        {"postgres": {"kind": "cluster", "instanceClass": "db.m6gd.large"}},
        f"{DATABASE}.kind",
        "ascent:network.azCount 3",
    ),
    ("startup", {"postgres": {"kind": "cluster", "readers": 1}}, f"{DATABASE}.readers", "two readers by itself"),
    ("startup", {"postgres": {"kind": "aurora", "minAcu": 8, "maxAcu": 2}}, f"{DATABASE}.maxAcu", "write 8"),
    ("startup", {"postgres": {"kind": "aurora", "minAcu": 0.3}}, f"{DATABASE}.minAcu", "0.5"),
    ("startup", {"postgres": {"backupRetentionDays": 36}}, f"{DATABASE}.backupRetentionDays", "35"),
    ("startup", {"postgres": {"passwordRotationDays": 91}}, f"{DATABASE}.passwordRotationDays", "90"),
    ("startup", {"postgres": {"proxy": "pgbouncer"}}, f"{DATABASE}.proxy", "off, secret, iam"),
    ("startup", {"dynamodb": {"globalRegions": ["us-east-1"], **STREAM}}, f"{TABLE}.globalRegions", "own region"),
    ("startup", {"dynamodb": {"globalRegions": ["cn-north-1"], **STREAM}}, f"{TABLE}.globalRegions", "partition"),
    ("startup", {"dynamodb": {"globalRegions": ["us-west-2"]}}, f"{TABLE}.stream", "write new_and_old_images"),
    (
        "startup",
        {"dynamodb": {"globalRegions": ["us-west-2"], "billing": "autoscaled", **STREAM}},
        f"{TABLE}.billing",
        "write on_demand",
    ),
    ("startup", {"dynamodb": {"recoveryDays": 36}}, f"{TABLE}.recoveryDays", "35"),
    ("startup", {"dynamodb": {"expiryAttribute": "sk"}}, f"{TABLE}.expiryAttribute", "name another attribute"),
    ("startup", {"dynamodb": {"minCapacity": 9, "maxCapacity": 8}}, f"{TABLE}.maxCapacity", "write 18"),
    (
        "startup",
        {"dynamodb": {"indexes": {"by-day": {"partitionKey": "day", "sortKey": "day"}}}},
        f"{TABLE}.indexes.by-day.sortKey",
        "must differ",
    ),
    ("startup", {"cache": {"enabled": True, "kind": "serverless", "replicas": 1}}, f"{CACHE}.replicas", "remove it"),
    (
        "startup",
        {"cache": {"enabled": True, "kind": "serverless", "engineVersion": "7.2"}},
        f"{CACHE}.engineVersion",
        "8.1",
    ),
    ("startup", {"cache": {"enabled": True, "nodeType": "t4g.micro"}}, f"{CACHE}.nodeType", "cache.t4g.micro"),
    ("startup", {"cache": {"enabled": True, "snapshotDays": 36}}, f"{CACHE}.snapshotDays", "35"),
    ("startup", {"buckets": {"copies": True, "copyRegion": "us-east-1"}}, f"{BUCKETS}.copyRegion", "own region"),
    ("startup", {"buckets": {"copyRegion": "us-west-2"}}, f"{BUCKETS}.copyRegion", "set copies: true"),
    ("startup", {"buckets": {"purposes": ["logs"], "copies": True}}, f"{BUCKETS}.copies", "add uploads or backups"),
    ("startup", {"buckets": {"lockDays": 30}}, f"{BUCKETS}.lockDays", "add backups"),
    (
        "startup",
        {"buckets": {"purposes": ["backups"], "lockDays": 400}},
        f"{BUCKETS}.lockDays",
        "write 365 or less",
    ),
    (
        "startup",
        {"buckets": {"purposes": ["backups"], "backupDays": 60}},
        f"{BUCKETS}.archiveDays",
        "write fewer days, or null",
    ),
    ("startup", {"buckets": {"purposes": ["uploads", "uploads"]}}, f"{BUCKETS}.purposes", "only once"),
    ("mvp", {"files": {"enabled": True}}, "data.files.enabled", "ascent:compute.kind fargate"),
    ("startup", {"files": {"enabled": True, "mountPath": "/etc/x"}}, "data.files.mountPath", "/mnt/files"),
    ("startup", {"models": {"guardrail": True}}, "data.models.guardrail", "name a model"),
    ("startup", {"models": {"ids": ["*"]}}, "data.models.ids", "without *"),
    ("startup", {"search": {"enabled": True, "nodes": 3}}, "data.search.nodes", "azCount 3"),
    ("startup", {"search": {"enabled": True, "managers": True}}, "data.search.managers", "data.search.nodes 3"),
    ("startup", {"vectors": {"enabled": True, "dimension": 5000}}, "data.vectors.dimension", "4096"),
]


@pytest.mark.parametrize(
    ("tier", "data", "place", "says"), CASES, ids=[f"{case[2]}-{n}" for n, case in enumerate(CASES)]
)
def test_one_clear_line(tier: str, data: dict[str, Any], place: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(config_of(smallest(tier, data=data)), stack="test", project="ascent")
    lines = [line for line in str(caught.value).splitlines() if f"ascent:{place}" in line]
    assert any(says in line for line in lines), str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        {"postgres": {"readers": 5, "password": "rotated"}},
        {"postgres": {"kind": "aurora", "readers": 15, "minAcu": 0}},
        {"dynamodb": {"globalRegions": ["us-west-2", "eu-west-1"], **STREAM}},
        {"buckets": {"purposes": ["backups"], "lockDays": 365, "copies": True}},
        {"models": {"ids": ["us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0"]}},
    ],
)
def test_what_is_allowed(data: dict[str, Any]) -> None:
    assert resolve(config_of(smallest("startup", data=data)), stack="test", project="ascent").settings.data


def test_an_own_region_without_a_neighbour_copies_nothing() -> None:
    found = resolve(
        config_of({**smallest("startup", data={"buckets": {"copies": True}}), "region": "sa-east-1"}),
        stack="test",
        project="ascent",
    )
    assert found.settings.data.buckets.copies_in("sa-east-1") is None
    assert found.settings.data.buckets.copies_in("us-east-1") == "us-west-2"
