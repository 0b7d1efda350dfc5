"""What stores cost, by hand: caches, clusters, proxies, capacity, files, vectors, search, copies."""

from __future__ import annotations

from typing import Any

import pytest

from ascent.cost.charges import Status
from tests.cost.cost_things import bill_of, cents, made
from tests.stacks.planning import EVERY_STORE

CLUSTER: dict[str, Any] = {
    "engine": "aurora-postgresql",
    "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 4},
}
DATABASE = made(
    "aws:rds/instance:Instance", "db", engine="postgres", instanceClass="db.t4g.medium", allocatedStorage=50
)


def fixed(*resources: Any) -> str:  # noqa: ANN401
    bill = bill_of(*resources)
    assert bill.status is Status.PRICED, bill.why
    return cents(bill.fixed)


def test_a_cache_is_its_nodes() -> None:
    node: dict[str, Any] = {"engine": "valkey", "nodeType": "cache.t4g.micro"}
    assert fixed(made("aws:elasticache/replicationGroup:ReplicationGroup", **node, numCacheClusters=2)) == "18.69"


def test_a_serverless_cache_has_a_least() -> None:
    assert fixed(made("aws:elasticache/serverlessCache:ServerlessCache", engine="valkey")) == "6.13"


def test_a_member_of_aurora_is_its_least_capacity() -> None:
    cluster = made("aws:rds/cluster:Cluster", "cluster", **CLUSTER)
    member = made(
        "aws:rds/clusterInstance:ClusterInstance", "m", {"clusterIdentifier": cluster}, instanceClass="db.serverless"
    )
    assert fixed(member, cluster) == "43.80"


def test_a_cluster_of_three() -> None:
    cluster = made(
        "aws:rds/cluster:Cluster",
        engine="postgres",
        dbClusterInstanceClass="db.m6gd.large",
        allocatedStorage=100,
        storageType="gp3",
    )
    assert fixed(cluster) == "415.56", "3 x 730 x 0.174 and 300 x 0.115"


@pytest.mark.parametrize(("behind", "dollars"), [("instance", "21.90"), ("aurora", "87.60")])
def test_a_proxy_costs_by_what_is_behind_it(behind: str, dollars: str) -> None:
    cluster = made("aws:rds/cluster:Cluster", "cluster", **CLUSTER)
    proxy = made("aws:rds/proxy:Proxy", "proxy")
    target = {"dbInstanceIdentifier": DATABASE} if behind == "instance" else {"dbClusterIdentifier": cluster}
    assert (
        fixed(proxy, made("aws:rds/proxyTarget:ProxyTarget", "t", {"dbProxyName": proxy, **target}), cluster, DATABASE)
        == dollars
    )


def test_a_proxy_before_nothing_is_a_gap() -> None:
    assert bill_of(made("aws:rds/proxy:Proxy")).why == "what is behind it is not in the plan"


def test_a_replica_is_as_large_as_its_source() -> None:
    replica = made(
        "aws:rds/instance:Instance",
        "r",
        {"replicateSourceDb": DATABASE},
        instanceClass="db.t4g.medium",
        replicateSourceDb="db",
        storageType="gp3",
    )
    assert fixed(replica, DATABASE) == "53.20"


def test_provisioned_capacity() -> None:
    index = {"readCapacity": 5, "writeCapacity": 5}
    table = made(
        "aws:dynamodb/table:Table",
        billingMode="PROVISIONED",
        readCapacity=5,
        writeCapacity=5,
        globalSecondaryIndexes=[index],
    )
    assert fixed(table) == "5.69", "10 units of each: 730 x (0.00065 + 0.00013)"


def test_search_is_its_nodes_disks_and_leaders() -> None:
    config = {
        "instanceType": "t3.small.search",
        "instanceCount": 3,
        "dedicatedMasterEnabled": True,
        "dedicatedMasterCount": 3,
        "dedicatedMasterType": "m7g.medium.search",
    }
    domain = made("aws:opensearch/domain:Domain", clusterConfig=config, ebsOptions={"volumeSize": 10})
    assert fixed(domain) == "231.42"


@pytest.mark.parametrize(
    ("type_", "inputs", "why"),
    [
        (
            "aws:elasticache/replicationGroup:ReplicationGroup",
            {},
            "the size or the number of its nodes is not in the plan",
        ),
        (
            "aws:elasticache/serverlessCache:ServerlessCache",
            {"engine": "redis"},
            "no price for a serverless cache of redis",
        ),
        ("aws:opensearch/domain:Domain", {}, "the size or the number of its nodes is not in the plan"),
        ("aws:efs/fileSystem:FileSystem", {"throughputMode": "provisioned"}, "no price for provisioned throughput"),
        ("aws:rds/cluster:Cluster", {"engine": "aurora-mysql"}, "no price for a cluster of aurora-mysql"),
    ],
)
def test_what_has_no_price_says_so(type_: str, inputs: dict[str, Any], why: str) -> None:
    assert why in bill_of(made(type_, **inputs)).why


def test_the_stores_have_prices_at_all() -> None:
    assert set(EVERY_STORE) >= {"cache", "files", "vectors", "search"}
    for type_ in ("aws:s3/vectorsVectorBucket:VectorsVectorBucket", "aws:bedrock/guardrail:Guardrail"):
        assert bill_of(made(type_)).status is Status.PRICED
