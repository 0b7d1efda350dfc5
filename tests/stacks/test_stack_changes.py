"""What settings say of their changes, held to plans with and without each change.

A change is what the plans show: resources that go, and inputs that the provider cannot change (its own answers, in
ascent/catalog, held to tests/engine/data/force_new.json), followed along references. Rules, alarms, policies and other
details without data or requests come and go unnamed.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest

from ascent.catalog.lookup import known_of
from ascent.compare.differences import Differences, differences
from ascent.compare.replaced import replaced
from settings.description.changes import EVERYTHING, Changes, Effect
from settings.description.rows import rows
from settings.load import resolve
from tests.settings.declared import FIELDS, changes_of
from tests.stacks.examples import EXAMPLES, Example
from tests.stacks.planning import TIERS, config_of, planned, smallest


@cache
def found_in(example: Example) -> Differences:
    return differences(planned(example.before), planned(example.after))


def touched(found: Differences) -> set[str]:
    """Types that are replaced or removed."""
    return {one.after.type for one, _ in replaced(found).values()} | {one.resource.type for one in found.removed}


def sufferings(found: Differences) -> set[str]:
    """Inputs whose change interrupts a resource that stays."""
    new = replaced(found)
    return {
        p.name
        for one in found.changed
        if one.before.urn not in new
        for p in one.properties
        if p.name in known_of(one.after.type).interrupts
    }


def unsaid(types: set[str], said: list[Changes]) -> list[str]:
    """What nobody says of what is replaced or removed."""
    missing = []
    for type_ in sorted(types):
        known = known_of(type_)
        naming = [one for one in said if {known.service.label, EVERYTHING} & {*one.what}]
        refused = any(one.effect is Effect.REFUSED for one in naming)
        if (known.loses or known.serves) and not naming:
            missing.append(f"{known.service.label} is replaced or removed")
        elif known.loses and not refused and not any(one.data for one in naming):
            missing.append(f"data is lost: {known.loses}")
        elif known.serves and not refused and not any(one.downtime for one in naming):
            missing.append(f"downtime: {known.serves}")
    return missing


def values(example: Example) -> tuple[dict[str, object], dict[str, object]]:
    """All settings before and after, by path."""
    sides = (resolve(config_of(side), stack="test", project="ascent") for side in (example.before, example.after))
    before, after = ({row.path: row.value for row in rows(side)} for side in sides)
    return before, after


def test_every_setting_has_an_example() -> None:
    lacking = set(FIELDS) - {example.path for example in EXAMPLES}
    assert not lacking, f"tests/stacks/examples.py: add another value of {', '.join(sorted(lacking))}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.tier}-{e.path}")
def test_a_setting_says_what_its_change_does(example: Example) -> None:
    before, after = values(example)
    assert before != after, "the example changes nothing"
    if example.path == "tier":
        differ = {path for path in before if before[path] != after.get(path)}
        said = [changes_of(path) for path in differ if path in FIELDS]
    else:
        said = [changes_of(example.path)]
    found = found_in(example)
    missing = unsaid(touched(found), said)
    assert not missing, f"{FIELDS[example.path][1]}: {example.path} says nothing of it: {'; '.join(missing)}"
    interrupted = sufferings(found)
    assert not interrupted or any(one.downtime for one in said), f"{example.path}: {interrupted} interrupt"


@pytest.mark.parametrize("path", sorted(path for path in FIELDS if changes_of(path).what))
def test_a_setting_says_no_more_than_happens(path: str) -> None:
    said = changes_of(path)
    if EVERYTHING in said.what:
        return
    types = set().union(*(touched(found_in(e)) for e in EXAMPLES if e.path == path))
    idle = set(said.what) - {known_of(type_).service.label for type_ in types}
    assert not idle, f"{path} names {', '.join(sorted(idle))}, which no example of it replaces or removes"
    assert not said.data or any(known_of(type_).loses for type_ in types), f"{path}: no data is lost"


@pytest.mark.parametrize("path", sorted(path for path in FIELDS if EVERYTHING in changes_of(path).what))
def test_names_and_places_of_everything(path: str) -> None:
    """Each resource has another URN, or stands in another region."""
    (example,) = [e for e in EXAMPLES if e.path == path]
    before, after = planned(example.before), planned(example.after)
    same = {r.name for r in before.resources if r.custom} & {r.name for r in after.resources if r.custom}
    assert before.region != after.region or not same


@pytest.mark.parametrize(("before", "after"), list(permutations(TIERS, 2)))
def test_a_move_between_tiers_is_told_by_its_settings(before: str, after: str) -> None:
    plans = planned(smallest(before)), planned(smallest(after))
    sides = (resolve(config_of(smallest(tier)), stack="test", project="ascent") for tier in (before, after))
    old, new = ({row.path: row.value for row in rows(side)} for side in sides)
    said = [changes_of(path) for path in FIELDS if "*" not in path and old.get(path) != new.get(path)]
    assert unsaid(touched(differences(*plans)), said) == []
