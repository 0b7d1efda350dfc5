"""Zones, and ways out of the private subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import ComputeKind, EndpointService, Nat, Placement
from settings.offers.regions import availability_zones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


_PULL_ENDPOINTS = (
    EndpointService.ECR_API,
    EndpointService.ECR_DKR,
    EndpointService.LOGS,
    EndpointService.SECRETS_MANAGER,
)


def zones(settings: Settings) -> Iterator[Problem]:
    """Zones that the region does not have, or not so many of."""
    network, known = settings.network, availability_zones(settings.region)
    named = network.availability_zones
    path = "ascent:network.availabilityZones"
    for zone in named or ():
        if zone not in known:
            yield Problem(path, repr(zone), f"zones of {settings.region} are {', '.join(known)}", "name one of them")
    if named and len(set(named)) < len(named):
        yield Problem(path, ", ".join(named), "each zone stands once", "remove the repeated one")
    if named and set(named) <= set(known) and list(named) != sorted(named) and len(set(named)) == len(named):
        wanted = "in the order of the alphabet: in another one, subnets of a live stack would change places"
        yield Problem(path, ", ".join(named), wanted, f"write [{', '.join(sorted(named))}]")
    if not named and network.az_count > len(known):
        yield Problem(
            "ascent:network.azCount",
            str(network.az_count),
            f"{settings.region} has {len(known)} zones",
            f"write at most {len(known)}",
        )


def reachability(settings: Settings) -> Iterator[Problem]:
    """Private subnets without a way to what a task needs at its start."""
    network, compute = settings.network, settings.compute
    if network.nat is not Nat.NONE or compute.placement is Placement.PUBLIC:
        return
    own_image = ".dkr.ecr." in (compute.image or "")
    missing = [e.value for e in _PULL_ENDPOINTS if e not in network.interface_endpoints]
    if compute.kind is ComputeKind.FARGATE and own_image and not missing:
        return
    wanted = "private subnets need a way to the image registry, logs and secrets"
    fix = "set ascent:network.nat: single, or ascent:compute.placement: public"
    if compute.kind is ComputeKind.FARGATE:
        needed = ", ".join(e.value for e in _PULL_ENDPOINTS)
        fix += f", or use an ECR image with ascent:network.interfaceEndpoints {needed}"
    yield Problem("ascent:network.nat", "none", f"{wanted} while ascent:compute.placement is private", fix)
