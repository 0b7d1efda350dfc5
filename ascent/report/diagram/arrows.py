"""The arrows of a diagram, from security-group rules and from what resources refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ascent.catalog import services
from ascent.catalog.known import Family
from ascent.catalog.lookup import drawn_as
from ascent.report.diagram.graph import Reach, targets
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

INTERNET: Final = "internet"
"""Id of the node that stands for the users."""

_OPEN: Final = frozenset({"0.0.0.0/0", "::/0"})
_INGRESS: Final = (
    types.VPC_SECURITY_GROUP_INGRESS_RULE,
    types.EC2_SECURITY_GROUP_RULE,
)
_NOTICES: Final = ("alarmActions", "okActions", "notifications", "targets")
_ASSOCIATIONS: Final = {types.WAFV2_WEB_ACL_ASSOCIATION: ("webAclArn", "resourceArn")}


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from one node to another."""

    source: str
    target: str
    kind: str
    """`traffic`, `use`, `notify`, `guard` or `copy`: the CSS class that draws it."""
    label: str = ""


def arrows_of(plan: Plan, reach: Reach, owner: Mapping[str, str]) -> tuple[Arrow, ...]:
    """All arrows, one per pair of nodes and direction; traffic wins over other kinds.

    Args:
        plan: the plan.
        reach: what its resources lead to.
        owner: URN → id of the node that stands for the resource.
    """
    ports: dict[tuple[str, str], set[str]] = {}
    for source, target, port in _traffic(plan, reach, owner):
        ports.setdefault((source, target), set()).add(port)
    found = {ends: Arrow(*ends, "traffic", _joined(labels)) for ends, labels in ports.items()}
    for source, target, kind in (*_edge(plan, reach, owner), *_uses(plan, reach, owner)):
        found.setdefault((source, target), Arrow(source, target, kind))
    return tuple(a for a in found.values() if a.source != a.target)


def _joined(ports: set[str]) -> str:
    return ", ".join(sorted(ports - {""}, key=lambda p: (len(p), p)))


def _traffic(plan: Plan, reach: Reach, owner: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    holders: dict[str, list[str]] = {}
    for urn, node in owner.items():
        if plan.by_urn[urn].type != types.EC2_SECURITY_GROUP:
            for group in sorted(reach.groups(plan.by_urn[urn])):
                holders.setdefault(group, []).append(node)
    for into, sources, is_open, port in _rules(plan):
        for target in holders.get(into, ()):
            for source in (s for group in sources for s in holders.get(group, ())):
                yield source, target, port
            if is_open and _faces_internet(plan, owner, target):
                yield INTERNET, target, port


def _rules(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], bool, str]]:
    """Group, groups that may call it, whether the internet may, ports."""
    for type_ in _INGRESS:
        for rule in plan.by_type.get(type_, ()):
            if rule.inputs.get("type", "ingress") == "ingress":
                sources = targets(plan, rule, "referencedSecurityGroupId", "sourceSecurityGroupId")
                for group in targets(plan, rule, "securityGroupId"):
                    yield group.urn, tuple(s.urn for s in sources), _is_open(rule.inputs), _port(rule.inputs)
    for group in plan.by_type.get(types.EC2_SECURITY_GROUP, ()):
        sources = tuple(r.urn for r in targets(plan, group, "ingress") if r.type == types.EC2_SECURITY_GROUP)
        inline = group.inputs.get("ingress")
        for rule in inline if isinstance(inline, (list, tuple)) else ():
            if isinstance(rule, Mapping):
                yield group.urn, sources if rule.get("securityGroups") else (), _is_open(rule), _port(rule)


def _is_open(rule: Mapping[str, Any]) -> bool:
    given: list[Any] = [rule.get("cidrIpv4"), rule.get("cidrIpv6")]
    for key in ("cidrBlocks", "ipv6CidrBlocks"):
        value = rule.get(key)
        given += value if isinstance(value, (list, tuple)) else ()
    return any(isinstance(value, str) and value in _OPEN for value in given)


def _port(rule: Mapping[str, Any]) -> str:
    first, last = rule.get("fromPort"), rule.get("toPort")
    if not isinstance(first, (int, float)) or first < 0:
        return ""
    return f"{first:g}" if first == last or not isinstance(last, (int, float)) else f"{first:g}-{last:g}"


def _faces_internet(plan: Plan, owner: Mapping[str, str], node: str) -> bool:
    return any(plan.by_urn[u].inputs.get("internal") is not True for u, n in owner.items() if n == node)


def _edge(plan: Plan, reach: Reach, owner: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for urn, node in owner.items():
        resource = plan.by_urn[urn]
        service = drawn_as(resource)
        if service in (services.CDN, services.API):
            yield INTERNET, node, "traffic"
        if service is services.RECORDS and "aliases" in resource.property_dependencies:
            yield INTERNET, node, "traffic"
            for end in reach.from_(resource, "aliases"):
                yield node, owner[end.urn], "traffic"
        if service is services.CDN:
            for end in reach.from_(resource, "origins"):
                yield node, owner[end.urn], "traffic"
            for end in (e for e in targets(plan, resource, "webAclId") if e.urn in owner):
                yield owner[end.urn], node, "guard"
    for type_, (of, to) in _ASSOCIATIONS.items():
        for link in plan.by_type.get(type_, ()):
            for source in targets(plan, link, of):
                for end in targets(plan, link, to):
                    if source.urn in owner and end.urn in owner:
                        yield owner[source.urn], owner[end.urn], "guard"


def _uses(plan: Plan, reach: Reach, owner: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for urn, node in owner.items():
        resource = plan.by_urn[urn]
        service = drawn_as(resource)
        if service is None:
            continue
        if service.family is Family.COMPUTE:
            yield from ((node, owner[end.urn], "use") for end in reach.from_(resource) if _is_used(end))
        if service.family is Family.WATCH:
            yield from ((node, owner[e.urn], "notify") for e in _told(reach, resource) if _is_used(e))


def _told(reach: Reach, resource: Resource) -> tuple[Resource, ...]:
    properties = [p for p in _NOTICES if p in resource.property_dependencies]
    return reach.from_(resource, *properties) if properties else ()


def _is_used(resource: Resource) -> bool:
    service = drawn_as(resource)
    return service is not None and service.used
