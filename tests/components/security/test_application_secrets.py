"""What the application is handed: secrets, parameters, and what it needs to read again.

Not proven: that the application reads again, and that CloudTrail names a secret as the rule expects.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.security.application_secrets import ApplicationSecrets, ApplicationSecretsArgs
from settings.sections.security import SecuritySettings
from tests.components.mocks import ACCOUNT, Secret
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource"
SECRET, VERSION = "aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"
JWT = {"shop-dev-secrets-jwt": "ascent:security:GeneratedSecret"}


def application(key_arn: str | None = KEY, **settings: Any) -> ApplicationSecrets:  # noqa: ANN401
    settings.setdefault("parameters", ())
    given = SecuritySettings(**settings)
    args = ApplicationSecretsArgs(
        context=CONTEXT, settings=given, services=["web", "mail"], logs=LOGS, key_arn=key_arn, protect=True
    )
    return ApplicationSecrets("shop-dev-secrets", args)


def arn_of(made: Built) -> str:
    return made.one(CLOUD_CONTROL).outputs["id"]


def test_every_application_has_a_signing_key(build: Build) -> None:
    made = build(lambda: application(application_secret_length=40))
    assert made.children == JWT
    state = json.loads(made.one(CLOUD_CONTROL).inputs["desiredState"])
    assert state["Description"] == "Signing key of shop dev"
    assert (state["GenerateSecretString"]["PasswordLength"], state["KmsKeyId"]) == (40, KEY)
    assert made.outputs == {"arns": {"JWT_SECRET": arn_of(made)}}
    assert made.attributes == {"arns": {"JWT_SECRET": arn_of(made)}, "parameter_arns": {}, "variables": {}}


def test_a_teams_own_secrets_come_beside_it(build: Build) -> None:
    made = build(lambda: application(secrets={"STRIPE_KEY": "sk-live-1"}, secret_recovery_days=9))
    assert made.children == {**JWT, "shop-dev-secrets-own": "ascent:security:ProvidedSecrets"}
    assert made.one(VERSION).inputs["secretString"] == Secret("sk-live-1")
    inputs = made.one(SECRET).inputs
    assert (inputs["recoveryWindowInDays"], inputs["kmsKeyId"]) == (9, KEY)
    assert sorted(made.attributes["arns"]) == ["JWT_SECRET", "STRIPE_KEY"]


def test_parameters_come_beside_it(build: Build) -> None:
    made = build(lambda: application(parameters=("PRIVATE_SETTINGS",)))
    assert made.children == {**JWT, "shop-dev-secrets-parameters": "ascent:security:Parameters"}
    parameter = made["shop-dev-secrets-parameters-private-settings"]
    assert made.attributes["parameter_arns"] == {"PRIVATE_SETTINGS": parameter.outputs["arn"]}
    assert parameter.options.protect


def test_api_keys_are_generated_too(build: Build) -> None:
    made = build(lambda: application(api_keys=("PARTNER_KEY",)))
    assert made.children == {**JWT, "shop-dev-secrets-partner-key": "ascent:security:GeneratedSecret"}
    assert sorted(made.attributes["arns"]) == ["JWT_SECRET", "PARTNER_KEY"]


def test_without_rotation_there_is_nothing_of_it(build: Build) -> None:
    made = build(application, lambda one: [one.alarms(), one.events(), one.statements()])
    assert made.answer == [[], [], []]


def test_what_rotates_can_be_read_again(build: Build) -> None:
    made = build(lambda: application(secret_rotation_days=30, api_keys=("PARTNER_KEY",)), lambda one: one.statements())
    assert made.children["shop-dev-secrets-rotation"] == "ascent:security:Rotation"
    arns = made.attributes["arns"]
    assert made.attributes["variables"] == {
        "JWT_SECRET_ARN": arns["JWT_SECRET"],
        "PARTNER_KEY_ARN": arns["PARTNER_KEY"],
    }
    read, decrypt = made.answer
    assert (read.actions, list(read.resources)) == (["secretsmanager:GetSecretValue"], list(arns.values()))
    assert decrypt.conditions == {"StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}


def test_under_awss_own_key_nothing_need_be_decrypted(build: Build) -> None:
    made = build(lambda: application(key_arn=None, secret_rotation_days=30), lambda one: one.statements())
    assert [statement.sid for statement in made.answer] == ["ReadRotating"]


def test_reads_by_others_are_told(build: Build) -> None:
    made = build(lambda: application(watch_secret_reads=True, secret_rotation_days=30), lambda one: one.events())
    failed, read = made.answer
    assert (failed.key, failed.reads, read.key, read.reads) == ("secret-rotation", False, "secret-read", True)
    detail = read.pattern["detail"]
    others, without = detail["$or"]
    expected = others["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"][0]["anything-but"]["prefix"]
    start = f"arn:aws:iam::{ACCOUNT}:role/shop-dev-"
    assert f"{start}web-execution-" in expected
    assert f"{start}mail-task-" in expected
    assert f"{start}secrets-rotation-run-" in expected
    assert without["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] == [{"exists": False}]
    prefix, name = detail["requestParameters"]["secretId"]
    assert arn_of(made).startswith(prefix["prefix"])
    assert prefix["prefix"].endswith(name)
