"""What a live stack was deployed with, and may not become in one deployment."""

from __future__ import annotations

from collections import deque
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from common.problems import Problem
from settings.offers.zones import zones_in_use
from settings.sections.network import MIN_AZS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from settings.schema import Settings


_FOLLOWED: Final = {
    "application": "ascent:application",
    "environment": "ascent:environment",
    "region": "aws:region",
}
"""What names and places everything → where it is written."""


def remembered(settings: Settings) -> dict[str, Any]:
    """What the next deployment must know of this one."""
    return {
        "application": settings.application,
        "environment": settings.environment,
        "region": settings.region,
        "zones": list(zones_in_use(settings)),
    }


def memory_problem(settings: Settings, before: Mapping[str, Any]) -> Problem | None:
    """Why a live stack can't become what the settings say; None where it can.

    Args:
        settings: those of now.
        before: what was `remembered` of the last deployment; what it lacks is not held against anybody.
    """
    now = remembered(settings)
    for name, path in _FOLLOWED.items():
        if before.get(name, now[name]) != now[name]:
            wanted = f"this stack was deployed with {before[name]}, and everything in it follows from that"
            fix = f"write {path}: {before[name]}, or `pulumi destroy` it first: another one makes all of it anew"
            return Problem(path, now[name], wanted, fix)
    steps = zone_steps(before.get("zones", now["zones"]), now["zones"])
    if len(steps) == 1:
        return None
    path = "availabilityZones" if settings.network.availability_zones else "azCount"
    wanted = f"this stack lies in {', '.join(before['zones'])}, and a zone's addresses are in use until its subnets go"
    written = " and then ".join(f"[{', '.join(step)}]" for step in steps)
    fix = f"deploy once each with ascent:network.availabilityZones: {written}"
    return Problem(f"ascent:network.{path}", ", ".join(now["zones"]), wanted, fix)


def zone_steps(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The fewest deployments from some zones to others, each as the zones to deploy with; the last is `after`.

    Subnets are known by their place in the list, and a zone's address range is its own. New subnets are made before old
    ones go, so no zone may change its place while it has a subnet at its old one.

    Args:
        before: zones that the stack lies in, in the order of the alphabet.
        after: zones that it shall lie in.
    """
    start, goal = tuple(before), tuple(after)
    if _fits(start, goal):
        return (goal,)
    seen = {start}
    waiting: deque[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = deque([(start, ())])
    while waiting:
        here, way = waiting.popleft()
        for there in _choices({*before, *after}):
            if there in seen or not _fits(here, there):
                continue
            if there == goal:
                return (*way, goal)
            seen.add(there)
            waiting.append((there, (*way, there)))
    raise ValueError(f"there is no way from {start} to {goal}")


def _fits(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether no zone changes its place."""
    return all(zone not in before or before.index(zone) == place for place, zone in enumerate(after))


def _choices(zones: set[str]) -> Iterator[tuple[str, ...]]:
    for count in range(MIN_AZS, len(zones) + 1):
        yield from combinations(sorted(zones), count)
