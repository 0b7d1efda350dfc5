"""Which resource refers to which, for a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.catalog.lookup import drawn_as
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

_NETWORK: Final = frozenset({types.EC2_VPC, types.EC2_SUBNET})
"""Whatever stands in a network refers to these: they say where it stands, not what it uses."""

_OF_ROLES: Final = frozenset(
    {types.IAM_ROLE_POLICY, types.IAM_ROLE_POLICY_ATTACHMENT, types.IAM_ROLE_POLICY_ATTACHMENTS_EXCLUSIVE}
)


def targets(plan: Plan, resource: Resource, *properties: str) -> tuple[Resource, ...]:
    """Resources that a resource refers to, each once.

    Args:
        plan: the plan that the resource is in.
        resource: one of its resources.
        properties: only in these inputs; without any, wherever it does.
    """
    by_property = resource.property_dependencies
    if properties:
        urns = [urn for name in properties for urn in by_property.get(name, ())]
    else:
        urns = [*(urn for found in by_property.values() for urn in found), *resource.dependencies]
    return tuple(plan.by_urn[urn] for urn in dict.fromkeys(urns) if urn in plan.by_urn and urn != resource.urn)


class Reach:
    """What resources lead to, directly or by way of resources that are not drawn."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._of_role: dict[str, list[Resource]] = {}
        for resource in plan.resources:
            if resource.type in _OF_ROLES:
                for role in targets(plan, resource, "role"):
                    self._of_role.setdefault(role.urn, []).append(resource)

    def from_(self, start: Resource, *properties: str) -> tuple[Resource, ...]:
        """Drawn resources, in order of discovery, that `start` leads to; roles are passed through to their policies.

        Args:
            start: where to begin.
            properties: the first step goes only along these inputs; without any, along all.
        """
        return tuple(r for r in self._walk(start, properties) if drawn_as(r) and r.type != types.IAM_ROLE)

    def groups(self, start: Resource) -> frozenset[str]:
        """URNs of the security groups that a resource, or what it is made from, is in."""
        return frozenset(r.urn for r in self._walk(start, ()) if r.type == types.EC2_SECURITY_GROUP)

    def _walk(self, start: Resource, properties: tuple[str, ...]) -> Iterator[Resource]:
        seen = {start.urn}
        ahead = list(targets(self._plan, start, *properties))
        while ahead:
            resource = ahead.pop(0)
            if resource.urn in seen or resource.type in _NETWORK:
                continue
            seen.add(resource.urn)
            yield resource
            if resource.custom and (drawn_as(resource) is None or resource.type == types.IAM_ROLE):
                ahead += [*targets(self._plan, resource), *self._of_role.get(resource.urn, ())]
