"""Security groups: what they let in and out, whichever way their rules are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import UNKNOWN
from ascent.reach.addresses import as_range, holds
from ascent.reach.answer import Step, Verdict
from ascent.reach.graph import truth
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ascent.plan.model import Resource
    from ascent.reach.addresses import Range
    from ascent.reach.graph import Graph

_TCP: Final = ("tcp", "6", "-1", "all")
_ALL: Final = ("-1", "all")
_GROUPS: Final = (types.EC2_SECURITY_GROUP, types.EC2_DEFAULT_SECURITY_GROUP)
_RULES: Final = {"in": types.VPC_SECURITY_GROUP_INGRESS_RULE, "out": types.VPC_SECURITY_GROUP_EGRESS_RULE}
_INLINE: Final = {"in": "ingress", "out": "egress"}
_OLD: Final = {"in": "ingress", "out": "egress"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The other end of a connection, as a rule may name it.

    Args:
        name: of the place, for words.
        ranges: its addresses: a rule by address has to hold all of them.
        groups: URNs of its security groups.
        listed: it is on a list of addresses that AWS keeps.
    """

    name: str
    ranges: tuple[Range, ...] = ()
    groups: frozenset[str] = frozenset()
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A rule of a group in one direction; `ports` is None while they are not known."""

    urn: str
    name: str
    ports: tuple[int, int] | None
    ranges: tuple[Range, ...]
    groups: frozenset[str]
    lists: bool
    unsure: bool
    """Whom it lets through is known only after deployment."""


def passes(graph: Graph, way: str, groups: Sequence[Resource], port: int, peer: Peer, whose: str) -> Step:
    """What the groups of a place say of a connection.

    Args:
        graph: the plan's references.
        way: `in` or `out`.
        groups: the place's security groups; one that lets it through is enough.
        port: TCP port at the end that is connected to.
        peer: the other end.
        whose: the place, for words.
    """
    toward = "from" if way == "in" else "to"
    if not groups:
        text = f"{whose} names no security group: AWS puts it into the VPC's default one"
        return Step(text, Verdict.UNKNOWN)
    unsure: list[_Rule] = []
    for group in groups:
        for rule in _rules(graph, group, way):
            covers = rule.ports is None or rule.ports[0] <= port <= rule.ports[1]
            if not covers:
                continue
            if _names(rule, peer) and rule.ports is not None:
                text = f"security group of {whose} lets {port} {way} {toward} {peer.name} ({rule.name})"
                return Step(text, Verdict.OPEN, (rule.urn,))
            if rule.unsure or (rule.ports is None and _names(rule, peer)):
                unsure.append(rule)
    urns = tuple(group.urn for group in groups)
    named = ", ".join(group.name for group in groups)
    if unsure:
        text = f"security group {named}: rule {unsure[0].name} is known only after deployment"
        return Step(text, Verdict.UNKNOWN, (unsure[0].urn,))
    return Step(f"security group {named} does not let {port} {way} {toward} {peer.name}", Verdict.CLOSED, urns)


def _names(rule: _Rule, peer: Peer) -> bool:
    """Whether a rule means a peer: by group, by a list of AWS's, or with all its addresses."""
    if rule.groups & peer.groups or (rule.lists and peer.listed):
        return True
    return bool(peer.ranges) and all(any(holds(outer, inner) for outer in rule.ranges) for inner in peer.ranges)


def _rules(graph: Graph, group: Resource, way: str) -> Iterator[_Rule]:
    for rule in graph.referring(group, _RULES[way], "securityGroupId"):
        yield _standalone(graph, rule)
    for rule in graph.referring(group, types.EC2_SECURITY_GROUP_RULE, "securityGroupId"):
        if rule.inputs.get("type") == _OLD[way]:
            yield _block(graph, rule, rule.inputs, "sourceSecurityGroupId", group.urn, rule.name)
    blocks = group.inputs.get(_INLINE[way])
    for position, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict):
            yield _block(graph, group, block, _INLINE[way], group.urn, f"{group.name}, {_INLINE[way]} {position + 1}")


def _standalone(graph: Graph, rule: Resource) -> _Rule:
    """A rule that is a resource: one peer each."""
    inputs = rule.inputs
    peers = graph.of(rule, "referencedSecurityGroupId", *_GROUPS)
    written = [inputs[key] for key in ("cidrIpv4", "cidrIpv6") if key in inputs]
    unsure = (UNKNOWN in written) or ("referencedSecurityGroupId" in inputs and not peers)
    return _made(rule, rule.name, inputs, "ipProtocol", written, peers, unsure=unsure)


def _block(graph: Graph, owner: Resource, block: Any, key: str, own: str, name: str) -> _Rule:  # noqa: ANN401 - wire
    """A rule of the older resource, or one that stands in its group."""
    written = [one for part in ("cidrBlocks", "ipv6CidrBlocks") for one in _list(block.get(part))]
    peers = graph.of(owner, key, *_GROUPS)
    made = _made(owner, name, block, "protocol", written, peers, unsure=UNKNOWN in written)
    if not truth(block.get("self")):
        return made
    return _Rule(
        urn=made.urn,
        name=made.name,
        ports=made.ports,
        ranges=made.ranges,
        groups=made.groups | {own},
        lists=made.lists,
        unsure=made.unsure,
    )


def _made(
    owner: Resource,
    name: str,
    block: Any,  # noqa: ANN401 - wire
    protocol_key: str,
    written: list[Any],
    peers: Sequence[Resource],
    *,
    unsure: bool,
) -> _Rule:
    ranges = tuple(one for one in map(as_range, written) if one is not None)
    return _Rule(
        urn=owner.urn,
        name=name,
        ports=_ports(block, protocol_key),
        ranges=ranges,
        groups=frozenset(peer.urn for peer in peers),
        lists=bool(block.get("prefixListId") or block.get("prefixListIds")),
        unsure=unsure,
    )


def _ports(block: Any, protocol_key: str) -> tuple[int, int] | None:  # noqa: ANN401 - wire
    """First and last port; (1, 0) for another protocol than TCP, None while they are not known."""
    protocol = str(block.get(protocol_key, "")).lower()
    if protocol in _ALL:
        return (0, 65535)
    if protocol == UNKNOWN:
        return None
    if protocol not in _TCP:
        return (1, 0)
    try:
        return (int(float(block["fromPort"])), int(float(block["toPort"])))
    except (KeyError, TypeError, ValueError):
        return None


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - wire
    return value if isinstance(value, list) else [] if value is None else [value]
