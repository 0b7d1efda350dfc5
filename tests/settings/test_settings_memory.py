"""What a live stack may not become, and the steps in which it may.

Not proven: that AWS refuses two subnets of one range; the stand-in of tests/engine does.
"""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest

from settings.consistency.memory import memory_problem, remembered, zone_steps
from settings.load import resolve

if TYPE_CHECKING:
    from settings.schema import Settings

ZONES = [f"us-east-1{letter}" for letter in "abcd"]


def settings(**sections: Any) -> Settings:  # noqa: ANN401 - any setting
    config = {f"ascent:{key}": json.dumps(v) if isinstance(v, dict) else v for key, v in sections.items()}
    return resolve({"ascent:tier": "mvp", **config}, stack="dev", project="shop").settings


def moved(before: tuple[str, ...], after: tuple[str, ...]) -> set[str]:
    """Zones that stand at another place than they did: their range is still in use there."""
    return {zone for place, zone in enumerate(after) if zone in before and before.index(zone) != place}


CHOICES = [choice for count in range(2, len(ZONES) + 1) for choice in combinations(ZONES, count)]


@pytest.mark.parametrize("before", CHOICES, ids=lambda zones: "".join(zone[-1] for zone in zones))
def test_every_choice_leads_to_every_other_without_a_collision(before: tuple[str, ...]) -> None:
    for after in CHOICES:
        steps = zone_steps(before, after)
        assert steps[-1] == after
        assert all(not moved(one, other) for one, other in pairwise((before, *steps)))
        assert all(list(step) == sorted(step) for step in steps)
        assert (len(steps) == 1) == (not moved(before, after))


def test_a_collision_is_told_with_the_steps_to_take() -> None:
    problem = memory_problem(settings(network={"availabilityZones": ZONES[1:3]}), remembered(settings()))
    assert problem is not None
    assert problem.line("Pulumi.dev.yaml") == (
        "Pulumi.dev.yaml: ascent:network.availabilityZones is us-east-1b, us-east-1c: this stack lies in us-east-1a, "
        "us-east-1b, and a zone's addresses are in use until its subnets go; deploy once each with "
        "ascent:network.availabilityZones: [us-east-1a, us-east-1c] and then [us-east-1b, us-east-1c]"
    )


def test_zones_that_were_named_and_are_counted_again_are_compared_as_well() -> None:
    problem = memory_problem(settings(), remembered(settings(network={"availabilityZones": ZONES[1:3]})))
    assert problem is not None
    assert problem.path == "ascent:network.azCount"


@pytest.mark.parametrize(
    ("name", "before"), [("environment", "old"), ("application", "other"), ("region", "eu-west-1")]
)
def test_another_name_or_place_is_refused_with_the_line_to_write(name: str, before: str) -> None:
    problem = memory_problem(settings(), {**remembered(settings()), name: before})
    assert problem is not None
    assert problem.path == ("aws:region" if name == "region" else f"ascent:{name}")
    assert problem.fix.startswith(f"write {problem.path}: {before}, or `pulumi destroy` it first")


def test_more_zones_behind_and_what_was_never_remembered_pass() -> None:
    assert memory_problem(settings(network={"azCount": 3}), remembered(settings())) is None
    assert memory_problem(settings(), {}) is None
