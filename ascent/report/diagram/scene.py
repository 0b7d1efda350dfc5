"""What a diagram of a plan shows: nodes, each for one or more resources, and arrows between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.catalog import services
from ascent.catalog.known import Family, Service
from ascent.catalog.lookup import drawn_as
from ascent.catalog.tokens import is_built, module_of
from ascent.report.diagram.arrows import INTERNET, Arrow, arrows_of
from ascent.report.diagram.details import details
from ascent.report.diagram.graph import Reach, targets
from ascent.report.diagram.network import Network, Subnet, home, networks
from policies.pack.types import EC2_VPC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan, Resource

_EDGE_ORDER: Final = (services.RECORDS, services.CDN, services.API, services.WAF)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written on a box.

    Attributes:
        dollars: a month, expected.
        findings: number of open findings.
    """

    dollars: Decimal = Decimal(0)
    findings: int = 0

    def __add__(self, other: Mark) -> Mark:
        return Mark(self.dollars + other.dollars, self.findings + other.findings)


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the diagram that stands for resources."""

    id: str
    label: str
    family: Family
    members: tuple[Resource, ...]
    count: int = 1
    """How many there are; drawn when more than one."""
    details: tuple[str, ...] = ()
    network: int | None = None
    """Index of the VPC it stands in."""
    subnets: tuple[Subnet, ...] = ()
    """Where in the VPC; empty for what belongs to the VPC as a whole."""
    mark: Mark = Mark()
    """What its resources cost, and how many findings they have."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a diagram shows, before it has places."""

    region: str
    networks: tuple[Network, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


@dataclass(slots=True)
class _Draft:
    service: Service
    members: list[Resource] = field(default_factory=list)
    network: int | None = None
    subnets: tuple[Subnet, ...] = ()


def scene(plan: Plan, marks: Mapping[str, Mark] | None = None) -> Scene:
    """What to draw of a plan.

    Args:
        plan: the stack.
        marks: URN → what to write on the box of the resource; None for nothing.
    """
    nets = networks(plan)
    reach = Reach(plan)
    drafts = _drafts(plan, nets)
    named = {r.urn: _label(d) for d in drafts for r in d.members}
    nodes = []
    for number, draft in enumerate(drafts):
        count, lines = details(plan, reach, tuple(draft.members), draft.service, named)
        node = Node(
            id=f"n{number}",
            label=_label(draft),
            family=draft.service.family,
            members=tuple(draft.members),
            count=count,
            details=lines,
            network=draft.network,
            subnets=draft.subnets,
            mark=sum((marks[r.urn] for r in draft.members if marks and r.urn in marks), Mark()),
        )
        nodes.append(node)
        if _has_standby(draft):
            lines = ("in another zone", "takes over if the primary fails")
            standby = Node(f"{node.id}s", "Standby", node.family, (), 1, lines, node.network, node.subnets)
            nodes.append(standby)
    owner = {r.urn: node.id for node in nodes for r in node.members}
    standbys = [Arrow(n.id.removesuffix("s"), n.id, "copy", "copies") for n in nodes if not n.members]
    arrows = [*arrows_of(plan, reach, owner), *standbys]
    if any(arrow.source == INTERNET for arrow in arrows):
        nodes.insert(0, Node(INTERNET, "Users", Family.OTHER, (), 1, ("the internet",)))
    return Scene(plan.region, nets, tuple(nodes), tuple(arrows))


def is_edge(node: Node) -> bool:
    """Whether a node stands outside the region, with the users."""
    return node.id == INTERNET or (node.family is Family.EDGE and node.network is None)


def _has_standby(draft: _Draft) -> bool:
    return draft.network is not None and any(r.inputs.get("multiAz") is True for r in draft.members)


def _label(draft: _Draft) -> str:
    label = draft.service.label
    if draft.service is services.DATABASE:
        engines = {str(r.inputs.get("engine", "")) for r in draft.members}
        names = {"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB"}
        label = names.get(next(iter(engines)), label) if len(engines) == 1 else label
    if _has_standby(draft):
        label += " primary"
    return label


def _drafts(plan: Plan, nets: tuple[Network, ...]) -> list[_Draft]:
    found: dict[tuple[object, ...], _Draft] = {}
    drawn_modules = set()
    rest: list[Resource] = []
    in_network = {s.resource.urn for n in nets for s in n.subnets}
    for resource in plan.resources:
        if not is_built(resource):
            continue
        service = drawn_as(resource)
        if resource.urn in in_network or (resource.type == EC2_VPC and any(n.vpc == resource for n in nets)):
            drawn_modules.add(module_of(resource.type))
            continue
        if service is None:
            rest.append(resource)
            continue
        drawn_modules.add(module_of(resource.type))
        index, subnets = _place(plan, nets, resource)
        key = (service.label, index, frozenset(s.row for s in subnets))
        if service is services.NAT:
            key = (service.label, index, *sorted(s.resource.urn for s in subnets))
        draft = found.setdefault(key, _Draft(service, network=index))
        draft.members.append(resource)
        draft.subnets += tuple(s for s in subnets if s not in draft.subnets)
    for resource in rest:
        module = module_of(resource.type)
        if module not in drawn_modules:
            service = Service(module, Family.OTHER)
            found.setdefault((module,), _Draft(service)).members.append(resource)
    return sorted(found.values(), key=_order)


def _order(draft: _Draft) -> tuple[int, int]:
    """Edge services by the way of a request; services that applications use before others."""
    if draft.service in _EDGE_ORDER:
        return (0, _EDGE_ORDER.index(draft.service))
    if draft.service is services.ENDPOINTS:
        return (1, len(Family))
    families = [Family.EDGE, Family.NETWORK, Family.COMPUTE, Family.DATA, Family.SECURITY, Family.WATCH, Family.OTHER]
    if draft.service is services.SECRETS:
        return (1, families.index(Family.DATA))
    return (1 if draft.service.used or draft.network is not None else 2, families.index(draft.service.family))


def _place(plan: Plan, nets: tuple[Network, ...], resource: Resource) -> tuple[int | None, tuple[Subnet, ...]]:
    service = drawn_as(resource)
    for index, network in enumerate(nets):
        if subnets := home(plan, network, resource):
            return index, subnets
        if service in (services.GATEWAY, services.ENDPOINTS) and network.vpc in targets(plan, resource, "vpcId"):
            return index, ()
    return None, ()
