"""Restoring a store beside itself.

Not proven: how long AWS takes; that rows of a database are as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.ops.record import Outcome
from tests.ops.standin import entry, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

DATABASE = entry("aws:rds/instance:Instance", "ascent-dev-postgres-instance", "db-1", identifier="ascent-dev-postgres")
TABLE = entry("aws:dynamodb/table:Table", "ascent-dev-dynamodb-table", "items", name="items")


@pytest.fixture
def database(client: Callable[..., Any]) -> Any:  # noqa: ANN401 - boto3 has no types
    rds = client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="ascent-dev-postgres",
        AllocatedStorage=20,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="u",
        MasterUserPassword="not-a-secret",
        StorageEncrypted=True,
        BackupRetentionPeriod=7,
        MultiAZ=True,
    )
    return rds


@pytest.fixture
def table(client: Callable[..., Any]) -> Any:  # noqa: ANN401 - boto3 has no types
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="items",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.put_item(TableName="items", Item={"pk": {"S": "one"}})
    dynamodb.update_continuous_backups(
        TableName="items", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    return dynamodb


def names(rds: Any) -> list[str]:  # noqa: ANN401 - boto3 has no types
    return [one["DBInstanceIdentifier"] for one in rds.describe_db_instances()["DBInstances"]]


def test_without_apply_it_is_only_told(ops: Callable[..., Answer], project: Project, database: Any) -> None:  # noqa: ANN401
    answer = ops("restore", "dev", resources=[DATABASE])
    assert answer.status == 0
    assert "restore ascent-dev-postgres as of its latest moment, beside it" in answer.out
    assert answer.out.rstrip().endswith("Nothing was done. To do it, add --apply")
    assert names(database) == ["ascent-dev-postgres"]
    assert records(project.directory) == []


def test_a_database_beside_itself(ops: Callable[..., Answer], project: Project, database: Any) -> None:  # noqa: ANN401
    answer = ops("restore", "dev", "--apply", resources=[DATABASE])
    assert answer.status == 0, answer
    (record,) = records(project.directory)
    assert names(database) == ["ascent-dev-postgres", record.memory["target"]]
    assert record.memory["target"].startswith("ascent-dev-postgres-restored-")
    assert (record.outcome, record.subject, record.stack) == (Outcome.DONE, "postgres", "dev")
    assert record.who.startswith("arn:aws:")
    assert record.measured_rto_minutes is not None
    assert record.measured_rpo_minutes is not None
    assert [step.ended is not None for step in record.steps] == [True] * 3
    assert "1/3 " in answer.err
    assert answer.out.splitlines()[-2].startswith("DONE restore postgres of dev: ")


def test_a_rehearsal_leaves_nothing_behind(ops: Callable[..., Answer], project: Project, table: Any) -> None:  # noqa: ANN401
    answer = ops("restore", "dev", "--apply", "--discard", resources=[TABLE])
    assert answer.status == 0, answer
    assert table.list_tables()["TableNames"] == ["items"]
    (record,) = records(project.directory)
    assert [step.step for step in record.steps] == ["look", "restore", "compare", "discard"]
    assert record.steps[2].found == "items are in it"


def test_a_table_that_lost_its_items_is_no_success(
    ops: Callable[..., Answer],
    project: Project,
    table: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ascent.ops.restored.table import RestoredTable

    def empty(self: RestoredTable, memory: Any) -> bool:  # noqa: ANN401
        table.delete_item(TableName=memory.text("target"), Key={"pk": {"S": "one"}})
        return True

    monkeypatch.setattr(RestoredTable, "serves", empty)
    answer = ops("restore", "dev", "--apply", resources=[TABLE])
    assert answer.status == 1
    assert "is empty, and items is not" in answer.out
    assert records(project.directory)[0].outcome is Outcome.FAILED


def test_what_was_interrupted_goes_on_where_it_was(
    ops: Callable[..., Answer],
    project: Project,
    database: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ascent.ops.restored.database import RestoredDatabase

    def interrupted(self: RestoredDatabase, memory: Any) -> bool:  # noqa: ANN401
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(RestoredDatabase, "serves", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ops("restore", "dev", "--apply", "--discard", resources=[DATABASE])
    (record,) = records(project.directory)
    assert record.outcome is Outcome.RUNNING
    before = names(database)
    told = ops("restore", "dev", "--resume")
    assert "1. look how far back ascent-dev-postgres can be brought (done before)" in told.out
    answer = ops("restore", "dev", "--resume", "--apply")
    assert answer.status == 0, answer
    (record,) = records(project.directory)
    assert record.outcome is Outcome.DONE
    assert len(before) == 2
    assert names(database) == ["ascent-dev-postgres"]
    again = ops("restore", "dev", "--resume")
    assert again.status == 2
    assert "is done; leave --resume out" in again.err


def test_a_wait_that_takes_too_long_ends_and_can_be_resumed(
    ops: Callable[..., Answer],
    project: Project,
    database: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ascent.ops.restored.database import RestoredDatabase

    with monkeypatch.context() as patch:
        patch.setattr(RestoredDatabase, "serves", lambda *_: False)
        answer = ops("restore", "dev", "--apply", "--minutes", "0", resources=[DATABASE])
    assert answer.status == 1
    assert "not over after 0 minutes; run it again with --resume" in answer.out
    assert ops("restore", "dev", "--resume", "--apply").status == 0
    assert records(project.directory)[0].outcome is Outcome.DONE


@pytest.mark.parametrize(
    ("words", "resources", "wanted"),
    [
        (["restore", "dev"], [], "--store could name"),
        (["restore", "dev"], [DATABASE, TABLE], "--store is missing; write one of dynamodb, postgres"),
        (["restore", "dev", "--store", "postgre"], [DATABASE, TABLE], "write postgres"),
        (["restore", "dev", "--at", "yesterday"], [DATABASE], "write it as 2026-11-20T03:00:00Z"),
        (["restore", "dev", "--at", "2999-01-01T00:00:00Z"], [DATABASE], "is not over yet"),
        (["restore", "dev", "--zone", "us-east-1a"], [DATABASE], "does not go with restore"),
        (["restore", "dev", "--resume"], [DATABASE], "there is none to resume"),
        (["restore", "dev", "--resume", "--store", "postgres"], [DATABASE], "leave the other options out"),
        (["restor", "dev"], [DATABASE], "did you mean restore?"),
        (["restore", "nowhere"], [DATABASE], "nowhere"),
    ],
)
def test_wrong_input_is_one_line(
    ops: Callable[..., Answer], words: list[str], resources: list[dict[str, Any]], wanted: str
) -> None:
    answer = ops(*words, resources=resources)
    assert answer.status == 2
    assert wanted in answer.err
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize(("at", "wanted"), [("2001-01-01T00:00:00Z", "--at must be between")])
def test_a_moment_that_aws_does_not_have(
    ops: Callable[..., Answer],
    database: Any,  # noqa: ANN401
    at: str,
    wanted: str,
) -> None:
    answer = ops("restore", "dev", "--apply", "--at", at, resources=[DATABASE])
    assert answer.status == 1
    assert wanted in answer.out
    assert names(database) == ["ascent-dev-postgres"]
