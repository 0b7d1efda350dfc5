"""`reach.yaml` is true of the program; if not, `python -m ascent.advise.reach` makes it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.advise.candidates import candidates
from ascent.advise.placeholders import PLACEHOLDERS, demanded, sampled, used_in
from ascent.advise.reach import config_at, met_by, tried, with_values
from ascent.readiness.checklist import shipped
from ascent.readiness.scores.reach import ways, within_settings
from common.problems import InputError
from common.tiers import Tier
from settings.errors import SettingsError
from settings.load import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.config import StackConfig

STALE = "ascent/readiness/scores/reach.yaml is not what the program does; run .venv/bin/python -m ascent.advise.reach"


def test_a_tiers_own_values_meet_what_the_file_says(smallest_config: StackConfig) -> None:
    tier = smallest_config.values["ascent:tier"]
    (own,) = [way.meets for way in ways(tier) if not way.settings]
    assert met_by(smallest_config).items == own, STALE


def test_all_settings_together_meet_nothing_that_the_file_lacks(smallest_config: StackConfig) -> None:
    """One plan with everything on that goes together finds what was added to the program and not to the file."""
    tier = smallest_config.values["ascent:tier"]
    whole: dict[str, Any] = {}
    for values in tried(smallest_config):
        if set(values) & set(whole):
            continue
        try:
            accepted = demanded(smallest_config, {**whole, **values})
        except SettingsError:
            continue
        whole = accepted
    assert len(whole) > 5
    found = met_by(with_values(smallest_config, whole))
    assert found.items <= within_settings(tier), STALE


def claims() -> Iterator[Any]:
    """Every claim of the file that has settings."""
    for tier in Tier:
        for way in ways(tier.value):
            if way.settings:
                yield pytest.param(tier, way, id=f"{tier}-{'-'.join(way.settings)}")


@pytest.mark.parametrize(("tier", "way"), list(claims()))
def test_what_is_claimed_of_settings_is_so(tier: Tier, way: Any) -> None:  # noqa: ANN401 - a Way
    assert way.meets <= met_by(with_values(config_at(tier), way.settings)).items, STALE


def test_candidates_are_values_that_the_settings_take() -> None:
    config = config_at(Tier.MVP)
    resolved = resolve(config.values, stack=config.stack, project=config.project)
    found = candidates(resolved)
    assert {"edge.waf": True} in found
    assert {"network.nat": "per_az"} in found
    assert {"security.customerManagedKeys": ["data", "logs", "secrets"]} in found
    # What would make it another stack, or is refused while it lives, is not tried.
    assert not {"tier", "environment", "network.availabilityZones"} & {path for one in found for path in one}
    assert all(len(one) == 1 for one in found)
    refused = 0
    for values in found:
        try:
            demanded(config, values)
        except SettingsError:
            refused += 1
    assert refused < len(found) / 4


def test_remedies_name_settings_that_exist() -> None:
    remedies = [item.remedy.settings for item in shipped().items if item.remedy and item.remedy.settings]
    assert remedies
    for settings in remedies:
        assert any(_accepted(config_at(tier), settings) for tier in Tier), settings
        text = str(settings)
        assert text.count("<") == sum(text.count(one.text) for one in used_in(settings.values()))


def _accepted(config: StackConfig, values: dict[str, Any]) -> bool:
    try:
        demanded(config, values)
    except SettingsError:
        return False
    return True


def test_placeholders_stand_for_samples_wherever_they_are() -> None:
    value = {"a": ["<your-domain>", 1], "b": "<your-address>", "c": "plain"}
    assert sampled(value) == {"a": ["app.example.com", 1], "b": "oncall@example.com", "c": "plain"}
    assert [one.text for one in used_in([value, "<your-domain>"])] == ["<your-domain>", "<your-address>"]
    assert all(one.text == text and one.about for text, one in PLACEHOLDERS.items())


def test_what_no_placeholder_stands_for_stays_an_error() -> None:
    with pytest.raises(SettingsError, match="ascent:compute"):
        demanded(config_at(Tier.MVP), {"compute.cpu": 300, "compute.kind": "fargate"})
    with pytest.raises(InputError):
        met_by(with_values(config_at(Tier.MVP), {"network.nat": "many"}))
