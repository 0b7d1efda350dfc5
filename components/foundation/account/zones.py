"""Whether the zones that a stack takes have what it needs, which only AWS can tell: letters differ between accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from settings.consistency.zones import zone_problem
from settings.enums import ComputeKind
from settings.errors import SettingsError
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from settings.schema import Settings


def check_zones(settings: Settings, provider: aws.Provider) -> None:
    """Have a preview end before anything is made in a zone that the account, or a service in that zone, does not have.

    awsx names subnets by the zones' names, which a preview must know, so zones are not chosen by what AWS answers. The
    answer only says which names to write. Offline nobody answers, and nothing is checked.

    Args:
        settings: zones, and what runs in them.
        provider: knows the account.
    """
    found = aws.get_availability_zones_output(
        state="available",
        filters=[aws.GetAvailabilityZonesFilterArgs(name="zone-type", values=["availability-zone"])],
        opts=pulumi.InvokeOptions(provider=provider),
    )
    stack = pulumi.get_stack()
    asked = pulumi.Output.all(names=found.names, ids=found.zone_ids, offered=_offered(settings, provider))
    asked.apply(
        lambda answer: _check(
            stack, settings, dict(zip(answer["names"], answer["ids"], strict=True)), answer["offered"]
        )
    )


def _offered(settings: Settings, provider: aws.Provider) -> dict[str, pulumi.Output[Sequence[str]]]:
    """What the stack needs of its zones that no table holds → the zones that have it, by id or name."""
    opts = pulumi.InvokeOptions(provider=provider)
    found: dict[str, pulumi.Output[Sequence[str]]] = {}
    compute = [service.compute for service in services_of(settings)]
    for kind in sorted({one.instance_type for one in compute if one.kind is ComputeKind.EC2}):
        found[f"EC2 type {kind}"] = aws.ec2.get_instance_type_offerings_output(
            location_type="availability-zone-id",
            filters=[aws.ec2.GetInstanceTypeOfferingsFilterArgs(name="instance-type", values=[kind])],
            opts=opts,
        ).locations
    if settings.data.postgres.enabled:
        size = settings.data.postgres.instance_class
        # The class is given twice: the first asks AWS for no other, the second takes one answer of those per version.
        found[f"RDS class {size}"] = aws.rds.get_orderable_db_instance_output(
            engine="postgres",
            instance_class=size,
            preferred_instance_classes=[size],
            engine_latest_version=True,
            storage_type="gp3",
            vpc=True,
            opts=opts,
        ).availability_zones
    return found


def _check(stack: str, settings: Settings, ids: Mapping[str, str], offered: Mapping[str, Collection[str]]) -> None:
    problem = zone_problem(settings, ids, offered)
    if problem is None:
        return
    error = SettingsError(f"Pulumi.{stack}.yaml", [problem])
    if settings.network.availability_zones and all(zone in ids for zone in settings.network.availability_zones):
        pulumi.log.warn(str(error))
    else:
        raise pulumi.RunError(str(error))
