"""Sizes of tasks and instances, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import ComputeKind
from settings.offers.fargate import MEMORY_BY_CPU, is_valid_size, sizes_for
from settings.offers.instances import instance_architecture
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings
    from settings.sections.compute import ComputeSettings


def sizes(settings: Settings) -> Iterator[Problem]:
    """Counts and sizes that AWS does not offer, of the defaults and of each service that has its own."""
    yield from _sizes("ascent:compute", settings.compute)
    for service in services_of(settings) if settings.services else ():
        own = settings.services[service.name].model_fields_set
        if own & {"cpu", "memory", "min_count", "max_count"}:
            yield from _sizes(f"ascent:services.{service.name}", service.compute)


def _sizes(place: str, compute: ComputeSettings) -> Iterator[Problem]:
    if compute.min_count > compute.max_count:
        yield Problem(
            f"{place}.minCount",
            str(compute.min_count),
            f"must not exceed {place}.maxCount ({compute.max_count})",
            "raise maxCount",
        )
    if compute.kind is not ComputeKind.FARGATE or is_valid_size(compute.cpu, compute.memory):
        return
    if compute.cpu not in MEMORY_BY_CPU:
        allowed = f"Fargate offers {', '.join(map(str, MEMORY_BY_CPU))} CPU units"
        yield Problem(f"{place}.cpu", str(compute.cpu), allowed, "write one of them")
    else:
        allowed = f"with {compute.cpu} CPU units Fargate offers {sizes_for(compute.cpu)} MiB"
        yield Problem(f"{place}.memory", str(compute.memory), allowed, "write one of them")


def processors(settings: Settings) -> Iterator[Problem]:
    """An instance type of another processor than the architecture."""
    compute = settings.compute
    if compute.kind is not ComputeKind.EC2:
        return
    built_for = instance_architecture(compute.instance_type)
    if built_for is not compute.architecture:
        yield Problem(
            "ascent:compute.instanceType",
            compute.instance_type,
            f"it is {built_for.value}, but ascent:compute.architecture is {compute.architecture.value}",
            f"set ascent:compute.architecture: {built_for.value}",
        )


_FIRST_OPEN_PORT = 1024


def ports(settings: Settings) -> Iterator[Problem]:
    """A port that only root may listen on, with another user, which is every one here."""
    for service in services_of(settings) if settings.services else ():
        own = settings.services[service.name].port
        if own is not None and own < _FIRST_OPEN_PORT and service.is_web:
            yield _low_port(f"ascent:services.{service.name}.port", own, service.compute.user)
    if settings.compute.port < _FIRST_OPEN_PORT:
        yield _low_port("ascent:compute.port", settings.compute.port, settings.compute.user)


def _low_port(place: str, port: int, user: str) -> Problem:
    wanted = f"below {_FIRST_OPEN_PORT} only root may listen, and the container runs as {user}"
    return Problem(place, str(port), wanted, "let the application listen on 8000, say; users see 443 all the same")
