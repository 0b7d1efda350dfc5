"""Names of parameters, copies of secrets, and who may deploy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from common.problems import Problem
from settings.offers.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings

_RESERVED: Final = ("aws", "ssm")
"""How no parameter's name may begin (SSM user guide, "Parameter name requirements")."""


def parameters(settings: Settings) -> Iterator[Problem]:
    """A path that SSM refuses."""
    start = settings.environment.lower()
    if settings.security.parameters and start.startswith(_RESERVED):
        wanted = f"paths of parameters begin with it, and SSM keeps names from {' and '.join(_RESERVED)} on to itself"
        fix = "choose another name, or set ascent:security.parameters: []"
        yield Problem("ascent:environment", settings.environment, wanted, fix)


def copies(settings: Settings) -> Iterator[Problem]:
    """Copies of secrets where the secret is, or where none can be."""
    place = "ascent:security.secretReplicaRegions"
    for region in settings.security.secret_replica_regions:
        if region == settings.region:
            yield Problem(place, region, "the secrets are there already", f"remove {region}, or name another region")
        elif partition(region) != partition(settings.region):
            wanted = f"it must be in the same partition as {settings.region}"
            yield Problem(place, region, wanted, "name a region of that partition")


def deployments(settings: Settings) -> Iterator[Problem]:
    """A code host that names what may deploy without itself, or itself without what may deploy."""
    github, gitlab = settings.delivery.github, settings.delivery.gitlab
    numbers = {"ownerId": github.owner_id, "repositoryId": github.repository_id}
    missing = [name for name, number in numbers.items() if number is None]
    if len(missing) == 1:
        wanted = "the token names both numbers or none"
        fix = f"add ascent:delivery.github.{missing[0]}, or remove the other one"
        yield Problem(f"ascent:delivery.github.{missing[0]}", "missing", wanted, fix)
    hosts = (
        (
            "github",
            "repository",
            github.repository,
            {
                **numbers,
                "branches": github.branches,
                "tags": github.tags,
                "environments": github.environments,
            },
        ),
        ("gitlab", "project", gitlab.project, {"branches": gitlab.branches, "tags": gitlab.tags}),
    )
    for host, key, name, rest in hosts:
        place = f"ascent:delivery.{host}"
        said = [field for field, value in rest.items() if value]
        deploying = [field for field in said if field in ("branches", "tags", "environments")]
        if name is None and said:
            wanted = f"without {place}.{key} nobody takes the roles"
            yield Problem(f"{place}.{said[0]}", "set", wanted, f"add {place}.{key}, or remove it")
        if name is not None and not deploying:
            kinds = [field for field in ("branches", "tags", "environments") if field in rest]
            wanted = f"something of {name} must be allowed to deploy"
            yield Problem(place, f"none of {', '.join(kinds)}", wanted, f"add {place}.branches: [main]")
