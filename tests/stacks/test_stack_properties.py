"""Any settings at all either are refused in clear lines or give a plan that holds every invariant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings

from ascent.plan.record import record
from settings.errors import SettingsError
from settings.load import resolve
from tests.stacks.invariants import violations
from tests.stacks.planning import ROOT, config_of
from tests.stacks.strategies import consistent, mixed

if TYPE_CHECKING:
    from ascent.plan.model import Plan

LINE = re.compile(r"Pulumi\.test\.yaml: (aws:region|ascent:.*?) is .+: .+; .+")
"""One problem: the file, the path, the value, what is allowed, the fix."""

settings.register_profile(
    "stacks",
    # The same examples on every machine. Planning takes a third of a second, so a failure is not shrunk: add
    # Phase.shrink for a while to see its smallest form.
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
FIXED = settings.get_profile("stacks")


def plan(given_settings: dict[str, Any]) -> Plan:
    return record(ROOT, "ascent", "test", config_of(given_settings), keep_modules=True).plan


def unsound(given_settings: dict[str, Any]) -> list[str]:
    """What the settings' plan violates; who wants to hear of the worst alone has no alarm on what is only busy."""
    alarms = given_settings.get("observability", {}).get("alarms", {})
    of_the_worst = alarms.get("leastSeverity") in ("high", "critical")
    return [line for line in violations(plan(given_settings)) if not (of_the_worst and line.startswith("watched:"))]


def refusal(given_settings: dict[str, Any]) -> list[str]:
    """The lines with which settings are refused; none for settings that are accepted."""
    try:
        resolve(config_of(given_settings), stack="test", project="ascent")
    except SettingsError as error:
        return str(error).split("\n")
    return []


@settings(FIXED, max_examples=20)
@given(consistent())
def test_consistent_settings_give_a_sound_plan(given_settings: dict[str, Any]) -> None:
    assert refusal(given_settings) == []
    assert unsound(given_settings) == []


@settings(FIXED, max_examples=80)
@given(mixed())
def test_wrong_settings_get_clear_lines(given_settings: dict[str, Any]) -> None:
    """What is refused is refused line by line; what happens to be accepted gives a sound plan."""
    refused = refusal(given_settings)
    assert [line for line in refused if not LINE.fullmatch(line)] == []
    if not refused:
        assert unsound(given_settings) == []
