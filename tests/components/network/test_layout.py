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
    layout = plan_subnets("10.0.0.0/16", [0, 1])
    assert layout.public == ("10.0.0.0/24", "10.0.1.0/24")
    assert layout.data == ("10.0.8.0/24", "10.0.9.0/24")
    assert layout.private == ("10.0.16.0/20", "10.0.32.0/20")


@given(st.integers(0, 255), st.integers(16, 19), st.lists(st.integers(0, MAX_AZS - 1), min_size=1, unique=True))
def test_ranges_are_inside_apart_and_follow_from_the_zone_alone(second: int, prefix: int, places: list[int]) -> None:
    cidr = f"10.{second}.0.0/{prefix}"
    layout, most = plan_subnets(cidr, places), plan_subnets(cidr, range(MAX_AZS))
    every = [IPv4Network(c) for c in (*layout.public, *layout.private, *layout.data)]
    assert all(n.subnet_of(IPv4Network(cidr)) and n.prefixlen <= 27 for n in every)
    assert not any(a.overlaps(b) for a, b in combinations(every, 2))
    assert layout.public == tuple(most.public[place] for place in places)
    assert layout.private == tuple(most.private[place] for place in places)
    assert layout.data == tuple(most.data[place] for place in places)


@pytest.mark.parametrize("places", [[], [MAX_AZS], [0, -1]])
def test_zones_without_room(places: list[int]) -> None:
    with pytest.raises(ValueError, match="room for the availability zones 0 to 5, not for"):
        plan_subnets("10.0.0.0/16", places)
