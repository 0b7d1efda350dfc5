"""Whether a plan is sound in itself: what the engine would reject, or what would get lost in a deployment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ascent.plan.urn import PROVIDERS
from policies.pack.types import PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ascent.plan.model import Plan, Resource


class ProblemKind(StrEnum):
    """What is wrong with a resource of a plan."""

    DUPLICATE = "duplicate"
    """Two resources have the same URN; the engine refuses the second."""
    ORPHAN = "orphan"
    """A custom resource has no component among its ancestors; providers are excepted.

    The stack itself does not count as a component. Whatever hangs on nothing else was made outside of the components,
    usually because `ResourceOptions(parent=self)` was forgotten: its URN will change as soon as that is mended.
    """
    DANGLING = "dangling"
    """A parent, provider, dependency or `deleted_with` is not in the plan."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one resource."""

    kind: ProblemKind
    urn: str
    message: str


def problems(plan: Plan, external: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with `plan`, in its order.

    Args:
        plan: the plan to check.
        external: URNs of existing resources that the program looks up; references to them are fine.
    """
    known = {*plan.by_urn, *external}
    counts = Counter(resource.urn for resource in plan.resources)
    found: list[Problem] = []
    for resource in plan.resources:
        if counts.pop(resource.urn, 0) > 1:
            message = f"{resource.type} {resource.name!r} is registered more than once; give each its own name"
            found.append(Problem(ProblemKind.DUPLICATE, resource.urn, message))
        if _is_orphan(resource, plan):
            message = f"{resource.type} {resource.name!r} belongs to no component; give it a parent"
            found.append(Problem(ProblemKind.ORPHAN, resource.urn, message))
        for role, urn in sorted(set(_references(resource))):
            if urn not in known:
                message = f"{resource.type} {resource.name!r}: its {role} {urn} is not in the plan"
                found.append(Problem(ProblemKind.DANGLING, resource.urn, message))
    return found


def _is_orphan(resource: Resource, plan: Plan) -> bool:
    if not resource.custom or resource.type.startswith(PROVIDERS):
        return False
    seen = {resource.urn}
    above = plan.by_urn.get(resource.parent or "")
    while above is not None and above.urn not in seen:
        if not above.custom and above.type != PULUMI_PULUMI_STACK:
            return False
        seen.add(above.urn)
        above = plan.by_urn.get(above.parent or "")
    return True


def _references(resource: Resource) -> Iterator[tuple[str, str]]:
    if resource.parent:
        yield "parent", resource.parent
    if resource.provider:
        yield "provider", resource.provider
    if resource.options.deleted_with:
        yield "deleted_with", resource.options.deleted_with
    for urn in resource.dependencies:
        yield "dependency", urn
    for name, urns in resource.property_dependencies.items():
        for urn in urns:
            yield f"dependency of {name}", urn
