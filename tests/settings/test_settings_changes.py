"""Every setting says what changing it does to a live stack, in the one vocabulary."""

from __future__ import annotations

import pytest

from ascent.catalog.table import TABLE
from settings.description.changes import EVERYTHING, IN_PLACE, ROLLING, Changes, Effect, in_place, refused, removes
from tests.settings.declared import FIELDS, changes_of

LABELS = {known.service.label for known in TABLE.values()} | {EVERYTHING}


@pytest.mark.parametrize("path", FIELDS)
def test_every_setting_says_what_a_change_does(path: str) -> None:
    found = changes_of(path)
    assert set(found.what) <= LABELS, f"{path}: no type of ascent/catalog/table.py has the label"
    assert bool(found.what) == (found.effect in (Effect.REPLACES, Effect.REMOVES)) or found.effect is Effect.REFUSED
    assert found.effect is not Effect.REFUSED or found.how, f"{path}: say the way to do it nevertheless"
    assert found.data or not found.lowered, f"{path}: say what is lost when it is lowered"


def test_there_are_settings() -> None:
    assert len(FIELDS) > 90
    assert {"services", "services.*.port", "data.postgres.engineVersion", "network.nat", "tier"} <= set(FIELDS)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (IN_PLACE, "in place"),
        (ROLLING, "in place; tasks or instances are renewed one after the other"),
        (in_place(data="older logs", lowered=True), "in place; lowered, data lost: older logs"),
        (removes("DynamoDB table", data="the items in it"), "removes DynamoDB table; data lost: the items in it"),
        (removes("VPC", "Subnet", downtime="minutes"), "removes VPC, Subnet; downtime: minutes"),
        (refused("VPC", how="build another"), "refused VPC; build another"),
    ],
)
def test_how_it_reads(changes: Changes, said: str) -> None:
    assert str(changes) == said
