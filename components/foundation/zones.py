"""Whether the zones that a stack takes have what it needs, which only AWS can tell: letters differ between accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from settings.consistency.zones import zone_problem
from settings.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    pulumi.Output.all(found.names, found.zone_ids).apply(
        lambda both: _check(stack, settings, dict(zip(both[0], both[1], strict=True)))
    )


def _check(stack: str, settings: Settings, ids: Mapping[str, str]) -> None:
    problem = zone_problem(settings, ids)
    if problem is None:
        return
    error = SettingsError(f"Pulumi.{stack}.yaml", [problem])
    if settings.network.availability_zones and all(zone in ids for zone in settings.network.availability_zones):
        pulumi.log.warn(str(error))
    else:
        raise pulumi.RunError(str(error))
