"""Whether secrets are there and have a value. The values themselves are never asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_well, well
from ascent.verify.deployed import Found
from ascent.verify.reads import Read
from policies.pack.types import SECRETSMANAGER_SECRET
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.subject import Subject

_ARN_PARTS = 7


def secrets(subject: Subject) -> list[Found]:
    """The stack's secrets, and those of others that its containers are given, each once."""
    outputs = subject.deployed.outputs
    named = outputs.get("secretArns")
    given = dict(named) if isinstance(named, dict) else {}
    given["databaseSecretArn"] = outputs.get("databaseSecretArn")
    for service in services_of(subject.settings):
        given |= {f"{service.name} {key}": arn for key, arn in service.compute.secrets.items()}
    found: dict[str, str] = {}
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("arn:") and value.split(":")[2] == "secretsmanager":
            # What follows the name in a container's reference picks a part of the value.
            found.setdefault(":".join(value.split(":")[:_ARN_PARTS]), name)
    return [Found(type=SECRETSMANAGER_SECRET, name=name, id=arn) for arn, name in found.items()]


def check_secret(secret: Found, subject: Subject) -> Iterator[Said]:
    """A secret: not about to be deleted, and with a current version."""
    found = subject.aws.ask(Read.SECRET, secret.region, SecretId=secret.id)
    command = subject.aws.command("secretsmanager", "describe-secret", "--secret-id", secret.id, region=secret.region)
    page = "verify.md#secrets"
    if deleted := found.get("DeletedDate"):
        yield not_well(f"is to be deleted, since {deleted:%Y-%m-%d}", runbook=page, command=command)
    elif not any("AWSCURRENT" in stages for stages in found.get("VersionIdsToStages", {}).values()):
        yield not_well("has no current value", runbook=page, command=command)
    else:
        yield well("has a current value")
