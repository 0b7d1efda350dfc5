"""Zones of a stack against those of an account, whose letters and number only AWS knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.offers.regions import availability_zones
from settings.offers.zones import lacking, zones_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from settings.schema import Settings


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
    kept = [spare.pop(0) if zone in unfit and spare else zone for zone in zones_in_use(settings)]
    better = sorted(zone for zone in kept if zone not in unfit)
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
