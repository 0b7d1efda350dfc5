"""Parts, how far a score can go, and milestones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ascent.readiness.assess import Readiness
from ascent.readiness.checklist import shipped
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import Kind, Status
from ascent.readiness.prove import JudgedItem
from ascent.readiness.scores import reach
from ascent.readiness.scores.milestones import MILESTONES, following, progress
from ascent.readiness.scores.reach import Way, by_anything, by_settings
from tests.readiness.readiness_things import QUERY, RULE, TEST, TODAY, drill, file_proof, item

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
INFRASTRUCTURE, APPLICATION, PROCESS = Kind


@pytest.mark.parametrize(
    ("kinds", "proof", "part"),
    [
        (["process"], {"rules": (RULE,)}, PROCESS),
        (["infrastructure"], {"missing": "a figure"}, INFRASTRUCTURE),
        (["infrastructure", "application"], {"rules": (RULE,), "queries": (QUERY,)}, INFRASTRUCTURE),
        (["infrastructure", "application"], {"rules": (RULE,), "missing": "a test"}, APPLICATION),
        (["infrastructure", "process"], {"rules": (RULE,), "attestation": drill()}, PROCESS),
        (["application", "process"], {"files": (file_proof(),)}, APPLICATION),
        (["application", "process"], {"queries": (QUERY,)}, APPLICATION),
    ],
)
def test_an_item_belongs_where_it_is_decided(kinds: list[str], proof: dict[str, Any], part: Kind) -> None:
    assert item(kinds=kinds, **proof).part is part


def test_each_item_belongs_to_one_part_of_its_kinds() -> None:
    for one in shipped().items:
        assert one.part in one.kinds
    assert {one.part for one in shipped().items} == set(Kind)


def judged(number: int, status: Status, *evidence: tuple[str, Status], **fields: Any) -> JudgedItem:  # noqa: ANN401
    found = tuple(Evidence(kind, "", state, "found") for kind, state in evidence)
    return JudgedItem(item(number, **fields), status, evidence=found)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Item 1 is met by a setting, and so is the plan's part of item 2."""
    way = Way({"edge.waf": True}, frozenset({1, 2}))
    monkeypatch.setattr(reach, "within_settings", lambda _tier: way.meets)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("one", "settings", "anything"),
    [
        (judged(1, MET, ("rule", MET), rules=(RULE,)), True, True),
        (judged(1, UNMET, ("rule", UNMET), rules=(RULE,)), True, True),
        (judged(1, Status.WAIVED, ("rule", Status.WAIVED), rules=(RULE,)), True, True),
        # No rule judged anything; a setting makes one do.
        (judged(1, UNMET, ("missing", UNMET), rules=(RULE,)), True, True),
        (judged(9, UNMET, ("rule", UNMET), rules=(RULE,)), False, False),
        (judged(9, UNKNOWN, ("rule", UNKNOWN), rules=(RULE,)), False, True),
        (judged(2, UNMET, ("rule", UNMET), ("attestation", UNMET), rules=(RULE,), attestation=drill()), False, True),
        (judged(2, UNMET, ("rule", UNMET), ("attestation", MET), rules=(RULE,), attestation=drill()), True, True),
        (judged(9, UNMET, ("rule", UNMET), ("attestation", UNMET), rules=(RULE,), attestation=drill()), False, False),
        (judged(9, UNMET, ("rule", UNKNOWN), ("test", UNMET), rules=(RULE,), tests=(TEST,)), False, True),
        (judged(9, UNMET, ("file", UNMET), files=(file_proof(),)), False, True),
        (judged(2, UNMET, ("rule", MET), ("missing", UNMET), rules=(RULE,), missing="a test"), False, False),
        (judged(9, UNMET, ("missing", UNMET), missing="a document"), False, False),
    ],
)
def test_what_can_be_reached(one: JudgedItem, settings: bool, anything: bool) -> None:
    assert by_settings(one, "production") is settings
    assert by_anything(one, "production") is anything


@pytest.mark.usefixtures("known")
def test_prospects_add_up() -> None:
    items = [
        judged(1, UNMET, ("rule", UNMET), rules=(RULE,)),
        judged(3, MET, ("rule", MET), rules=(RULE,)),
        judged(4, UNMET, ("file", UNMET), kinds=["process"], files=(file_proof(),)),
        judged(5, UNMET, ("missing", UNMET), kinds=["application"], missing="a test"),
        JudgedItem(item(6, rules=(RULE,)), Status.NOT_APPLICABLE, "not asked"),
    ]
    whole, *parts = Readiness("p", "s", "production", TODAY, (), tuple(items)).prospects
    assert [whole.score.value, whole.by_settings.value, whole.ceiling.value] == [25.0, 50.0, 75.0]
    assert [part.part for part in parts] == list(Kind)
    for attribute in ("score", "by_settings", "ceiling"):
        scores = [getattr(part, attribute) for part in parts]
        of_all = getattr(whole, attribute)
        assert sum(score.earned for score in scores) == of_all.earned
        assert sum(score.possible for score in scores) == of_all.possible == 16


def test_milestones_stand_on_items_that_exist() -> None:
    numbers = [number for milestone in MILESTONES for number in milestone.items]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(shipped().by_number)
    assert [milestone.number for milestone in MILESTONES] == [1, 2, 3, 4]


def test_progress_and_what_comes_next() -> None:
    first, second, third = (milestone.items for milestone in MILESTONES[:3])
    items = [JudgedItem(item(number), MET) for number in first]
    items += [JudgedItem(item(number), UNMET if number == second[1] else MET) for number in second]
    items += [JudgedItem(item(number), Status.NOT_APPLICABLE, "not asked") for number in third]
    found = progress(items)
    assert [one.reached for one in found] == [True, False, False, False]
    assert [one.counted for one in found] == [len(first), len(second), 0, 0]
    assert [j.item.number for j in found[1].missing] == [second[1]]
    assert len(found[2].left_out) == len(third)
    assert following(found) is found[1]
    assert following(found[:1]) is None


def test_the_command_shows_them(readiness: Callable[..., Answer]) -> None:
    lines = readiness("dev").out.splitlines()
    assert lines[1].split() == ["part", "score", "by", "settings", "ceiling", "met"]
    assert [line.split()[0] for line in lines[2:6]] == ["whole", *Kind]
    stages = [line for line in lines if line.startswith("milestone ")]
    assert len(stages) == len(MILESTONES)
    assert sum(line.startswith("  next ") for line in lines) > 0
    (dev,) = json.loads(readiness("dev", "--json").out)["stacks"]
    assert [part["part"] for part in dev["parts"]] == list(Kind)
    assert dev["score"] <= dev["bySettings"]["score"] <= 100
    assert sum(part["earned"] for part in dev["parts"]) == dev["earned"]
    assert sum(part["possible"] for part in dev["parts"]) == dev["possible"]
    assert [one["number"] for one in dev["milestones"]] == [1, 2, 3, 4]
    met = {one["id"] for one in dev["items"] if one["status"] == "met"}
    assert {number for one in dev["milestones"] for number in one["met"]} <= met
    markdown = readiness("dev", "--markdown").out
    assert "## How far it can go" in markdown
    assert "## Milestones" in markdown
