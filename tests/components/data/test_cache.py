"""The cache: TLS, users, copies, snapshots, and what others need to know of it.

Not proven: that ElastiCache takes a group of users without one called default, and what a client's token looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.data.cache import Cache
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.cache import CacheSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

GROUP, SERVERLESS = "shop-cache-group", "shop-cache-serverless"


def cache(*, key: str | None = None, protect: bool = False, **settings: Any) -> Cache:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=CacheSettings(**settings),
        logs=LOGS,
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-cache",
        key_arn=key,
        protect=protect,
    )
    return Cache("shop-cache", args)


def serverless() -> Cache:
    return cache(kind="serverless", snapshot_days=2, max_gb=2, max_units=2000)


def test_children(build: Build) -> None:
    assert build(cache).children == {
        "shop-cache-user": "aws:elasticache/user:User",
        "shop-cache-users": "aws:elasticache/userGroup:UserGroup",
        "shop-cache-subnets": "aws:elasticache/subnetGroup:SubnetGroup",
        "shop-cache-parameters": "aws:elasticache/parameterGroup:ParameterGroup",
        "shop-cache-slow-log": "aws:cloudwatch/logGroup:LogGroup",
        "shop-cache-engine-log": "aws:cloudwatch/logGroup:LogGroup",
        GROUP: "aws:elasticache/replicationGroup:ReplicationGroup",
    }
    assert build(serverless).children == {
        "shop-cache-user": "aws:elasticache/user:User",
        "shop-cache-users": "aws:elasticache/userGroup:UserGroup",
        SERVERLESS: "aws:elasticache/serverlessCache:ServerlessCache",
    }


def test_tls_only_and_encrypted(build: Build) -> None:
    inputs = build(lambda: cache(key=KEY)).inputs(GROUP)
    assert inputs["transitEncryptionEnabled"] is True
    assert inputs["transitEncryptionMode"] == "required"
    assert (inputs["atRestEncryptionEnabled"], inputs["kmsKeyId"]) == (True, KEY)
    assert inputs["securityGroupIds"] == ["sg-cache"]


def test_nobody_has_a_password(build: Build) -> None:
    made = build(cache)
    user = made.inputs("shop-cache-user")
    assert user["authenticationMode"] == {"type": "iam"}
    assert user["userId"] == user["userName"] == "shop-dev-app"
    assert "-@dangerous" in user["accessString"]
    assert made.inputs(GROUP)["userGroupIds"] == [made.inputs("shop-cache-users")["userGroupId"]]
    every = [key for one in made.registered.values() for key in one.inputs]
    assert not {"authToken", "authTokenWo", "passwords", "passwordsWo"} & set(every)


@pytest.mark.parametrize("replicas", [0, 2])
def test_copies_take_over(build: Build, replicas: int) -> None:
    inputs = build(lambda: cache(replicas=replicas)).inputs(GROUP)
    assert inputs["numCacheClusters"] == 1 + replicas
    assert inputs["automaticFailoverEnabled"] is inputs["multiAzEnabled"] is (replicas > 0)


def test_a_protected_cache_leaves_a_snapshot(build: Build) -> None:
    kept, loose = build(lambda: cache(protect=True, snapshot_days=3))[GROUP], build(cache)[GROUP]
    assert (kept.options.protect, kept.inputs["finalSnapshotIdentifier"]) == (True, "shop-dev-cache-final")
    assert kept.inputs["snapshotRetentionLimit"] == 3
    assert "finalSnapshotIdentifier" not in loose.inputs
    assert loose.inputs["snapshotRetentionLimit"] == 0
    assert loose.options.delete_before_replace is True, "its name is fixed"


def test_what_a_full_cache_throws_out(build: Build) -> None:
    made = build(lambda: cache(eviction="noeviction", engine_version="7.2"))
    parameters = made.inputs("shop-cache-parameters")
    assert parameters["family"] == "valkey7"
    assert parameters["parameters"] == [{"name": "maxmemory-policy", "value": "noeviction"}]


def test_serverless_has_limits(build: Build) -> None:
    inputs = build(serverless).inputs(SERVERLESS)
    assert inputs["majorEngineVersion"] == "8"
    assert inputs["cacheUsageLimits"] == {
        "dataStorage": {"maximum": 2, "unit": "GB"},
        "ecpuPerSeconds": [{"maximum": 2000}],
    }
    assert (inputs["snapshotRetentionLimit"], inputs["dailySnapshotTime"]) == (2, "03:00")


@pytest.mark.parametrize(("make", "kind"), [(cache, "nodes"), (serverless, "serverless")])
def test_what_the_application_is_told(build: Build, make: Any, kind: str) -> None:  # noqa: ANN401
    variables = build(make, lambda one: one.variables).answer
    assert variables == {
        "CACHE_HOST": f"shop-cache-{'group' if kind == 'nodes' else 'serverless'}.cache.example",
        "CACHE_READER_HOST": f"shop-cache-{'group' if kind == 'nodes' else 'serverless'}-ro.cache.example",
        "CACHE_PORT": "6379",
        "CACHE_USER": "shop-dev-app",
        "CACHE_NAME": "shop-dev-cache",
        "CACHE_KIND": kind,
    }


def test_it_may_log_in_as_its_user_only(build: Build) -> None:
    made = build(cache, lambda one: [(s.actions, s.resources) for s in one.statements()])
    arns = [made[GROUP].outputs["arn"], made["shop-cache-user"].outputs["arn"]]
    assert made.answer == [[["elasticache:Connect"], arns]]


def test_alarms_are_on_the_node_that_is_worst(build: Build) -> None:
    found = build(lambda: cache(replicas=1), lambda one: [one.alarms(AlarmSettings()), one.backed_up]).answer
    by_name = {one.name: one for one in found[0]}
    assert set(by_name) == {
        "cache-full",
        "evictions-cache-full",
        "cache-busy",
        "connections-cache-busy",
        "cache-refused",
        "cache-behind",
    }
    full = by_name["cache-full"]
    assert (full.expression, full.threshold) == ("MAX([m1, m2])", 80)
    assert full.dimensions == {"CacheClusterId": "shop-dev-cache-001"}
    assert full.beside["m2"].dimensions == {"CacheClusterId": "shop-dev-cache-002"}
    assert found[1] is None


def test_alarms_of_a_serverless_cache_follow_its_limits(build: Build) -> None:
    found = build(serverless, lambda one: one.alarms(AlarmSettings())).answer
    limits = {one.name: one.threshold for one in found}
    assert limits["cache-full"] == 2 * 1024**3 * 80 // 100
    assert limits["cache-busy"] == 2000 * 60 * 80 // 100
    assert limits["throttled-cache-busy"] == 0
    assert all(one.dimensions == {"clusterId": "shop-dev-cache"} for one in found)
    assert build(serverless, lambda one: len(one.graphs())).answer == 4
