"""What single availability zones lack, by id: a zone's letter means another place in another account.

Accounts made before November 2025 have letters of their own in the oldest regions, so only a deployment can tell which
zone a letter is. Fargate's gaps stand in the ECS developer guide ("Supported Regions for Amazon ECS on AWS Fargate",
read in November 2026); those of `use1-az3` are not proven on an account. Zones that are not listed count as complete.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from settings.enums import Architecture, ComputeKind, Ingress
from settings.offers.regions import availability_zones
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from settings.schema import Settings


class Offer(StrEnum):
    """What a stack may need of its zones."""

    VPC_ORIGIN = "CloudFront VPC origins"
    FARGATE = "Fargate"
    FARGATE_ARM = "Fargate on ARM"


_LACKS: Final[Mapping[str, tuple[Offer, ...]]] = {
    "use1-az3": (Offer.VPC_ORIGIN, Offer.FARGATE_ARM),
    "usw1-az2": (Offer.FARGATE, Offer.FARGATE_ARM),
    "apne1-az3": (Offer.FARGATE, Offer.FARGATE_ARM),
}


def zones_in_use(settings: Settings) -> tuple[str, ...]:
    """Names of the zones that a stack lies in: those that it names, or the region's first ones."""
    return settings.network.availability_zones or availability_zones(settings.region)[: settings.network.az_count]


def zone_places(settings: Settings) -> tuple[int, ...]:
    """The place of each of those zones in the alphabet, from 0.

    A zone's addresses follow from it, whatever zones the region may get beside it.
    """
    return tuple(ord(zone[-1]) - ord("a") for zone in zones_in_use(settings))


def lacking(settings: Settings, zone_id: str) -> tuple[Offer, ...]:
    """What a zone lacks of what the stack needs.

    Args:
        settings: those of the stack.
        zone_id: such as `use1-az3`.
    """
    wanted = {Offer.VPC_ORIGIN} if settings.edge.ingress is Ingress.CLOUDFRONT else set()
    for service in services_of(settings):
        if service.compute.kind is ComputeKind.FARGATE:
            wanted.add(Offer.FARGATE_ARM if service.compute.architecture is Architecture.ARM64 else Offer.FARGATE)
    return tuple(offer for offer in _LACKS.get(zone_id, ()) if offer in wanted)
