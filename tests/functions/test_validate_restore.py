"""What looks into a restored store, against a stand-in of AWS.

Not proven: that AWS Backup's event has what is read of it; that a role may read what was restored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from functions import validate_restore

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAN = "arn:aws:backup:us-east-1:111111111111:restore-testing-plan:shop"
JOB = "0a1b2c3d"


class Told:
    """What AWS Backup was told; the stand-in has no restores."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def put_restore_validation_result(self, **result: Any) -> None:  # noqa: ANN401
        self.said.append(result)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    given = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "PLAN_ARN": PLAN,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    ear, real = Told(), boto3.client
    with mock_aws():
        monkeypatch.setattr(boto3, "client", lambda name, **more: ear if name == "backup" else real(name, **more))
        yield ear


def event(kind: str, arn: str, plan: str = PLAN) -> dict[str, Any]:
    detail = {"restoreJobId": JOB, "status": "COMPLETED", "resourceType": kind, "createdResourceArn": arn}
    return {"detail": {**detail, "restoreTestingPlanArn": plan}}


def database(**more: Any) -> str:  # noqa: ANN401
    made = {"AllocatedStorage": 20, "DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "MasterUsername": "u"}
    made |= {"MasterUserPassword": "not-a-secret", "StorageEncrypted": True, "PubliclyAccessible": False}
    answer = boto3.client("rds").create_db_instance(DBInstanceIdentifier="restored", **{**made, **more})
    return answer["DBInstance"]["DBInstanceArn"]


def table(name: str, *items: str) -> str:
    client = boto3.client("dynamodb")
    answer = client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for item in items:
        client.put_item(TableName=name, Item={"pk": {"S": item}})
    return answer["TableDescription"]["TableArn"]


def restored_table(*items: str) -> str:
    """A table restored of one with these items."""
    client = boto3.client("dynamodb")
    table("source", *items)
    client.update_continuous_backups(
        TableName="source", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    answer = client.restore_table_to_point_in_time(
        SourceTableName="source", TargetTableName="awsbackup-restore-test-x", UseLatestRestorableTime=True
    )
    return answer["TableDescription"]["TableArn"]


def test_a_database_that_serves(told: Told) -> None:
    answer = validate_restore.handler(event("RDS", database()), None)
    assert answer == {"job": JOB, "status": "SUCCESSFUL"}
    (said,) = told.said
    assert (said["RestoreJobId"], said["ValidationStatus"]) == (JOB, "SUCCESSFUL")
    assert "postgres" in said["ValidationStatusMessage"]
    assert "20 GB" in said["ValidationStatusMessage"]


@pytest.mark.parametrize(
    ("wrong", "why"), [({"StorageEncrypted": False}, "not encrypted"), ({"PubliclyAccessible": True}, "internet")]
)
def test_a_database_that_is_not_as_it_was(told: Told, wrong: dict[str, bool], why: str) -> None:
    with pytest.raises(validate_restore.UnfitError, match=why):
        validate_restore.handler(event("RDS", database(**wrong)), None)
    assert [(said["ValidationStatus"], why in said["ValidationStatusMessage"]) for said in told.said] == [
        ("FAILED", True)
    ]


def test_a_table_with_items(told: Told) -> None:
    validate_restore.handler(event("DynamoDB", restored_table("one")), None)
    assert "items are in it" in told.said[0]["ValidationStatusMessage"]


def test_a_table_that_lost_its_items(told: Told) -> None:
    arn = restored_table("one")
    boto3.client("dynamodb").delete_item(TableName="awsbackup-restore-test-x", Key={"pk": {"S": "one"}})
    with pytest.raises(validate_restore.UnfitError, match="source has 1 items"):
        validate_restore.handler(event("DynamoDB", arn), None)
    assert told.said[0]["ValidationStatus"] == "FAILED"


def test_an_empty_table_of_an_empty_one(told: Told) -> None:
    validate_restore.handler(event("DynamoDB", restored_table()), None)
    assert told.said[0]["ValidationStatus"] == "SUCCESSFUL"


def test_a_kind_that_nobody_can_look_into_is_said_to_be(told: Told) -> None:
    validate_restore.handler(event("EFS", "arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-1"), None)
    assert "nobody looked into it" in told.said[0]["ValidationStatusMessage"]


def test_restores_of_others_are_left_alone(told: Told) -> None:
    assert validate_restore.handler(event("RDS", "arn:x", plan="other"), None)["status"] == "NOT_OURS"
    assert told.said == []
