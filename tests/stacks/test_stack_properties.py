"""Any settings at all either are refused in clear lines or give a plan that holds every invariant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings

from ascent.plan.record import record
from settings.load import resolve
from settings.problems import SettingsError
from tests.stacks.invariants import violations
from tests.stacks.planning import ROOT, config_of
from tests.stacks.strategies import consistent, mixed

if TYPE_CHECKING:
    from ascent.plan.model import Plan

LINE = re.compile(r"Pulumi\.test\.yaml: (aws:region|ascent:.*?) is .+: .+; .+")
"""One problem: the file, the path, the value, what is allowed, the fix."""

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""Planning takes a third of a second, and the strategies draw dozens of values."""


def plan(given_settings: dict[str, Any]) -> Plan:
    return record(ROOT, "ascent", "test", config_of(given_settings), keep_modules=True).plan


@settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=QUIET)
@given(consistent())
def test_consistent_settings_give_a_sound_plan(given_settings: dict[str, Any]) -> None:
    resolve(config_of(given_settings), stack="test", project="ascent")
    assert violations(plan(given_settings)) == []


@settings(max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=QUIET)
@given(mixed())
def test_wrong_settings_get_clear_lines(given_settings: dict[str, Any]) -> None:
    """What is refused is refused line by line; what happens to be accepted gives a sound plan."""
    try:
        resolve(config_of(given_settings), stack="test", project="ascent")
    except SettingsError as error:
        assert [line for line in str(error).split("\n") if not LINE.fullmatch(line)] == []
    else:
        assert violations(plan(given_settings)) == []
