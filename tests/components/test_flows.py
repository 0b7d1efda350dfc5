"""Who may talk to whom: the flows of each shape of stack, before any resource is made of them."""

from __future__ import annotations

import pytest

from components.data.listeners import DATABASE
from components.flows import platform_flows
from components.foundation.flow import (
    ANYWHERE,
    CLOUDFRONT_ORIGIN_FACING,
    LOAD_BALANCER,
    Flow,
    Group,
    PrefixList,
    service_group,
)
from settings.load import resolve
from settings.schema import Settings


def settings(tier: str, **config: str) -> Settings:
    given = {"ascent:tier": tier, "ascent:observability": '{"alarmEmails": ["a@example.com"]}'}
    return resolve({**given, **{f"ascent:{k}": v for k, v in config.items()}}, stack="x", project="shop").settings


def flows(made: Settings) -> list[Flow]:
    return platform_flows(made)


def reaches(found: list[Flow], source: Group | PrefixList | str) -> set[tuple[Group | str, int]]:
    return {(f.target, f.port) for f in found if f.source == source}


def test_public_load_balancer_is_the_only_door() -> None:
    found = flows(settings("production", edge='{"domain": "app.example.com"}'))
    assert reaches(found, ANYWHERE) == {(LOAD_BALANCER, 443), (LOAD_BALANCER, 80)}


@pytest.mark.parametrize("edge", ["{}", '{"domain": "app.example.com"}'])
def test_behind_cloudfront_there_is_no_door_but_cloudfronts(edge: str) -> None:
    """One rule for both ports, with and without a domain: nothing has to be opened when a stack gets its first one."""
    found = flows(settings("startup", edge=edge))
    assert reaches(found, ANYWHERE) == set()
    (door,) = [flow for flow in found if flow.target == LOAD_BALANCER]
    assert (door.source, door.port, door.last_port) == (CLOUDFRONT_ORIGIN_FACING, 80, 443)


def test_database_is_reached_by_the_application_only() -> None:
    found = flows(settings("startup"))
    assert [f.source for f in found if f.target == DATABASE.group] == [service_group("app")]
    assert reaches(found, DATABASE.group) == set()


@pytest.mark.parametrize("tier", ["mvp", "startup", "production", "enterprise"])
def test_keys_are_unique(tier: str) -> None:
    keys = [f.key for f in flows(settings(tier, edge='{"domain": "app.example.com"}'))]
    assert len(keys) == len(set(keys))
