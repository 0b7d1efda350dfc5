"""Which physical objects a resource owns: two logical resources must never own the same one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.lookup import known_of
from ascent.plan.model import UNKNOWN
from policies.pack.types import ACM_CERTIFICATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

Physical = tuple[str, str, tuple[str, ...]]
"""Type, region and the values of what identifies the object."""

_NONE: Final = ""


def identities(plan: Plan, resource: Resource) -> frozenset[Physical]:
    """The physical objects of a resource; empty where a name is made up at deployment, or nobody knows it yet.

    A reference to another resource of the plan stands for what that one is: policies of one bucket are of one bucket
    before AWS has named it.

    Args:
        plan: the plan that the resource is in.
        resource: one of its resources.
    """
    parts = known_of(resource.type).identity
    if not parts:
        return frozenset()
    values = [list(_values(plan, resource, part)) for part in parts]
    manager = plan.by_urn.get(resource.provider)
    by_provider = manager.inputs.get("region") if manager is not None else None
    region = str(resource.inputs.get("region") or by_provider or plan.region)
    return frozenset((resource.type, region, combined) for combined in product(*values))


def _values(plan: Plan, resource: Resource, part: str) -> Iterator[str]:
    """What a part of the identity is; nothing where it is not known, and each entry of a list."""
    optional = part.endswith("?")
    top, _, below = part.removesuffix("?").partition(".")
    value: Any = resource.inputs.get(top)
    if below and isinstance(value, dict):
        value = value.get(below)
    if value is None:
        yield from (_NONE,) if optional else ()
    elif isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, str) and UNKNOWN not in entry)
    elif UNKNOWN not in str(value):
        yield str(value)
    elif source := _source(plan, resource, top):
        yield source


def _source(plan: Plan, resource: Resource, name: str) -> str:
    """What an unknown value comes from; empty where that is more than one thing, or not known either."""
    urns = references(resource, name)
    found = plan.by_urn.get(urns[0]) if len(urns) == 1 else None
    if found is None:
        return ""
    if found.type == ACM_CERTIFICATE:
        # ACM asks for the same record for a domain, whichever of its certificates it is for.
        return f"proof of {found.inputs.get('domainName')}"
    return found.urn


def references(resource: Resource, name: str) -> tuple[str, ...]:
    """URNs that an input comes from.

    The outputs of a remote component depend on all that is in it. Of these, `vpcId` comes from the VPC alone.

    Args:
        resource: the resource that has the input.
        name: the input.
    """
    urns = resource.property_dependencies.get(name, ())
    stem = name.removesuffix("Id").removesuffix("Arn").lower()
    own = tuple(urn for urn in urns if urn.rsplit("::", 2)[1].rpartition(":")[2].lower() == stem)
    return own or urns
