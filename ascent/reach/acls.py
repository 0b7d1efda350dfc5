"""Network ACLs: what they let into a subnet and out of it, rule by rule in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import UNKNOWN
from ascent.reach.addresses import EVERYWHERE, EVERYWHERE_6, as_range, holds
from ascent.reach.answer import Step, Verdict
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ascent.plan.model import Resource
    from ascent.reach.addresses import Range
    from ascent.reach.graph import Graph

ANSWERS: Final = (1024, 65535)
"""Ports that answers go to; ACLs know no connections."""

_ACLS: Final = (types.EC2_NETWORK_ACL, types.EC2_DEFAULT_NETWORK_ACL)
_TCP: Final = ("tcp", "6", "-1", "all")
_ALL: Final = ("-1", "all")
_INLINE: Final = {"in": "ingress", "out": "egress"}


def passes(graph: Graph, way: str, subnet: Resource, ports: tuple[int, int], peer: Range) -> Step:
    """What the ACL of a subnet says of packets.

    Args:
        graph: the plan's references.
        way: `in` or `out`.
        subnet: the subnet.
        ports: first and last port that they go to.
        peer: addresses at the other end.
    """
    acl = _acl(graph, subnet)
    if acl is None:
        return Step(f"subnet {subnet.name} has the VPC's default network ACL, which lets everything through")
    toward = "from" if way == "in" else "to"
    what = f"{_named(ports)} {way} {toward} {peer}"
    for rule in sorted(_rules(graph, acl, way), key=_number):
        said = _says(rule, ports, peer)
        if said is None:
            text = f"network ACL {acl.name}: rule {_number(rule)} is known only after deployment"
            return Step(text, Verdict.UNKNOWN, (acl.urn,))
        if said == "allow":
            return Step(f"network ACL {acl.name} lets {what} (rule {_number(rule)})", Verdict.OPEN, (acl.urn,))
        if said == "deny":
            text = f"network ACL {acl.name} denies {what} (rule {_number(rule)})"
            return Step(text, Verdict.CLOSED, (acl.urn,))
    return Step(f"network ACL {acl.name} has no rule that lets {what}", Verdict.CLOSED, (acl.urn,))


def _acl(graph: Graph, subnet: Resource) -> Resource | None:
    for token in _ACLS:
        for acl in graph.referring(subnet, token, "subnetIds"):
            return acl
    for association in graph.referring(subnet, types.EC2_NETWORK_ACL_ASSOCIATION, "subnetId"):
        for acl in graph.of(association, "networkAclId", *_ACLS):
            return acl
    return None


def _rules(graph: Graph, acl: Resource, way: str) -> Iterator[Any]:
    blocks = acl.inputs.get(_INLINE[way])
    yield from (block for block in (blocks if isinstance(blocks, list) else ()) if isinstance(block, dict))
    for rule in graph.referring(acl, types.EC2_NETWORK_ACL_RULE, "networkAclId"):
        if bool(rule.inputs.get("egress")) is (way == "out"):
            yield rule.inputs


def _number(rule: Any) -> int:  # noqa: ANN401 - wire
    try:
        return int(float(rule.get("ruleNo", rule.get("ruleNumber", 0))))
    except (TypeError, ValueError):
        return 0


def _says(rule: Any, ports: tuple[int, int], peer: Range) -> str | None:  # noqa: ANN401 - wire
    """`allow` or `deny`; empty for a rule about other packets, None for one that is not known.

    A rule that denies a part denies: packets of that part do not come through. Only of the internet a part may.
    """
    action = str(rule.get("action", rule.get("ruleAction", ""))).lower()
    protocol = str(rule.get("protocol", "")).lower()
    written = [rule[key] for key in ("cidrBlock", "ipv6CidrBlock") if rule.get(key)]
    if UNKNOWN in (action, protocol) or UNKNOWN in written:
        return None
    ranges = [one for one in map(as_range, written) if one is not None and one.version == peer.version]
    if protocol not in _TCP or not ranges:
        return ""
    low, high = (0, 65535) if protocol in _ALL else (int(float(rule["fromPort"])), int(float(rule["toPort"])))
    whole = low <= ports[0] and ports[1] <= high and any(holds(one, peer) for one in ranges)
    if whole:
        return action
    touches = low <= ports[1] and ports[0] <= high and any(one.overlaps(peer) for one in ranges)
    return "deny" if touches and action == "deny" and peer not in (EVERYWHERE, EVERYWHERE_6) else ""


def _named(ports: Sequence[int]) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"answers on {ports[0]}-{ports[1]}"
