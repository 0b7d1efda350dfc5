"""The rotation's four steps against a stand-in of Secrets Manager.

Not proven: that AWS itself calls the steps as its documentation says.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from functions.rotate_secret import RefusedError, finish, handler

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
LENGTH = 48


def idle_function() -> str:
    """ARN of a function that does nothing: the stand-in rotates by calling one, and would rotate by itself without."""
    trust = boto3.client("iam").create_role(RoleName="idle", AssumeRolePolicyDocument="{}")
    made = boto3.client("lambda").create_function(
        FunctionName="idle",
        Runtime="python3.13",
        Handler="idle.handler",
        Role=trust["Role"]["Arn"],
        Code={"ZipFile": b"none"},
    )
    return made["FunctionArn"]


class Rotating:
    """A secret of the stand-in, and a rotation of it that has begun."""

    def __init__(self) -> None:
        self.client: Any = boto3.client("secretsmanager")
        self.arn = self.client.create_secret(Name="shop-jwt", SecretString="first" * 10)["ARN"]
        self.token, self.function = "", idle_function()

    def begin(self) -> Rotating:
        """A version to come, without a value; the steps are left to the test."""
        if self.token:
            # AWS takes a version that is both in force and to come for a finished rotation; the stand-in doesn't.
            self.client.update_secret_version_stage(
                SecretId=self.arn, VersionStage="AWSPENDING", RemoveFromVersionId=self.token
            )
        self.token = str(uuid.uuid4())
        rules = {"AutomaticallyAfterDays": 90}
        self.client.rotate_secret(
            SecretId=self.arn, ClientRequestToken=self.token, RotationLambdaARN=self.function, RotationRules=rules
        )
        return self

    def put(self, value: str) -> None:
        self.client.put_secret_value(
            SecretId=self.arn, ClientRequestToken=self.token, SecretString=value, VersionStages=["AWSPENDING"]
        )

    def step(self, name: str, token: str = "") -> None:
        handler({"Step": name, "SecretId": self.arn, "ClientRequestToken": token or self.token}, None)

    def rotate(self) -> Rotating:
        self.begin()
        for name in STEPS:
            self.step(name)
        return self

    def value(self, stage: str) -> str:
        return self.client.get_secret_value(SecretId=self.arn, VersionStage=stage)["SecretString"]


@pytest.fixture
def rotating(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rotating]:
    for key, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "SECRET_LENGTH": str(LENGTH),
    }.items():
        monkeypatch.setenv(key, value)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        yield Rotating()


def test_a_rotation_keeps_the_value_before_it(rotating: Rotating) -> None:
    before = rotating.value("AWSCURRENT")
    rotating.rotate()
    assert len(rotating.value("AWSCURRENT")) == LENGTH
    assert rotating.value("AWSPREVIOUS") == before != rotating.value("AWSCURRENT")


def test_the_value_is_made_of_letters_and_digits(rotating: Rotating) -> None:
    assert rotating.rotate().value("AWSCURRENT").isalnum()


def test_two_rotations_forget_the_first_value(rotating: Rotating) -> None:
    first = rotating.value("AWSCURRENT")
    second = rotating.rotate().value("AWSCURRENT")
    third = rotating.rotate().value("AWSCURRENT")
    assert rotating.value("AWSPREVIOUS") == second
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("twice", STEPS)
def test_each_step_may_come_twice(rotating: Rotating, twice: str) -> None:
    before = rotating.value("AWSCURRENT")
    rotating.begin()
    for name in STEPS:
        rotating.step(name)
        if name == twice:
            rotating.step(name)
    assert rotating.value("AWSPREVIOUS") == before


def test_making_the_value_twice_keeps_the_first(rotating: Rotating) -> None:
    rotating.begin()
    rotating.step("createSecret")
    made = rotating.value("AWSPENDING")
    rotating.step("createSecret")
    assert rotating.value("AWSPENDING") == made


def test_nothing_is_in_force_before_the_last_step(rotating: Rotating) -> None:
    before = rotating.value("AWSCURRENT")
    rotating.begin()
    for name in STEPS[:-1]:
        rotating.step(name)
        assert rotating.value("AWSCURRENT") == before


def test_a_secret_without_a_version_in_force_gets_one(rotating: Rotating) -> None:
    secret = {"ARN": rotating.arn, "VersionIdsToStages": {rotating.token: ["AWSPENDING"]}}
    with Stubber(rotating.client) as stub:
        asked = {"SecretId": rotating.arn, "VersionStage": "AWSCURRENT", "MoveToVersionId": "v" * 32}
        stub.add_response("update_secret_version_stage", {}, asked)
        finish(rotating.client, secret, "v" * 32)
        stub.assert_no_pending_responses()


def test_a_foreign_token_is_refused(rotating: Rotating) -> None:
    rotating.begin()
    for name in STEPS:
        with pytest.raises(RefusedError, match="is no version of"):
            rotating.step(name, token=str(uuid.uuid4()))
    assert rotating.value("AWSCURRENT").startswith("first")


def test_the_token_of_an_old_version_is_refused(rotating: Rotating) -> None:
    old = next(iter(rotating.client.describe_secret(SecretId=rotating.arn)["VersionIdsToStages"]))
    rotating.rotate().begin()
    with pytest.raises(RefusedError, match="is not the version to come"):
        rotating.step("finishSecret", token=old)


def test_a_secret_without_rotation_is_left_alone(rotating: Rotating) -> None:
    token = next(iter(rotating.client.describe_secret(SecretId=rotating.arn)["VersionIdsToStages"]))
    with pytest.raises(RefusedError, match="has no rotation"):
        rotating.step("createSecret", token=token)


@pytest.mark.parametrize("step", ["", "deleteSecret", "create"])
def test_an_unknown_step_is_refused(rotating: Rotating, step: str) -> None:
    rotating.begin()
    with pytest.raises(RefusedError, match="is not a step"):
        rotating.step(step)


def test_a_value_that_is_missing_or_short_never_comes_into_force(rotating: Rotating) -> None:
    rotating.begin()
    with pytest.raises(RefusedError, match="has no value"):
        rotating.step("testSecret")
    rotating.put("short")
    with pytest.raises(RefusedError, match="has no value of 32 characters or more"):
        rotating.step("testSecret")


def test_a_rotation_that_is_tried_out_with_the_value_in_force_passes(rotating: Rotating) -> None:
    rotating.begin()
    before = rotating.value("AWSCURRENT")
    rotating.put(before)
    rotating.step("testSecret")
    assert [rotating.value(stage) for stage in ("AWSCURRENT", "AWSPENDING")] == [before, before]
