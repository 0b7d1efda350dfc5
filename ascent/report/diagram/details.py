"""The small print of a diagram's boxes: how many, how large, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ascent.catalog import services
from ascent.catalog.known import Family, Service
from ascent.plan.model import UNKNOWN
from ascent.report.diagram.graph import Reach, targets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ascent.plan.model import Plan, Resource

_SIZES: Final = ("instanceClass", "nodeType", "instanceType")


def details(
    plan: Plan, reach: Reach, members: tuple[Resource, ...], service: Service, labels: Mapping[str, str]
) -> tuple[int, tuple[str, ...]]:
    """How many of a service there are, and the lines under its name.

    Args:
        plan: the plan.
        reach: what its resources lead to.
        members: the resources that the box stands for.
        service: what they are.
        labels: URN → name of the box that a resource is drawn in.
    """
    count = len(members)
    lines: list[str] = []
    if service is services.RECORDS:
        aliases = [r for r in members if "aliases" in r.property_dependencies]
        return 1, _known((r.inputs.get("name") for r in aliases), "domain")
    if service is services.BACKUPS:
        lines = ["backs up " + _list(labels, (e for r in members for e in reach.from_(r, "resources")))]
        return 1, tuple(line for line in lines if line != "backs up ")
    if service is services.KEYS:
        lines = ["for " + _list(labels, _referring(plan, members, labels))]
    elif service is services.BUCKETS:
        lines = ["from " + _list(labels, _referring(plan, members, labels))]
    elif service is services.ECS:
        tasks = [r.inputs.get("desiredCount") for r in members]
        known = [t for t in tasks if isinstance(t, (int, float))]
        lines = [f"{sum(known):g} tasks"] if known else []
        lines += sorted({str(r.inputs["launchType"]).capitalize() for r in members if "launchType" in r.inputs})
    elif service is services.GROUP:
        lines = [_range(r) for r in members]
        lines += _known((v for r in members for v in _sizes(plan, r)), "")
    elif service is services.BALANCER:
        lines = sorted({"internal" if r.inputs.get("internal") is True else "internet-facing" for r in members})
    elif service is services.ENDPOINTS:
        lines = [", ".join(sorted(str(r.inputs.get("serviceName", "?")).split(".", 3)[-1] for r in members))]
    elif service is services.BUDGETS:
        lines = [_money(r) for r in members]
    elif service.family is Family.OTHER:
        lines = [", ".join(sorted({r.type.rpartition(":")[2] for r in members}))]
    else:
        lines = [*_known((v for r in members for v in _sizes(plan, r)), "")]
    lines = [line for line in lines if line not in ("for ", "from ", "")]
    return count, tuple(lines or _names(plan, members))


def _names(plan: Plan, members: tuple[Resource, ...]) -> tuple[str, ...]:
    """Their names, without what all names of the stack begin with."""
    prefix = f"{plan.project}-{plan.stack}-"
    return (", ".join(sorted({r.name.removeprefix(prefix) for r in members})),)


def _sizes(plan: Plan, resource: Resource) -> list[object]:
    made_from = targets(plan, resource, "launchTemplate")
    return [r.inputs.get(key) for r in (resource, *made_from) for key in _SIZES]


def _known(values: Iterable[object], otherwise: str) -> tuple[str, ...]:
    found = dict.fromkeys(v for v in values if isinstance(v, str) and v != UNKNOWN)
    return (", ".join(found) or otherwise,) if found or otherwise else ()


def _range(group: Resource) -> str:
    least, most = group.inputs.get("minSize"), group.inputs.get("maxSize")
    return f"{least} instances" if least == most else f"{least} to {most} instances"


def _money(budget: Resource) -> str:
    unit = budget.inputs.get("timeUnit")
    month = {"MONTHLY": " a month", "ANNUALLY": " a year"}.get(str(unit), "")
    return f"{budget.inputs.get('limitAmount', '?')} {budget.inputs.get('limitUnit', '')}{month}"


def _list(labels: Mapping[str, str], resources: Iterable[Resource]) -> str:
    return ", ".join(sorted({labels[r.urn] for r in resources if r.urn in labels}))


def _referring(plan: Plan, members: tuple[Resource, ...], labels: Mapping[str, str]) -> list[Resource]:
    wanted = {r.urn for r in members}
    drawn = (plan.by_urn[urn] for urn in labels)
    return [r for r in drawn if wanted & {t.urn for t in targets(plan, r)} and r.urn not in wanted]
