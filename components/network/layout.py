"""Address ranges of the subnets, one for each zone that a region may have, so that no two zones ever share one."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Final

from settings.sections.network import MAX_AZS

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def plan_subnets(cidr: str, places: Sequence[int]) -> SubnetLayout:
    """The subnets of a VPC.

    Of a /16, public and data subnets are /24 (251 addresses each), private ones /20 (4,091). A zone's ranges follow
    from the zone alone: with which others it is in use, and in which order, moves none.

    Args:
        cidr: range of the VPC, /16 to /19.
        places: the place of each zone in use in the alphabet, 0 for a zone `a`.

    Raises:
        ValueError: no zone, or a place that there is no room for.
    """
    if not places or not all(0 <= place < MAX_AZS for place in places):
        raise ValueError(f"a VPC has room for the availability zones 0 to {MAX_AZS - 1}, not for {list(places)}")
    network = IPv4Network(cidr)
    blocks = list(network.subnets(new_prefix=network.prefixlen + (_BLOCKS - 1).bit_length()))
    small = list(blocks[0].subnets(new_prefix=blocks[0].prefixlen + (_BLOCKS - 1).bit_length()))
    return SubnetLayout(
        public=tuple(str(small[place]) for place in places),
        private=tuple(str(blocks[1 + place]) for place in places),
        data=tuple(str(small[_DATA_OFFSET + place]) for place in places),
    )
