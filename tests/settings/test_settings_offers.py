"""What AWS offers, as far as names tell it."""

from __future__ import annotations

import pytest

from settings.offers.databases import connection_limit, memory_gib
from settings.offers.instances import is_burstable


@pytest.mark.parametrize(
    ("instance_class", "gib"),
    [
        ("db.t4g.micro", 1),
        ("db.t3.2xlarge", 32),
        ("db.m7g.large", 8),
        ("db.m5.xlarge", 16),
        ("db.r6gd.4xlarge", 128),
        ("db.x2g.large", None),
        ("db.r7g.metal", None),
        ("db.t4g.nano", None),
    ],
)
def test_memory_of_a_database_class(instance_class: str, gib: int | None) -> None:
    assert memory_gib(instance_class) == gib


@pytest.mark.parametrize(
    ("instance_class", "limit"), [("db.t4g.small", 185), ("db.r7g.16xlarge", 5000), ("db.x2g.large", None)]
)
def test_connections_of_a_database_class(instance_class: str, limit: int | None) -> None:
    assert connection_limit(instance_class) == limit


@pytest.mark.parametrize(
    ("instance_class", "burstable"), [("t4g.micro", True), ("db.t3.small", True), ("m7g.large", False)]
)
def test_only_t_families_have_credits(instance_class: str, burstable: bool) -> None:
    assert is_burstable(instance_class) is burstable
