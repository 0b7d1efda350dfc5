"""Zones of a stack against those of an account, whose letters and number only AWS knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.offers.regions import availability_zones
from settings.offers.zones import lacking, zones_in_use
from settings.sections.network import MIN_AZS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from settings.schema import Settings


def zone_problem(settings: Settings, ids: Mapping[str, str], offered: Mapping[str, Collection[str]]) -> Problem | None:
    """What is wrong with the stack's zones in an account, and which zones to name instead; None where nothing is.

    Args:
        settings: zones, and what runs in them.
        ids: the account's zones, name to id.
        offered: what else the stack needs of each zone, in words, and the zones that have it, by name or id.
    """
    unfit = {zone: why for zone in zones_in_use(settings) if (why := _unfit(settings, zone, ids, offered))}
    if not unfit:
        return None
    named = settings.network.availability_zones
    path, value = ("availabilityZones", ", ".join(named)) if named else ("azCount", str(settings.network.az_count))
    spare = [
        zone
        for zone in availability_zones(settings.region)
        if zone not in zones_in_use(settings) and not _unfit(settings, zone, ids, offered)
    ]
    kept = [spare.pop(0) if zone in unfit and spare else zone for zone in zones_in_use(settings)]
    better = sorted(zone for zone in kept if zone not in unfit)
    fix = f"write ascent:network.availabilityZones: [{', '.join(better)}]"
    if len(better) < MIN_AZS:
        fix = " or ".join([f"choose another than {what}" for what in offered] + ["choose another region"])
    return Problem(f"ascent:network.{path}", value, "; ".join(unfit.values()), fix)


def _unfit(settings: Settings, zone: str, ids: Mapping[str, str], offered: Mapping[str, Collection[str]]) -> str:
    """Why a zone cannot be used; empty where it can."""
    if zone not in ids:
        return f"this account has no {zone}"
    missing = [
        *lacking(settings, ids[zone]),
        *(what for what, zones in offered.items() if zone not in zones and ids[zone] not in zones),
    ]
    return f"{zone} is {ids[zone]} in this account, which has no {' and no '.join(missing)}" if missing else ""
