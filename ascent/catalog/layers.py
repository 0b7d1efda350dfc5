"""Which layer of the platform a resource belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from common.layers import LAYERS

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

PLATFORM: Final = "ascent:platform:Platform"
"""Type of the outermost component, with whose name all names of a stack begin."""

OTHER: Final = "other"
"""What belongs to no layer: the stack, the platform, the provider, and what other programs make."""


def group_of(plan: Plan, resource: Resource) -> tuple[str, Resource | None]:
    """A resource's layer and its outermost component there.

    A component inside another layer's component counts as part of that one: the flow logs' bucket belongs to the
    network.

    Args:
        plan: the plan that the resource is in.
        resource: one of its resources.
    """
    found: tuple[str, Resource | None] = (OTHER, None)
    seen: set[str] = set()
    step: Resource | None = resource
    while step is not None and step.urn not in seen:
        seen.add(step.urn)
        parts = step.type.split(":")
        if not step.custom and len(parts) == 3 and parts[0] == "ascent" and parts[1] in LAYERS:
            found = (parts[1], step)
        step = plan.by_urn.get(step.parent) if step.parent else None
    return found
