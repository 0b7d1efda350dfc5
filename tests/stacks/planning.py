"""Plans of the shipped stack files and of arbitrary settings, in process and each once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascent.plan.config import read_stack
from ascent.plan.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan, Resource

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("dev", "staging", "prod", "enterprise")
TIERS = ("mvp", "startup", "production", "enterprise")

DOMAIN = {"domain": "app.example.com", "hostedZoneId": "Z0123456789ABCDEF"}
EMAILS = {"alarmEmails": ["oncall@example.com"]}

Settings = dict[str, Any]
"""Settings as a stack file holds them under `ascent:`, without that namespace; `region` stands for aws:region."""


@cache
def shipped(stack: str) -> Plan:
    """The plan of one of the stack files in the repository."""
    found = read_stack(ROOT, stack)
    return record(found.directory, found.project, stack, found.values, found.secret_keys, keep_modules=True).plan


def config_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as Pulumi hands them to a program: full keys, objects as JSON text."""
    given = {"aws:region": "us-east-1"}
    for key, value in settings.items():
        full = "aws:region" if key == "region" else f"ascent:{key}"
        given[full] = value if isinstance(value, str) else json.dumps(value)
    return given


def planned(settings: Mapping[str, Any], stack: str = "test") -> Plan:
    """The plan of a stack with these settings."""
    return _planned(json.dumps(settings, sort_keys=True), stack)


@cache
def _planned(settings: str, stack: str) -> Plan:
    return record(ROOT, "ascent", stack, config_of(json.loads(settings)), keep_modules=True).plan


def smallest(tier: str, **overrides: Any) -> Settings:  # noqa: ANN401 - any setting
    """The fewest settings that a tier accepts, with `overrides` merged in, section by section.

    A domain and an address are given to every tier, so that two tiers differ in nothing but the tier.
    """
    base: Settings = {"tier": tier, "accountId": "111111111111", "edge": DOMAIN, "observability": EMAILS}
    return {**base, **{key: merged(base.get(key), value) for key, value in overrides.items()}}


def merged(base: Any, over: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Settings with others on top, object by object."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}
    return over


def one(plan: Plan, type_: str, suffix: str = "") -> Resource:
    """The one resource of a type, or the one of them whose name ends with `suffix`."""
    found = [r for r in plan.by_type.get(type_, ()) if r.name.endswith(suffix)]
    assert len(found) == 1, f"{len(found)} resources of {type_} end with {suffix!r}"
    return found[0]
