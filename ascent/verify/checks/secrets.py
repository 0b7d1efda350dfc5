"""Whether secrets are there and have a value. The values themselves are never asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_well, well
from ascent.verify.deployed import Found
from ascent.verify.reads import Read
from policies.pack.types import CLOUDCONTROL_RESOURCE, RDS_INSTANCE, SECRETSMANAGER_SECRET
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.subject import Subject

_ARN_PARTS = 7


def secrets(subject: Subject) -> list[Found]:
    """The stack's secrets, and those of others that its containers are given, each once."""
    found: dict[str, str] = {}
    for name, value in _named(subject):
        if isinstance(value, str) and value.startswith("arn:") and value.split(":")[2] == "secretsmanager":
            # What follows the name in a container's reference picks a part of the value.
            found.setdefault(":".join(value.split(":")[:_ARN_PARTS]), name)
    return [Found(type=SECRETSMANAGER_SECRET, name=name, id=arn) for arn, name in found.items()]


def _named(subject: Subject) -> Iterator[tuple[str, object]]:
    """Names with what may be a secret's ARN, the clearest name first."""
    deployed = subject.deployed
    named = deployed.outputs.get("secretArns")
    yield from named.items() if isinstance(named, dict) else ()
    yield "databaseSecretArn", deployed.outputs.get("databaseSecretArn")
    for service in services_of(subject.settings):
        yield from ((f"{service.name} {key}", arn) for key, arn in service.compute.secrets.items())
    # Whatever the outputs leave out.
    for resource in deployed.of(SECRETSMANAGER_SECRET, CLOUDCONTROL_RESOURCE):
        yield resource.name, resource.id
    for database in deployed.of(RDS_INSTANCE):
        for secret in database.outputs.get("masterUserSecrets") or ():
            yield f"{database.name} password", secret.get("secretArn") if isinstance(secret, dict) else None


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
