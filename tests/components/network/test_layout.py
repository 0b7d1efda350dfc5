"""Address ranges never overlap and never move."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.network.layout import plan_subnets
from settings.sections.network import MAX_AZS


def test_layout_of_a_16() -> None:
    layout = plan_subnets("10.0.0.0/16", 2)
    assert layout.public == ("10.0.0.0/24", "10.0.1.0/24")
    assert layout.data == ("10.0.8.0/24", "10.0.9.0/24")
    assert layout.private == ("10.0.16.0/20", "10.0.32.0/20")


@given(st.integers(0, 255), st.integers(16, 19), st.integers(1, MAX_AZS))
def test_ranges_are_inside_apart_and_stay_when_a_zone_is_added(second: int, prefix: int, zones: int) -> None:
    cidr = f"10.{second}.0.0/{prefix}"
    layout, most = plan_subnets(cidr, zones), plan_subnets(cidr, MAX_AZS)
    every = [IPv4Network(c) for c in (*layout.public, *layout.private, *layout.data)]
    assert all(n.subnet_of(IPv4Network(cidr)) and n.prefixlen <= 27 for n in every)
    assert not any(a.overlaps(b) for a, b in combinations(every, 2))
    assert most.public[:zones] == layout.public
    assert most.private[:zones] == layout.private
    assert most.data[:zones] == layout.data


def test_more_zones_than_room() -> None:
    with pytest.raises(ValueError, match="1 to 6 availability zones, not 7"):
        plan_subnets("10.0.0.0/16", 7)
