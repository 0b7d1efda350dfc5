"""Names stay inside their limits and distinct; address ranges never overlap and never move."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.foundation.context import PREFIX_LIMIT, bounded
from components.network.layout import plan_subnets
from settings.sections.network import MAX_AZS

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.foundation.context import Context


@given(st.text("abc-", min_size=1, max_size=80), st.text("abc-", min_size=1, max_size=80), st.integers(8, 64))
def test_bounded_names_fit_and_stay_distinct(one: str, other: str, limit: int) -> None:
    short = bounded(one, limit)
    assert len(short) <= limit
    assert short == bounded(one, limit)
    if one != other:
        assert short != bounded(other, limit)


@given(st.from_regex(r"[a-z][a-z0-9-]{0,28}[a-z0-9]", fullmatch=True), st.from_regex(r"[a-z]{1,30}", fullmatch=True))
def test_prefix_and_physical_names_fit(context: Callable[..., Context], application: str, environment: str) -> None:
    made = context(application, environment)
    assert len(made.prefix) <= PREFIX_LIMIT
    assert len(made.physical_name("public", limit=32)) <= 32
    assert not made.prefix.endswith("-")


def test_tags(context: Callable[..., Context]) -> None:
    assert context().tags("shop-dev-vpc") == {
        "Project": "shop",
        "Environment": "dev",
        "Tier": "mvp",
        "Owner": "platform",
        "CostCenter": "engineering",
        "DataClass": "internal",
        "ManagedBy": "pulumi",
        "Name": "shop-dev-vpc",
    }


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
