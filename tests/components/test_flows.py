"""Who may talk to whom: the flows of each shape of stack, before any resource is made of them."""

from __future__ import annotations

import pytest

from components.data.postgres import LISTENER
from components.flows import platform_flows
from components.foundation.flow import ANYWHERE, LOAD_BALANCER, Flow, Group, service_group
from components.network.layout import plan_subnets
from settings.load import resolve
from settings.schema import Settings


def settings(tier: str, **config: str) -> Settings:
    given = {"ascent:tier": tier, "ascent:observability": '{"alarmEmails": ["a@example.com"]}'}
    return resolve({**given, **{f"ascent:{k}": v for k, v in config.items()}}, stack="x", project="shop").settings


def flows(made: Settings) -> list[Flow]:
    return platform_flows(made, plan_subnets("10.0.0.0/16", 2))


def reaches(found: list[Flow], source: Group | str) -> set[tuple[Group | str, int]]:
    return {(f.target, f.port) for f in found if f.source == source}


def test_public_load_balancer_is_the_only_door() -> None:
    found = flows(settings("production", edge='{"domain": "app.example.com"}'))
    assert reaches(found, ANYWHERE) == {(LOAD_BALANCER, 443), (LOAD_BALANCER, 80)}


def test_behind_cloudfront_there_is_no_door_to_the_internet() -> None:
    found = flows(settings("mvp"))
    assert reaches(found, ANYWHERE) == set()
    assert reaches(found, "10.0.16.0/20") == {(LOAD_BALANCER, 80)}


def test_cloudfront_speaks_tls_to_a_load_balancer_with_a_domain() -> None:
    found = flows(settings("startup", edge='{"domain": "app.example.com"}'))
    assert reaches(found, "10.0.16.0/20") == {(LOAD_BALANCER, 443)}


def test_database_is_reached_by_the_application_only() -> None:
    found = flows(settings("startup"))
    assert [f.source for f in found if f.target == LISTENER.group] == [service_group("app")]
    assert reaches(found, LISTENER.group) == set()


@pytest.mark.parametrize("tier", ["mvp", "startup", "production", "enterprise"])
def test_keys_are_unique(tier: str) -> None:
    keys = [f.key for f in flows(settings(tier, edge='{"domain": "app.example.com"}'))]
    assert len(keys) == len(set(keys))
