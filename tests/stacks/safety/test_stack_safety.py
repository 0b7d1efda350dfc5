"""Nothing that holds data is lost by accident: not in a stack that is protected, and not by growing.

These tests read inputs and options; what AWS refuses stands in the layer note.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from ascent.compare.care import Kind, care_of
from ascent.compare.differences import differences
from tests.stacks.planning import EVERY_STORE, OTHER_STORES, TIERS, planned, shipped, smallest
from tests.stacks.safety.stateful import holding, unsafe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan


@pytest.mark.parametrize("stack", ["staging", "prod", "enterprise"])
def test_shipped_stacks_lose_nothing(stack: str) -> None:
    plan = shipped(stack)
    assert len(holding(plan)) >= 5
    assert unsafe(plan) == []


@pytest.mark.parametrize("data", [EVERY_STORE, OTHER_STORES])
def test_no_store_is_forgotten(data: dict[str, object], plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("production", data=data)
    assert unsafe(plan) == []


@pytest.mark.parametrize("data", [EVERY_STORE, OTHER_STORES])
def test_a_stack_that_was_released_can_be_destroyed(data: dict[str, object], plan_with: Callable[..., Plan]) -> None:
    """What refuses to go is released by one setting, and by nothing else."""
    plan = plan_with("production", data=data, resilience={"protect": False})
    assert [one.name for one in plan.resources if one.options.protect] == []
    forced = [one for one in plan.resources if "forceDestroy" in one.inputs]
    assert forced
    assert all(one.inputs["forceDestroy"] is True for one in forced)


def test_growing_loses_nothing() -> None:
    for before, after in pairwise(planned(smallest(tier)) for tier in TIERS):
        lost = [note for note in care_of(differences(before, after)) if note.kind is not Kind.INTERRUPTED]
        kept = [note for note in lost if "log" not in note.name]
        assert kept == [], f"{before.tier} to {after.tier}"


@pytest.mark.parametrize(
    ("key", "without"),
    [
        ("dynamodb", {"enabled": False}),
        ("postgres", {"enabled": False}),
        ("cache", {"enabled": False}),
        ("buckets", {"purposes": [], "copies": False, "lockDays": None}),
        ("files", {"enabled": False}),
        ("vectors", {"enabled": False}),
        ("search", {"enabled": False}),
    ],
)
def test_turning_a_store_off_is_said_and_stopped(
    key: str, without: dict[str, object], plan_with: Callable[..., Plan]
) -> None:
    """`compare` names what goes, and the deployment stops at its protection."""
    before = plan_with("production", data=EVERY_STORE)
    rest = {**EVERY_STORE, key: {**EVERY_STORE[key], **without}}
    after = plan_with("production", data=rest)
    notes = [note for note in care_of(differences(before, after)) if note.kind is Kind.REMOVED]
    stores = [note for note in notes if f"-{key}" in note.urn.rpartition("::")[2] and "log" not in note.name]
    assert stores
    assert all(note.protected for note in stores if "key" not in note.name)
