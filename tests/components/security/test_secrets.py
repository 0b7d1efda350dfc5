"""Secrets: the generated one whose value is nowhere here, and those that a team brings along.

Not proven: that AWS generates the value, and that Cloud Control's id of a secret is its ARN.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.security.secrets import (
    GeneratedSecret,
    GeneratedSecretArgs,
    ProvidedSecrets,
    ProvidedSecretsArgs,
)
from tests.components.mocks import UNKNOWN, Secret
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource"
SECRET, VERSION = "aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"


def generated(**args: Any) -> GeneratedSecret:  # noqa: ANN401
    return GeneratedSecret("shop-jwt", GeneratedSecretArgs(context=CONTEXT, description="Signing key", **args))


def test_aws_generates_the_value(build: Build) -> None:
    made = build(lambda: generated(length=48))
    assert made.children == {"shop-jwt-secret": CLOUD_CONTROL}
    inputs = made.inputs("shop-jwt-secret")
    assert inputs["typeName"] == "AWS::SecretsManager::Secret"
    assert json.loads(inputs["desiredState"]) == {
        "Description": "Signing key",
        "GenerateSecretString": {"PasswordLength": 48, "ExcludePunctuation": True},
        "Tags": [{"Key": key, "Value": value} for key, value in sorted(CONTEXT.tags("shop-jwt").items())],
    }
    assert made.attributes == made.outputs == {"arn": made["shop-jwt-secret"].outputs["id"]}
    assert made.preview.attributes == {"arn": UNKNOWN}


def test_a_generated_secret_under_an_own_key(build: Build) -> None:
    inputs = build(lambda: generated(key_arn=KEY)).inputs("shop-jwt-secret")
    assert json.loads(inputs["desiredState"])["KmsKeyId"] == KEY


@pytest.mark.parametrize("protect", [True, False])
@pytest.mark.parametrize("keep", [True, False])
def test_a_generated_secret_is_protected_and_kept(build: Build, protect: bool, keep: bool) -> None:
    options = build(lambda: generated(protect=protect, keep=keep))["shop-jwt-secret"].options
    assert (options.protect, options.retain_on_delete) == (protect, keep)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 characters, not 31"):
        GeneratedSecretArgs(context=CONTEXT, description="Signing key", length=31)


def provided(**args: Any) -> ProvidedSecrets:  # noqa: ANN401
    values = {"STRIPE_KEY": "sk-live-1", "MAIL_TOKEN": "token-2"}
    return ProvidedSecrets("shop-own", ProvidedSecretsArgs(context=CONTEXT, values=values, **args))


def test_a_secret_per_value(build: Build) -> None:
    made = build(lambda: provided(recovery_days=7))
    assert made.children == {
        "shop-own-stripe-key": SECRET,
        "shop-own-stripe-key-value": VERSION,
        "shop-own-mail-token": SECRET,
        "shop-own-mail-token-value": VERSION,
    }
    assert made.inputs("shop-own-stripe-key") == {
        "description": "STRIPE_KEY of shop dev",
        "recoveryWindowInDays": 7,
        "tags": CONTEXT.tags("shop-own-stripe-key"),
    }
    arns = {key: made[f"shop-own-{name}"].outputs["arn"] for key, name in NAMES.items()}
    assert made.attributes == made.outputs == {"arns": arns}
    assert made.preview.attributes == {"arns": dict.fromkeys(NAMES, UNKNOWN)}


NAMES = {"STRIPE_KEY": "stripe-key", "MAIL_TOKEN": "mail-token"}


def test_values_are_registered_as_secrets(build: Build) -> None:
    made = build(provided)
    assert made.inputs("shop-own-stripe-key-value") == {
        "secretId": made["shop-own-stripe-key"].outputs["id"],
        "secretString": Secret("sk-live-1"),
    }
    elsewhere = [one.inputs for one in made.registered.values() if one.type != VERSION]
    assert "sk-live-1" not in str(elsewhere)
    assert "sk-live-1" not in str(made.outputs)


def test_provided_secrets_under_an_own_key(build: Build) -> None:
    assert build(lambda: provided(key_arn=KEY)).inputs("shop-own-mail-token")["kmsKeyId"] == KEY


def test_without_values_there_is_nothing(build: Build) -> None:
    made = build(lambda: ProvidedSecrets("shop-own", ProvidedSecretsArgs(context=CONTEXT)))
    assert made.children == {}
    assert made.outputs == {"arns": {}}


ABROAD = {"us-west-2": "arn:aws:kms:us-west-2:111111111111:key/there", "eu-west-1": None}


def test_copies_of_a_generated_secret(build: Build) -> None:
    state = json.loads(build(lambda: generated(replicas=ABROAD)).inputs("shop-jwt-secret")["desiredState"])
    assert state["ReplicaRegions"] == [
        {"Region": "eu-west-1"},
        {"Region": "us-west-2", "KmsKeyId": ABROAD["us-west-2"]},
    ]


def test_copies_of_own_secrets(build: Build) -> None:
    replicas = build(lambda: provided(replicas=ABROAD)).inputs("shop-own-stripe-key")["replicas"]
    assert replicas == [{"region": "eu-west-1"}, {"region": "us-west-2", "kmsKeyId": ABROAD["us-west-2"]}]
