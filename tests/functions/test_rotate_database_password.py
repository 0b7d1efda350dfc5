"""Taking a password over from RDS, and changing it, against stand-ins of RDS and Secrets Manager.

Not proven: that RDS itself ends its management of a password when it is given another one.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from functions import rotate_database_password as module
from functions.rotate_database_password import RefusedError, handler

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
FIRST = {"username": "ascent", "password": "first" * 8}


class Rds:
    """RDS as far as the function asks it: what it is told, and a database that manages its password."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.busy = 0
        self.database: dict[str, Any] = {"DBInstanceStatus": "available", "MasterUserSecret": {"SecretArn": "theirs"}}

    def describe_db_instances(self, **which: str) -> dict[str, Any]:
        assert which == {"DBInstanceIdentifier": "shop-dev-postgres"}
        self.busy -= 1
        waiting = {"PendingModifiedValues": {"MasterUserPassword": "****"}} if self.busy > 0 else {}
        return {"DBInstances": [{**self.database, **waiting}]}

    def modify_db_instance(self, **change: Any) -> None:  # noqa: ANN401
        self.told.append(change)
        self.busy = 2
        if change.get("ManageMasterUserPassword") is False:
            del self.database["MasterUserSecret"]


class Setting:
    """A secret of the stand-in, and RDS."""

    def __init__(self) -> None:
        self.secrets: Any = boto3.client("secretsmanager")
        self.arn = self.secrets.create_secret(Name="shop-db", SecretString=json.dumps(FIRST))["ARN"]
        self.rds, self.token = Rds(), str(uuid.uuid4())

    def begin(self) -> None:
        trust = boto3.client("iam").create_role(RoleName="idle", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        made = boto3.client("lambda").create_function(
            FunctionName="idle", Runtime="python3.13", Handler="idle.handler", Role=trust, Code={"ZipFile": b"none"}
        )
        self.secrets.rotate_secret(
            SecretId=self.arn,
            ClientRequestToken=self.token,
            RotationLambdaARN=made["FunctionArn"],
            RotationRules={"AutomaticallyAfterDays": 30},
        )

    def step(self, name: str, token: str = "") -> dict[str, bool]:
        return handler({"Step": name, "SecretId": self.arn, "ClientRequestToken": token or self.token}, None)

    def value(self, stage: str) -> dict[str, str]:
        return json.loads(self.secrets.get_secret_value(SecretId=self.arn, VersionStage=stage)["SecretString"])


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    for key, value in {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
        "DATABASE": "shop-dev-postgres",
        "PASSWORD_LENGTH": "40",
    }.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        found, real = Setting(), boto3.client
        monkeypatch.setattr(
            module.boto3, "client", lambda service, **other: found.rds if service == "rds" else real(service, **other)
        )
        yield found


def test_the_first_password_is_taken_over_once(setting: Setting) -> None:
    assert handler({"TakeOver": setting.arn}, None) == {"changed": True}
    assert setting.rds.told == [
        {
            "DBInstanceIdentifier": "shop-dev-postgres",
            "MasterUserPassword": FIRST["password"],
            "ApplyImmediately": True,
            "ManageMasterUserPassword": False,
        }
    ]
    assert handler({"TakeOver": setting.arn}, None) == {"changed": False}
    assert len(setting.rds.told) == 1


def test_a_rotation_gives_the_database_a_new_password(setting: Setting) -> None:
    handler({"TakeOver": setting.arn}, None)
    setting.begin()
    for name in STEPS:
        setting.step(name)
    new = setting.value("AWSCURRENT")
    assert new["username"] == "ascent"
    assert len(new["password"]) == 40
    assert setting.rds.told[-1]["MasterUserPassword"] == new["password"]
    assert "ManageMasterUserPassword" not in setting.rds.told[-1]
    assert setting.value("AWSPREVIOUS") == FIRST


def test_each_step_may_come_twice(setting: Setting) -> None:
    setting.begin()
    setting.step("createSecret")
    first = setting.value("AWSPENDING")
    setting.step("createSecret")
    assert setting.value("AWSPENDING") == first
    for name in STEPS[1:]:
        setting.step(name)
    assert setting.step("finishSecret") == {"changed": False}


def test_a_database_that_is_never_ready_is_told(setting: Setting) -> None:
    setting.rds.database["DBInstanceStatus"] = "storage-full"
    with pytest.raises(RefusedError, match="did not become available"):
        handler({"TakeOver": setting.arn}, None)
    assert setting.rds.told == []


def test_calls_that_no_rotation_makes(setting: Setting) -> None:
    with pytest.raises(RefusedError, match="is not a step"):
        setting.step("dropSecret")
    with pytest.raises(RefusedError, match="has no rotation"):
        setting.step("createSecret")
    setting.begin()
    with pytest.raises(RefusedError, match="is no version"):
        setting.step("createSecret", str(uuid.uuid4()))
    with pytest.raises(RefusedError, match="no password of 32"):
        setting.step("setSecret")
