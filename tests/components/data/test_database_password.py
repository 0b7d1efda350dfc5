"""A database's password that a function changes: made by AWS, taken over once, changed on a schedule.

Not proven: that RDS ends its own management of a password when the function asks for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.data.database_password import DatabasePassword, DatabasePasswordArgs
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build


def password(*, key: str | None = KEY, protect: bool = True) -> DatabasePassword:
    database = aws.rds.Instance("database", identifier="shop-dev-postgres", instance_class="db.t4g.micro")
    args = DatabasePasswordArgs(context=CONTEXT, database=database, days=45, logs=LOGS, key_arn=key, protect=protect)
    return DatabasePassword("shop-password", args)


def test_children(build: Build) -> None:
    assert build(password).children == {
        "shop-password-secret": "aws:cloudcontrol/resource:Resource",
        "shop-password-run": "ascent:foundation:Function",
        "shop-password-take-over": "aws:lambda/invocation:Invocation",
        "shop-password-call": "aws:lambda/permission:Permission",
        "shop-password-schedule": "aws:secretsmanager/secretRotation:SecretRotation",
    }


def test_aws_makes_the_value_up(build: Build) -> None:
    made = build(password)
    desired = json.loads(made.inputs("shop-password-secret")["desiredState"])
    assert desired["GenerateSecretString"] == {
        "SecretStringTemplate": '{"username": "ascent"}',
        "GenerateStringKey": "password",
        "PasswordLength": 40,
        "ExcludePunctuation": True,
    }
    assert desired["KmsKeyId"] == KEY
    assert "SecretString" not in desired
    kept = made["shop-password-secret"].options
    assert (kept.protect, kept.retain_on_delete) == (True, True)
    assert "KmsKeyId" not in json.loads(
        build(lambda: password(key=None, protect=False)).inputs("shop-password-secret")["desiredState"]
    )


def test_it_is_taken_over_before_anybody_uses_it(build: Build) -> None:
    made = build(password)
    call = made.inputs("shop-password-take-over")
    assert json.loads(call["input"]) == {"TakeOver": "shop-password-secret-id"}
    assert call["triggers"] == {"database": "db-ABC"}, "a new database is taken over again"
    assert made.attributes["secret_arn"] == "shop-password-secret-id"
    schedule = made["shop-password-schedule"]
    assert schedule.inputs["rotationRules"] == {"automaticallyAfterDays": 45}
    assert schedule.inputs["rotateImmediately"] is False
    assert {"shop-password-call", "shop-password-take-over"} <= schedule.options.depends_on


def test_the_function_may_change_this_database_only(build: Build) -> None:
    made = build(password)
    policy = json.loads(made.inputs("shop-password-run-role-policy")["policy"])["Statement"]
    (change,) = (one for one in policy if "rds:ModifyDBInstance" in one["Action"])
    assert change["Resource"] == [made["database"].outputs["arn"]]
    assert made.inputs("shop-password-run-function")["environment"]["variables"] == {
        "DATABASE": "shop-dev-postgres",
        "PASSWORD_LENGTH": "40",
    }


def test_somebody_hears_when_it_fails(build: Build) -> None:
    (alarm,) = build(password, lambda one: one.alarms()).answer
    assert alarm.name == "database-password-function-errors"
