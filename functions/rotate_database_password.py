"""Gives a database a new password, and takes the first one over from RDS.

RDS makes the first password by itself, so that no program knows it; while it manages one, AWS refuses read replicas.
`{"TakeOver": secret}` gives the database the password that the secret was made with, after which RDS manages none.
From then on Secrets Manager calls the four steps of a rotation, each perhaps more than once.

Variables: DATABASE, the instance's identifier; PASSWORD_LENGTH, characters of a new password.
"""

from __future__ import annotations

import json
import logging
import os
import time
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CURRENT, PENDING = "AWSCURRENT", "AWSPENDING"
SHORTEST = 32
"""Fewest characters of a password that comes into force."""

PATIENCE_SECONDS, PAUSE_SECONDS = 540, 10
"""How long RDS may take to change a password, and how often it is asked meanwhile."""

log = logging.getLogger()


class RefusedError(Exception):
    """A call that no rotation of this secret would make, or a change that RDS did not finish."""


def handler(event: Mapping[str, str], _context: object) -> dict[str, bool]:
    """Take a password over, or make one step of a rotation.

    Args:
        event: `TakeOver`, a secret's ARN; or `Step`, `SecretId` and `ClientRequestToken` of Secrets Manager.
        _context: Lambda's own; not used.

    Raises:
        RefusedError: an unknown step, a secret without rotation, a token that names no version to come, or a password
            that RDS does not change in time.
    """
    secrets = boto3.client("secretsmanager")
    if arn := event.get("TakeOver"):
        return {"changed": take_over(secrets, arn)}
    step, arn, token = event.get("Step", ""), event["SecretId"], event["ClientRequestToken"]
    if step not in _STEPS:
        raise RefusedError(f"{step!r} is not a step of a rotation")
    secret = secrets.describe_secret(SecretId=arn)
    stages = secret.get("VersionIdsToStages", {}).get(token)
    if not secret.get("RotationEnabled"):
        raise RefusedError(f"{arn} has no rotation")
    if stages is None:
        raise RefusedError(f"{token} is no version of {arn}")
    if CURRENT in stages:
        log.info("%s: %s is in force already", step, token)
        return {"changed": False}
    if PENDING not in stages:
        raise RefusedError(f"{token} is not the version to come of {arn}")
    _STEPS[step](secrets, secret, token)
    log.info("%s: done for %s", step, token)
    return {"changed": True}


def take_over(secrets: Any, arn: str) -> bool:  # noqa: ANN401 - boto3 has no types
    """Give the database the secret's password, if RDS still manages one; whether it did.

    Args:
        secrets: client of Secrets Manager.
        arn: the secret whose password the database gets.
    """
    database = _database()
    if "MasterUserSecret" not in database:
        return False
    password = json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"])["password"]
    _change(password, managed=True)
    return True


def create(secrets: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """Put the new password there, once: a second call finds it."""
    if _value(secrets, secret, token) is not None:
        return
    length = int(os.environ["PASSWORD_LENGTH"])
    made = secrets.get_random_password(PasswordLength=length, ExcludePunctuation=True)["RandomPassword"]
    current = json.loads(secrets.get_secret_value(SecretId=secret["ARN"], VersionStage=CURRENT)["SecretString"])
    secrets.put_secret_value(
        SecretId=secret["ARN"],
        ClientRequestToken=token,
        SecretString=json.dumps({**current, "password": made}),
        VersionStages=[PENDING],
    )


def tell(secrets: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """Give the database the new password. Connections stay; new ones need it from now on."""
    _change(_password(secrets, secret, token), managed="MasterUserSecret" in _database())


def test(secrets: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """RDS has nothing left to do, and the password is long enough."""
    _password(secrets, secret, token)
    _settled()


def finish(secrets: Any, secret: Mapping[str, Any], token: str) -> None:  # noqa: ANN401
    """Put the new version in force. Secrets Manager itself calls the one before it AWSPREVIOUS."""
    versions = secret["VersionIdsToStages"].items()
    current = next((version for version, stages in versions if CURRENT in stages), None)
    before = {"RemoveFromVersionId": current} if current is not None else {}
    secrets.update_secret_version_stage(SecretId=secret["ARN"], VersionStage=CURRENT, MoveToVersionId=token, **before)


_STEPS: dict[str, Callable[[Any, Mapping[str, Any], str], None]] = {
    "createSecret": create,
    "setSecret": tell,
    "testSecret": test,
    "finishSecret": finish,
}


def _password(secrets: Any, secret: Mapping[str, Any], token: str) -> str:  # noqa: ANN401
    password = (_value(secrets, secret, token) or {}).get("password", "")
    if len(password) < SHORTEST:
        raise RefusedError(f"{token} has no password of {SHORTEST} characters or more")
    return password


def _value(secrets: Any, secret: Mapping[str, Any], token: str) -> dict[str, str] | None:  # noqa: ANN401
    """The version to come; None while it has no value."""
    try:
        found = secrets.get_secret_value(SecretId=secret["ARN"], VersionId=token, VersionStage=PENDING)
    except secrets.exceptions.ResourceNotFoundException:
        return None
    return json.loads(found["SecretString"])


def _database() -> dict[str, Any]:
    found = boto3.client("rds").describe_db_instances(DBInstanceIdentifier=os.environ["DATABASE"])
    return found["DBInstances"][0]


def _change(password: str, *, managed: bool) -> None:
    """Change the password, and wait until it is done."""
    _settled()
    ends = {"ManageMasterUserPassword": False} if managed else {}
    boto3.client("rds").modify_db_instance(
        DBInstanceIdentifier=os.environ["DATABASE"], MasterUserPassword=password, ApplyImmediately=True, **ends
    )
    _settled()


def _settled() -> None:
    """Wait until the database is available and no password waits for it."""
    for _ in range(PATIENCE_SECONDS // PAUSE_SECONDS):
        found = _database()
        waiting = "MasterUserPassword" in found.get("PendingModifiedValues", {})
        if found["DBInstanceStatus"] == "available" and not waiting:
            return
        time.sleep(PAUSE_SECONDS)
    raise RefusedError(f"{os.environ['DATABASE']} did not become available in {PATIENCE_SECONDS} seconds")
