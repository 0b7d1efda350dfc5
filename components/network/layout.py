"""Address ranges of the subnets, reserved for the most zones a region has, so that adding one only adds."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from settings.sections.network import MAX_AZS

_BLOCKS: Final = 16
"""The VPC is cut in sixteen: block 0 holds the small subnets, 1 to 6 the private ones, the rest is free."""

_DATA_OFFSET: Final = 8
"""Position of the first data subnet in block 0, itself cut in sixteen."""


@dataclass(frozen=True, slots=True)
class SubnetLayout:
    """CIDR blocks per kind of subnet, one per zone, in the order of the zones."""

    public: tuple[str, ...]
    private: tuple[str, ...]
    data: tuple[str, ...]


def plan_subnets(cidr: str, zones: int) -> SubnetLayout:
    """The subnets of a VPC.

    Of a /16, public and data subnets are /24 (251 addresses each), private ones /20 (4,091). A zone's ranges do not
    depend on how many zones are in use.

    Args:
        cidr: range of the VPC, /16 to /19.
        zones: availability zones in use, 1 to `MAX_AZS`.

    Raises:
        ValueError: more zones than there is room for.
    """
    if not 1 <= zones <= MAX_AZS:
        raise ValueError(f"a VPC has room for 1 to {MAX_AZS} availability zones, not {zones}")
    network = IPv4Network(cidr)
    blocks = list(network.subnets(new_prefix=network.prefixlen + (_BLOCKS - 1).bit_length()))
    small = list(blocks[0].subnets(new_prefix=blocks[0].prefixlen + (_BLOCKS - 1).bit_length()))
    return SubnetLayout(
        public=tuple(str(small[i]) for i in range(zones)),
        private=tuple(str(blocks[1 + i]) for i in range(zones)),
        data=tuple(str(small[_DATA_OFFSET + i]) for i in range(zones)),
    )
