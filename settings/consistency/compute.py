"""Sizes of tasks and instances, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import ComputeKind
from settings.offers.fargate import MEMORY_BY_CPU, is_valid_size, sizes_for
from settings.offers.instances import instance_architecture
from settings.offers.sizes import is_offered, near
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


def offered(settings: Settings) -> Iterator[Problem]:
    """Instance types and database classes that AWS does not offer anywhere."""
    compute, postgres = settings.compute, settings.data.postgres
    if compute.kind is ComputeKind.EC2:
        yield from _offered("ascent:compute.instanceType", compute.instance_type, "instance type of EC2")
    if postgres.enabled:
        yield from _offered("ascent:data.postgres.instanceClass", postgres.instance_class, "database class of RDS")


def _offered(path: str, name: str, what: str) -> Iterator[Problem]:
    if not is_offered(name):
        others = near(name)
        wanted = f"AWS offers no such {what}" + (f"; near ones are {', '.join(others)}" if others else "")
        yield Problem(path, name, wanted, f"for example {path}: {others[0]}" if others else "name one that it offers")


def processors(settings: Settings) -> Iterator[Problem]:
    """An instance type of another processor than the architecture."""
    compute = settings.compute
    if compute.kind is not ComputeKind.EC2:
        return
    built_for = instance_architecture(compute.instance_type)
    if built_for is not compute.architecture and is_offered(compute.instance_type):
        yield Problem(
            "ascent:compute.instanceType",
            compute.instance_type,
            f"it is {built_for.value}, but ascent:compute.architecture is {compute.architecture.value}",
            f"set ascent:compute.architecture: {built_for.value}",
        )
