"""Rotation: one function, allowed exactly what it must, for each of the secrets.

Not proven: that Secrets Manager calls it (functions are tested by themselves), and the form of its own events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.security.rotation import Rotation, RotationArgs
from tests.components.mocks import ACCOUNT, REGION, statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

ARNS = {name: f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-AbCdEf" for name in ("JWT_SECRET", "A_KEY")}
ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"


def rotation(**args: Any) -> Rotation:  # noqa: ANN401
    return Rotation("shop-rotation", RotationArgs(context=CONTEXT, secrets=ARNS, days=30, length=48, logs=LOGS, **args))


def test_one_function_serves_all_secrets(build: Build) -> None:
    made = build(rotation)
    assert made.children == {
        "shop-rotation-run": "ascent:foundation:Function",
        "shop-rotation-call": "aws:lambda/permission:Permission",
        "shop-rotation-jwt-secret-schedule": ROTATION,
        "shop-rotation-a-key-schedule": ROTATION,
    }
    function = made["shop-rotation-run-function"]
    inputs = made.inputs("shop-rotation-jwt-secret-schedule")
    assert inputs["secretId"] == ARNS["JWT_SECRET"]
    assert inputs["rotationLambdaArn"] == function.outputs["arn"]
    assert inputs["rotationRules"] == {"automaticallyAfterDays": 30}
    assert function.inputs["environment"] == {"variables": {"SECRET_LENGTH": "48"}}
    assert function.inputs["code"] == {"rotate_secret.py": "functions/rotate_secret.py"}


def test_the_first_value_stays_until_the_first_rotation_is_due(build: Build) -> None:
    """What runs knows it only; a new one at once would come beside the deployment that brings the code for two."""
    assert build(rotation).inputs("shop-rotation-a-key-schedule")["rotateImmediately"] is False


def test_secrets_manager_of_this_account_may_call_it_before_it_must(build: Build) -> None:
    made = build(rotation)
    permission = made.inputs("shop-rotation-call")
    assert (permission["principal"], permission["sourceAccount"]) == ("secretsmanager.amazonaws.com", ACCOUNT)
    assert "shop-rotation-call" in made["shop-rotation-a-key-schedule"].options.depends_on


def test_it_may_rotate_these_secrets_and_read_no_other(build: Build) -> None:
    given = statements(build(rotation).inputs("shop-rotation-run-role-policy")["policy"])
    assert given["Rotate"]["Resource"] == list(ARNS.values())
    assert given["MakeUp"]["Action"] == ["secretsmanager:GetRandomPassword"]
    assert "Encrypt" not in given


def test_an_own_key_is_used_through_secrets_manager_alone(build: Build) -> None:
    given = statements(build(lambda: rotation(key_arn=KEY)).inputs("shop-rotation-run-role-policy")["policy"])
    assert given["Encrypt"]["Resource"] == [KEY]
    through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{REGION}.amazonaws.com"}}
    assert given["Encrypt"]["Condition"] == through


def test_a_failed_rotation_is_told_in_two_ways(build: Build) -> None:
    made = build(rotation, lambda one: (one.alarms(), one.events()))
    (alarm,), (event,) = made.answer
    assert alarm.name == "secret-rotation-function-errors"
    assert event.pattern["detail"]["eventName"] == ["RotationFailed", "RotationAbandoned"]
    assert event.pattern["detail"]["additionalEventData"]["SecretId"] == list(ARNS.values())
