"""Gives a secret of Secrets Manager a new random value; the value before it stays readable as AWSPREVIOUS.

Nothing but the secret knows the value, so there is no other system to tell: whoever checks a token or a key accepts
both versions, and whoever makes one takes the newest. Secrets Manager calls the four steps in turn, each perhaps more
than once, with a token that names the version to come.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CURRENT, PENDING = "AWSCURRENT", "AWSPENDING"
SHORTEST = 32
"""Fewest characters of a secret that comes into force."""

log = logging.getLogger()


class RefusedError(Exception):
    """A call that no rotation of this secret would make."""


def handler(event: Mapping[str, str], _context: object) -> None:
    """One step of a rotation.

    Args:
        event: `Step`, `SecretId` and `ClientRequestToken`, as Secrets Manager gives them.
        _context: Lambda's own; not used.

    Raises:
        RefusedError: an unknown step, a secret without rotation, or a token that names no version to come.
    """
    step, arn, token = event.get("Step", ""), event["SecretId"], event["ClientRequestToken"]
    if step not in _STEPS:
        raise RefusedError(f"{step!r} is not a step of a rotation")
    client = boto3.client("secretsmanager")
    secret = client.describe_secret(SecretId=arn)
    stages = secret.get("VersionIdsToStages", {}).get(token)
    if not secret.get("RotationEnabled"):
        raise RefusedError(f"{arn} has no rotation")
    if stages is None:
        raise RefusedError(f"{token} is no version of {arn}")
    if CURRENT in stages:
        log.info("%s: %s is in force already", step, token)
        return
    if PENDING not in stages:
        raise RefusedError(f"{token} is not the version to come of {arn}")
    _STEPS[step](client, secret, token)
    log.info("%s: done for %s", step, token)


def create(client: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401 - boto3 has no types
    """Put the new value there, once: a second call finds it."""
    if _value(client, secret, token) is not None:
        return
    length = int(os.environ["SECRET_LENGTH"])
    made = client.get_random_password(PasswordLength=length, ExcludePunctuation=True)["RandomPassword"]
    client.put_secret_value(
        SecretId=secret["ARN"], ClientRequestToken=token, SecretString=made, VersionStages=[PENDING]
    )


def tell(_client: Any, _secret: Mapping[str, Any], _token: str) -> None:  # noqa: ANN401
    """Tell nobody: the secret alone knows its value."""


def test(client: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """The new value is long enough.

    It may be the one in force: a rotation that is set up to begin later is tried out with a copy of it.
    """
    made = _value(client, secret, token)
    if made is None or len(made) < SHORTEST:
        raise RefusedError(f"{token} has no value of {SHORTEST} characters or more")


def finish(client: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """Put the new version in force. Secrets Manager itself calls the one before it AWSPREVIOUS."""
    current = _current(secret)
    before = {"RemoveFromVersionId": current} if current is not None else {}
    client.update_secret_version_stage(SecretId=secret["ARN"], VersionStage=CURRENT, MoveToVersionId=token, **before)


_STEPS: dict[str, Callable[[Any, Mapping[str, Any], str], None]] = {
    "createSecret": create,
    "setSecret": tell,
    "testSecret": test,
    "finishSecret": finish,
}


def _current(secret: Mapping[str, Any]) -> str | None:
    """The version in force; None for a secret that never had a value."""
    versions = secret["VersionIdsToStages"].items()
    return next((version for version, stages in versions if CURRENT in stages), None)


def _value(client: Any, secret: Mapping[str, Any], token: str) -> str | None:  # noqa: ANN401
    """The value of the version to come; None while it has none."""
    try:
        found = client.get_secret_value(SecretId=secret["ARN"], VersionId=token, VersionStage=PENDING)
    except client.exceptions.ResourceNotFoundException:
        return None
    return found["SecretString"]
