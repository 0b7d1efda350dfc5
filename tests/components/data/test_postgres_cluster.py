"""Clusters: members, capacity, passwords, readers, and what others need to know of them.

Not proven: that RDS takes these arguments together, and how long a fail-over takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.data.postgres_cluster import PostgresCluster
from components.foundation.store import StoreArgs
from settings.sections.data import PostgresSettings
from settings.sections.observability import AlarmSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

CLUSTER = "shop-db-cluster"
LOG = "aws:cloudwatch/logGroup:LogGroup"


def cluster(*, key: str | None = KEY, protect: bool = True, **settings: Any) -> PostgresCluster:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=PostgresSettings(**settings),
        logs=LOGS,
        subnet_ids=["subnet-1", "subnet-2", "subnet-3"],
        security_group_id="sg-db",
        key_arn=key,
        protect=protect,
    )
    return PostgresCluster("shop-db", args)


def aurora() -> PostgresCluster:
    return cluster(kind="aurora", readers=2, min_acu=1, max_acu=8)


def three() -> PostgresCluster:
    return cluster(kind="cluster", instance_class="db.m6gd.large", storage_gb=100)


def test_auroras_members(build: Build) -> None:
    made = build(aurora)
    assert made.children == {
        "shop-db-subnets": "aws:rds/subnetGroup:SubnetGroup",
        "shop-db-cluster-parameters": "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        "shop-db-monitoring": "ascent:foundation:ServiceRole",
        "shop-db-postgresql-log": LOG,
        CLUSTER: "aws:rds/cluster:Cluster",
        "shop-db-member-1": "aws:rds/clusterInstance:ClusterInstance",
        "shop-db-member-2": "aws:rds/clusterInstance:ClusterInstance",
        "shop-db-member-3": "aws:rds/clusterInstance:ClusterInstance",
    }
    inputs = made.inputs(CLUSTER)
    assert (inputs["engine"], inputs["engineMode"]) == ("aurora-postgresql", "provisioned")
    assert inputs["serverlessv2ScalingConfiguration"] == {"minCapacity": 1, "maxCapacity": 8}
    assert inputs["enabledCloudwatchLogsExports"] == ["postgresql"]
    assert "availabilityZones" not in inputs, "with fewer than three AWS would replace it"
    members = [made.inputs(f"shop-db-member-{number}") for number in (1, 2, 3)]
    assert [one["promotionTier"] for one in members] == [0, 1, 2]
    assert {one["instanceClass"] for one in members} == {"db.serverless"}


def test_rdss_own_three(build: Build) -> None:
    made = build(three)
    assert not [name for name in made.children if "member" in name]
    inputs = made.inputs(CLUSTER)
    assert (inputs["engine"], inputs["dbClusterInstanceClass"]) == ("postgres", "db.m6gd.large")
    assert (inputs["storageType"], inputs["allocatedStorage"]) == ("gp3", 100)
    assert inputs["enabledCloudwatchLogsExports"] == ["postgresql", "upgrade"]


@pytest.mark.parametrize(("make", "family"), [(aurora, "aurora-postgresql17"), (three, "postgres17")])
def test_tls_and_password(build: Build, make: Any, family: str) -> None:  # noqa: ANN401
    made = build(make)
    group = made.inputs("shop-db-cluster-parameters")
    assert group["family"] == family
    assert {"name": "rds.force_ssl", "value": "1", "applyMethod": "immediate"} in group["parameters"]
    inputs = made.inputs(CLUSTER)
    assert inputs["manageMasterUserPassword"] is True
    assert not [key for key in inputs if key.startswith("masterPassword")]
    assert (inputs["storageEncrypted"], inputs["kmsKeyId"]) == (True, KEY)
    assert inputs["iamDatabaseAuthenticationEnabled"] is True


@pytest.mark.parametrize("make", [aurora, three])
def test_nothing_is_lost_by_accident(build: Build, make: Any) -> None:  # noqa: ANN401
    made = build(make)
    inputs = made.inputs(CLUSTER)
    assert (inputs["deletionProtection"], made[CLUSTER].options.protect) == (True, True)
    assert (inputs["skipFinalSnapshot"], inputs["finalSnapshotIdentifier"]) == (False, "shop-dev-postgres-final")
    assert inputs["backupRetentionPeriod"] == 7
    loose = build(lambda: cluster(kind="aurora", final_snapshot=False, protect=False)).inputs(CLUSTER)
    assert (loose["skipFinalSnapshot"], loose["deletionProtection"]) == (True, False)


def test_log_groups_come_first(build: Build) -> None:
    made = build(aurora)
    assert made.inputs("shop-db-postgresql-log")["name"] == "/aws/rds/cluster/shop-dev-postgres/postgresql"
    assert "shop-db-postgresql-log" in made[CLUSTER].options.depends_on


def test_what_the_application_is_told(build: Build) -> None:
    assert build(aurora, lambda one: one.variables).answer == {
        "DATABASE_HOST": f"{CLUSTER}.cluster.example",
        "DATABASE_READER_HOST": f"{CLUSTER}.cluster-ro.example",
        "DATABASE_PORT": "5432",
        "DATABASE_NAME": "app",
        "DATABASE_SECRET_ARN": f"{CLUSTER}-password-arn",
    }
    alone = build(lambda: cluster(kind="aurora"), lambda one: one.variables).answer
    assert "DATABASE_READER_HOST" not in alone
    by_token = build(lambda: cluster(kind="aurora", readers=1, proxy="iam"), lambda one: one.variables).answer
    assert by_token["DATABASE_USER"] == "app"
    assert "DATABASE_SECRET_ARN" not in by_token
    assert by_token["DATABASE_READER_HOST"] == "shop-db-proxy-reader.proxy.example"


def test_how_it_is_restored(build: Build) -> None:
    made = build(aurora, lambda one: [one.restored, one.backed_up])
    assert made.answer[0].kind == "Aurora"
    assert made.answer[1] == made[CLUSTER].outputs["arn"]
    assert build(three, lambda one: one.restored).answer is None


def test_alarms_of_aurora_follow_its_capacity(build: Build) -> None:
    found = {one.name: one for one in build(aurora, lambda one: one.alarms(AlarmSettings())).answer}
    assert set(found) == {"database-cpu", "database-connections", "database-capacity", "database-lag"}
    assert found["database-connections"].threshold == 1347, "four fifths of what 16 GiB hold"
    assert (found["database-lag"].metric, found["database-lag"].threshold) == ("AuroraReplicaLagMaximum", 1000)
    assert found["database-cpu"].dimensions == {"DBClusterIdentifier": "shop-dev-postgres"}


def test_alarms_of_three(build: Build) -> None:
    found = {one.name: one for one in build(three, lambda one: one.alarms(AlarmSettings())).answer}
    assert set(found) == {
        "database-cpu",
        "database-connections",
        "database-storage",
        "database-memory",
        "database-lag",
    }
    assert found["database-storage"].threshold == 10 * 1024**3
    assert build(three, lambda one: [len(one.graphs()), len(one.events())]).answer == [6, 1]


def test_a_class_of_unknown_size_needs_a_threshold(build: Build) -> None:
    given = AlarmSettings(database_connections=300)
    made = build(lambda: cluster(kind="cluster", instance_class="db.c6gd.medium"), lambda one: one.alarms(given))
    assert {one.name: one.threshold for one in made.answer}["database-connections"] == 300
