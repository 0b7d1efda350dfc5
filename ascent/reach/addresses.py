"""Ranges of addresses, and whether one holds another."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, Final, TypeAlias

Range: TypeAlias = IPv4Network | IPv6Network

EVERYWHERE: Final[Range] = IPv4Network("0.0.0.0/0")
EVERYWHERE_6: Final[Range] = IPv6Network("::/0")

NOT_PUBLIC: Final[tuple[Range, ...]] = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),
    IPv4Network("127.0.0.0/8"),
    IPv4Network("169.254.0.0/16"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("224.0.0.0/3"),
    IPv6Network("::/3"),
    IPv6Network("fc00::/6"),
)
"""Ranges of which nobody on the internet has an address."""


def as_range(value: Any) -> Range | None:  # noqa: ANN401 - any JSON value
    """A range as it is written; None for what is none, or known only after deployment."""
    try:
        return ip_network(value, strict=False) if isinstance(value, str) else None
    except ValueError:
        return None


def holds(outer: Range, inner: Range) -> bool:
    """Whether a range holds all of another; never one of the other version of IP."""
    if isinstance(outer, IPv4Network):
        return isinstance(inner, IPv4Network) and inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and inner.subnet_of(outer)
