"""What security groups let in, whichever way it is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import UNSET, as_number, at, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import ResourceFacts, Source, Value

_EVERY_PROTOCOL: Final = ("-1", "all")

_PORTLESS: Final = ("icmp", "icmpv6", "1", "58")

_SOURCES: Final = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")

UDP: Final = ("udp", "17")

GROUPS: Final = (types.EC2_SECURITY_GROUP, types.EC2_DEFAULT_SECURITY_GROUP)
"""Types that hold rules inline."""

_WIDEST: Final = {4: 8, 6: 12}
"""Version of IP → length of the shortest prefix that a registry gives to anybody: what is wider is the internet."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A range of ports, and whether the whole internet reaches it."""

    ports: tuple[int, int] | None
    """First and last; None while they are not known."""
    world: bool | None
    """None while the sources are not known."""
    protocol: str = ""
    """As it is written, in lower case; empty while it is not known."""

    def reaches(self, port: int, *unless: str) -> bool:
        """Whether a port is, or may be, in the range, by another protocol than `unless`."""
        return self.protocol not in unless and (self.ports is None or self.ports[0] <= port <= self.ports[1])

    def __str__(self) -> str:
        if self.ports is None:
            return "ports known only after deployment"
        low, high = self.ports
        if (low, high) == (0, 65535):
            return "all ports"
        return f"port {low}" if low == high else f"ports {low}-{high}"


def openings(resource: ResourceFacts) -> list[Opening] | Unknown:
    """All that a security group or one of its standalone rules lets in; ICMP is left out."""
    if resource.type in GROUPS:
        blocks = items(resource, "ingress")
        if isinstance(blocks, Unknown) or any(b is UNKNOWN for b in blocks):
            return UNKNOWN
        return [o for block in blocks for o in _openings(block, "protocol")]
    if resource.type == types.EC2_SECURITY_GROUP_RULE:
        return [] if at(resource, "type") == "egress" else list(_openings(resource, "protocol"))
    return list(_openings(resource, "ipProtocol"))


def _openings(block: Source, protocol_key: str) -> Iterator[Opening]:
    protocol = at(block, protocol_key)
    protocol = str(protocol).lower() if isinstance(protocol, str | int) else protocol
    if protocol in _PORTLESS:
        return
    named = protocol if isinstance(protocol, str) else ""
    yield Opening((0, 65535) if protocol in _EVERY_PROTOCOL else _ports(block), _world(block), named)


def _ports(block: Source) -> tuple[int, int] | None:
    low, high = (_port(at(block, key)) for key in ("fromPort", "toPort"))
    if low == high == -1:
        return (0, 65535)
    return None if low is None or high is None else (low, high)


def _port(value: Value) -> int | None:
    number = 0.0 if value is UNSET else as_number(value)
    return int(number) if isinstance(number, float) and abs(number) < 1 << 31 else None


def _world(block: Source) -> bool | None:
    found: list[Value] = []
    for key in _SOURCES:
        values = items(block, key)
        found += [UNKNOWN] if isinstance(values, Unknown) else values
    if any(isinstance(v, str) and is_world(v) for v in found):
        return True
    return None if any(v is UNKNOWN for v in found) else False


@lru_cache(maxsize=1024)
def is_world(block: str) -> bool:
    """Whether a range of addresses is the whole internet, or a part too big to be anybody's (`0.0.0.0/1`)."""
    try:
        network = ip_network(block.strip(), strict=False)
    except ValueError:
        return block.strip().endswith("/0")
    return network.prefixlen < _WIDEST[network.version]
