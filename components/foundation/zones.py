"""Whether the zones that a stack takes have what it needs, which only AWS can tell: letters differ between accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from common.problems import Problem
from settings.errors import SettingsError
from settings.offers.regions import availability_zones
from settings.offers.zones import lacking, zones_in_use

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


def zone_problem(settings: Settings, ids: Mapping[str, str]) -> Problem | None:
    """What is wrong with the stack's zones in an account, and which zones to name instead; None where nothing is.

    Args:
        settings: zones, and what runs in them.
        ids: the account's zones, name to id.
    """
    unfit = {zone: why for zone in zones_in_use(settings) if (why := _unfit(settings, zone, ids))}
    if not unfit:
        return None
    named = settings.network.availability_zones
    path, value = ("availabilityZones", ", ".join(named)) if named else ("azCount", str(settings.network.az_count))
    spare = [
        zone
        for zone in availability_zones(settings.region)
        if zone not in zones_in_use(settings) and not _unfit(settings, zone, ids)
    ]
    # A zone that stays keeps its place: its subnets are not made anew.
    kept = [spare.pop(0) if zone in unfit and spare else zone for zone in zones_in_use(settings)]
    better = [zone for zone in kept if zone not in unfit]
    fix = f"write ascent:network.availabilityZones: [{', '.join(better)}]"
    if len(better) == 1:
        fix = "choose another region"
    return Problem(f"ascent:network.{path}", value, "; ".join(unfit.values()), fix)


def _unfit(settings: Settings, zone: str, ids: Mapping[str, str]) -> str:
    """Why a zone cannot be used; empty where it can."""
    if zone not in ids:
        return f"this account has no {zone}"
    missing = lacking(settings, ids[zone])
    return f"{zone} is {ids[zone]} in this account, which has no {' and no '.join(missing)}" if missing else ""
