"""The database: encryption, password, backups, protection, logs, and what others need to know of it.

Not proven: that RDS takes these arguments together, that AWS rotates the password, and what a change replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.data.database import final_snapshot
from components.data.listeners import DATABASE
from components.data.postgres import Postgres
from components.foundation.alarm import Comparison
from components.foundation.store import StoreArgs
from settings.enums import ApplyChanges, InsightsMode
from settings.sections.data import PostgresSettings
from settings.sections.observability import AlarmSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

INSTANCE = "shop-db-instance"
LOG = "aws:cloudwatch/logGroup:LogGroup"


def database(*, key: str | None = None, protect: bool = False, **settings: Any) -> Postgres:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=PostgresSettings(**settings),
        logs=LOGS,
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-db",
        key_arn=key,
        protect=protect,
    )
    return Postgres("shop-db", args)


CHILDREN = {
    "shop-db-subnets": "aws:rds/subnetGroup:SubnetGroup",
    "shop-db-parameters": "aws:rds/parameterGroup:ParameterGroup",
    "shop-db-monitoring": "ascent:foundation:ServiceRole",
    "shop-db-postgresql-log": LOG,
    "shop-db-upgrade-log": LOG,
    INSTANCE: "aws:rds/instance:Instance",
}


def test_children(build: Build) -> None:
    made = build(database)
    assert made.children == CHILDREN
    own = made[INSTANCE].outputs
    known = {"arn": own["arn"], "host": own["address"], "secret_arn": own["masterUserSecrets"][0]["secretArn"]}
    assert made.outputs == known
    assert made.attributes == {**known, "identifier": "shop-dev-postgres"}
    assert made.preview.outputs == {"arn": UNKNOWN, "host": UNKNOWN, "secret_arn": UNKNOWN}


def test_nobody_outside_reaches_it(build: Build) -> None:
    made = build(database)
    inputs = made.inputs(INSTANCE)
    assert inputs["publiclyAccessible"] is False
    assert inputs["vpcSecurityGroupIds"] == ["sg-db"]
    assert inputs["dbSubnetGroupName"] == made["shop-db-subnets"].outputs["name"]
    assert made.inputs("shop-db-subnets")["subnetIds"] == ["subnet-1", "subnet-2"]
    assert inputs["port"] == DATABASE.port == 5432


def test_every_connection_is_tls(build: Build) -> None:
    made = build(lambda: database(engine_version="16"))
    parameters = made["shop-db-parameters"]
    assert parameters.inputs["family"] == "postgres16"
    assert {one["name"]: one["value"] for one in parameters.inputs["parameters"]} == {
        "rds.force_ssl": "1",
        "log_connections": "1",
        "log_disconnections": "1",
        "log_min_duration_statement": "1000",
    }
    assert made.inputs(INSTANCE)["parameterGroupName"] == parameters.outputs["name"]
    assert made.inputs(INSTANCE)["engineVersion"] == "16"


def test_aws_makes_the_password(build: Build) -> None:
    inputs = build(database).inputs(INSTANCE)
    assert inputs["manageMasterUserPassword"] is True
    assert inputs["iamDatabaseAuthenticationEnabled"] is True
    assert not [key for key in inputs if key in ("password", "passwordWo")]


@pytest.mark.parametrize("key", [None, KEY])
def test_it_is_encrypted_with_or_without_an_own_key(build: Build, key: str | None) -> None:
    inputs = build(lambda: database(key=key)).inputs(INSTANCE)
    assert inputs["storageEncrypted"] is True
    assert (inputs.get("kmsKeyId"), inputs.get("masterUserSecretKmsKeyId")) == (key, key)
    assert inputs.get("performanceInsightsKmsKeyId") == key


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    instance = build(lambda: database(protect=protect))[INSTANCE]
    assert instance.inputs["deletionProtection"] is protect
    assert instance.options.protect is protect
    assert instance.options.timeouts == ("60m", "120m", "60m")


def test_size_and_standby_are_the_settings(build: Build) -> None:
    inputs = build(
        lambda: database(
            instance_class="db.r7g.large", storage_gb=50, max_storage_gb=200, multi_az=True, backup_retention_days=14
        )
    ).inputs(INSTANCE)
    assert inputs["instanceClass"] == "db.r7g.large"
    assert (inputs["allocatedStorage"], inputs["maxAllocatedStorage"], inputs["storageType"]) == (50, 200, "gp3")
    assert (inputs["multiAz"], inputs["backupRetentionPeriod"]) == (True, 14)
    assert (inputs["autoMinorVersionUpgrade"], inputs["copyTagsToSnapshot"]) == (True, True)


@pytest.mark.parametrize(
    ("keep", "inputs"),
    [
        (True, {"skipFinalSnapshot": False, "finalSnapshotIdentifier": "shop-dev-postgres-final"}),
        (False, {"skipFinalSnapshot": True, "deleteAutomatedBackups": True}),
    ],
)
def test_what_is_left_when_it_is_deleted(build: Build, keep: bool, inputs: dict[str, Any]) -> None:
    found = build(lambda: database(final_snapshot=keep)).inputs(INSTANCE)
    names = ("skipFinalSnapshot", "finalSnapshotIdentifier", "deleteAutomatedBackups")
    assert {name: found[name] for name in names if name in found} == inputs


def test_final_snapshot_alone() -> None:
    assert final_snapshot("db", keep=True)["final_snapshot_identifier"] == "db-final"
    assert "final_snapshot_identifier" not in final_snapshot("db", keep=False)


def test_its_logs_are_made_first_and_end(build: Build) -> None:
    made = build(database)
    assert made.inputs(INSTANCE)["enabledCloudwatchLogsExports"] == ["postgresql", "upgrade"]
    for log in ("postgresql", "upgrade"):
        inputs = made.inputs(f"shop-db-{log}-log")
        assert (inputs["name"], inputs["retentionInDays"]) == (f"/aws/rds/instance/shop-dev-postgres/{log}", 30)
    assert made[INSTANCE].options.depends_on >= {"shop-db-postgresql-log", "shop-db-upgrade-log"}


def test_enhanced_monitoring_brings_its_role(build: Build) -> None:
    made = build(lambda: database(monitoring_interval_seconds=15))
    inputs = made.inputs(INSTANCE)
    assert inputs["monitoringInterval"] == 15
    assert inputs["monitoringRoleArn"] == made["shop-db-monitoring-role"].outputs["arn"]
    # RDS refuses a role that may not publish yet.
    assert "shop-db-monitoring-amazonrdsenhancedmonitoringrole" in made[INSTANCE].options.depends_on


def test_without_enhanced_monitoring_there_is_no_role(build: Build) -> None:
    made = build(lambda: database(monitoring_interval_seconds=0))
    assert made.children == {name: kind for name, kind in CHILDREN.items() if name != "shop-db-monitoring"}
    assert made.inputs(INSTANCE)["monitoringInterval"] == 0
    assert "monitoringRoleArn" not in made.inputs(INSTANCE)


@pytest.mark.parametrize(("mode", "days"), [(InsightsMode.STANDARD, 7), (InsightsMode.ADVANCED, 465)])
def test_insights(build: Build, mode: InsightsMode, days: int) -> None:
    inputs = build(lambda: database(insights_mode=mode)).inputs(INSTANCE)
    assert inputs["databaseInsightsMode"] == mode.value
    assert (inputs["performanceInsightsEnabled"], inputs["performanceInsightsRetentionPeriod"]) == (True, days)


def test_what_the_application_is_told(build: Build) -> None:
    made = build(
        lambda: database(database_name="orders"),
        lambda db: {"variables": db.variables, "outputs": db.outputs, "backed_up": db.backed_up},
    )
    own = made[INSTANCE].outputs
    secret = own["masterUserSecrets"][0]["secretArn"]
    assert made.answer == {
        "variables": {
            "DATABASE_HOST": own["address"],
            "DATABASE_PORT": "5432",
            "DATABASE_NAME": "orders",
            "DATABASE_SECRET_ARN": secret,
        },
        "outputs": {"databaseHost": own["address"], "databaseSecretArn": secret},
        "backed_up": own["arn"],
    }
    assert made.preview.answer["variables"]["DATABASE_HOST"] is UNKNOWN
    assert made.preview.answer["variables"]["DATABASE_PORT"] == "5432"


@pytest.mark.parametrize("key", [None, KEY])
def test_what_the_application_may_do(build: Build, key: str | None) -> None:
    made = build(lambda: database(key=key), lambda db: {one.sid: one.document() for one in db.statements()})
    read = made.answer.pop("ReadDatabasePassword")
    assert read["Action"] == ["secretsmanager:GetSecretValue"]
    assert read["Resource"] == [made[INSTANCE].outputs["masterUserSecrets"][0]["secretArn"]]
    assert {sid: one["Resource"] for sid, one in made.answer.items()} == (
        {"DecryptDatabasePassword": [KEY]} if key else {}
    )


def test_alarms(build: Build) -> None:
    thresholds = AlarmSettings(cpu_percent=70, database_free_storage_gb=2, database_connections=50)
    made = build(database, lambda db: db.alarms(thresholds))
    assert [(one.name, one.metric, one.threshold, one.comparison) for one in made.answer] == [
        ("database-cpu", "CPUUtilization", 70, Comparison.ABOVE),
        ("database-storage", "FreeStorageSpace", 2 * 1024**3, Comparison.BELOW),
        ("database-connections", "DatabaseConnections", 50, Comparison.ABOVE),
        ("database-memory", "FreeableMemory", 1024**3 / 20, Comparison.BELOW),
        ("database-credits", "CPUSurplusCreditsCharged", 0, Comparison.ABOVE),
    ]
    assert made.answer[0].dimensions == {"DBInstanceIdentifier": made.inputs(INSTANCE)["identifier"]}


@pytest.mark.parametrize(
    ("instance_class", "storage_gb", "connections", "free_gb"),
    [("db.t4g.micro", 20, 62, 1), ("db.t4g.medium", 50, 319, 2.5), ("db.r7g.large", 200, 1347, 10)],
)
def test_thresholds_follow_from_class_and_storage(
    build: Build, instance_class: str, storage_gb: int, connections: int, free_gb: float
) -> None:
    made = build(
        lambda: database(instance_class=instance_class, storage_gb=storage_gb, max_storage_gb=500),
        lambda db: {one.name: one.threshold for one in db.alarms(AlarmSettings())},
    )
    assert made.answer["database-connections"] == connections
    assert made.answer["database-storage"] == free_gb * 1024**3
    assert ("database-credits" in made.answer) == instance_class.startswith("db.t")


def test_a_class_of_unknown_memory_needs_a_threshold(build: Build) -> None:
    given = AlarmSettings(database_connections=9)
    made = build(lambda: database(instance_class="db.x2g.large"), lambda db: db.alarms(given))
    assert made.answer[2].threshold == 9
    assert "database-memory" not in {one.name for one in made.answer}
    with pytest.raises(ValueError, match=r"how many connections db\.x2g\.large allows is not known"):
        build(lambda: database(instance_class="db.x2g.large"), lambda db: db.alarms(AlarmSettings()))


def test_storage_that_nears_its_maximum_is_heard_of(build: Build) -> None:
    made = build(database, lambda db: {spec.name: dict(spec.pattern) for spec in db.events()})
    assert made.answer["database-storage"] == {
        "source": ["aws.rds"],
        "detail-type": ["RDS DB Instance Event"],
        "detail": {
            "SourceIdentifier": ["shop-dev-postgres"],
            "EventID": ["RDS-EVENT-0007", "RDS-EVENT-0223", "RDS-EVENT-0224", "RDS-EVENT-0225"],
        },
    }


@pytest.mark.parametrize(("when", "now"), [(ApplyChanges.NOW, True), (ApplyChanges.WINDOW, False)])
def test_a_version_can_change_and_changes_happen_when_the_settings_say(
    build: Build, when: ApplyChanges, now: bool
) -> None:
    inputs = build(lambda: database(apply_changes=when)).inputs(INSTANCE)
    assert (inputs["allowMajorVersionUpgrade"], inputs["applyImmediately"]) == (True, now)


def test_what_is_seen_of_it_begins_with_the_pools(build: Build) -> None:
    made = build(database, lambda db: db.graphs())
    first, cpu, space, *_ = made.answer
    assert first.lines_at == {"most": 78}
    assert [graph.lines[0].metric for graph in (first, cpu, space)] == [
        "DatabaseConnections",
        "CPUUtilization",
        "FreeStorageSpace",
    ]
    assert {line.dimensions["DBInstanceIdentifier"] for graph in made.answer for line in graph.lines} == {
        made.inputs(INSTANCE)["identifier"]
    }


def test_failures_and_failovers_are_heard_of(build: Build) -> None:
    made = build(database, lambda db: {one.key: dict(one.pattern["detail"]) for one in db.events()})
    here = {"SourceIdentifier": [made.inputs(INSTANCE)["identifier"]]}
    assert made.answer["database-failed"] == {**here, "EventCategories": ["failure", "failover"]}


def replicated() -> Postgres:
    return database(key=KEY, protect=True, readers=2, password="rotated", proxy="secret")


def test_replicas_follow_once_the_password_is_taken_over(build: Build) -> None:
    made = build(replicated, lambda one: one.variables)
    replica = made["shop-db-replica-2"]
    assert replica.inputs["replicateSourceDb"] == "shop-dev-postgres"
    assert "shop-db-password-take-over" in replica.options.depends_on
    assert (replica.inputs["skipFinalSnapshot"], replica.options.protect) == (True, True)
    for given in ("username", "dbName", "engine", "manageMasterUserPassword", "allocatedStorage", "kmsKeyId"):
        assert given not in replica.inputs, "a replica has it from its source"
    source = made[INSTANCE]
    assert {"manageMasterUserPassword", "masterUserSecretKmsKeyId"} <= set(source.options.ignore_changes)
    assert made.answer["DATABASE_HOST"] == "shop-db-proxy-proxy.proxy.example"
    assert made.answer["DATABASE_READER_HOST"] == "shop-db-replica-1.rds.example"
    assert made.answer["DATABASE_SECRET_ARN"] == "shop-db-password-secret-id"


def test_replicas_are_watched(build: Build) -> None:
    found = build(replicated, lambda one: one.alarms(AlarmSettings())).answer
    of_replica = {one.name: one for one in found if one.subject == "replica-2"}
    assert set(of_replica) == {
        "replica-2-database-storage",
        "replica-2-database-connections",
        "replica-2-database-lag",
        "replica-2-database-cpu",
    }
    here = {"DBInstanceIdentifier": "shop-dev-postgres-replica-2"}
    assert all(one.dimensions == here for one in of_replica.values())


def test_readers_beside_a_proxy_of_tokens_may_be_reached(build: Build) -> None:
    made = build(
        lambda: database(readers=1, password="rotated", proxy="iam"),
        lambda one: [one.variables, [s.sid for s in one.statements()]],
    )
    assert made.answer[0]["DATABASE_USER"] == "app"
    assert "DATABASE_SECRET_ARN" not in made.answer[0]
    assert made.answer[1] == ["ConnectToDatabase", "ConnectToReaders"]


def test_housekeeping_and_idle_transactions(build: Build) -> None:
    made = build(lambda: database(vacuum_percent=2, idle_transaction_seconds=300, slow_statement_ms=250))
    values = {one["name"]: one["value"] for one in made.inputs("shop-db-parameters")["parameters"]}
    assert values["autovacuum_vacuum_scale_factor"] == "0.02"
    assert values["autovacuum_analyze_scale_factor"] == "0.01"
    assert values["idle_in_transaction_session_timeout"] == "300000"
    assert values["log_min_duration_statement"] == "250"
    assert "log_statement" not in values, "it would write passwords into the log"


def test_no_password_is_anywhere(build: Build) -> None:
    inputs = [one.inputs for one in build(replicated).registered.values()]
    assert not {"password", "passwordWo", "secretString"} & {key for one in inputs for key in one}
