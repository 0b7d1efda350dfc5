"""The shipped stacks: what is met is met with evidence, what is not built is not met."""

from __future__ import annotations

import json
import time
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema.validators import validator_for

from ascent.readiness import checklist
from ascent.readiness.markdown import to_markdown
from ascent.readiness.model import WEIGHTS, Kind, Status
from ascent.readiness.record import document_of
from ascent.readiness.sources import Sources
from ascent.verdicts.judge import facts_of, judge, waivers_of
from tests.stacks.planning import ROOT, SHIPPED, shipped

if TYPE_CHECKING:
    from ascent.readiness.assess import Readiness

TODAY = date(2026, 11, 21)
LIMIT_SECONDS = 0.5

MET = {
    "dev": {6, 13, 16, 32, 67, 118, 130, 164, 220},
    "staging": {1, 2, 9, 14, 19, 34, 42, 47, 76},
    "prod": {1, 2, 4, 12, 15, 16, 23, 24, 25, 71, 153, 165, 166},
    "enterprise": {1, 2, 4, 12, 15, 16, 23, 24, 25, 71, 153, 154, 165, 166},
}
"""Per stack, items that it meets for as long as it is what it is called."""

NOT_APPLICABLE = {
    "dev": {1, 71, 115, 195},
    "staging": {32, 71, 115, 195},
    "prod": {32, 36, 49, 195},
    "enterprise": {32, 36, 49, 195},
}
"""Items that the stack's tier, or its choices, leave out."""

UNBUILT = {38, 111, 173, 206}
"""Items for which there is no application and no pipeline yet."""


@cache
def readiness(stack: str) -> Readiness:
    plan = shipped(stack)
    sources = Sources.read(ROOT, today=TODAY)
    others = [facts_of(shipped(name)) for name in SHIPPED]
    return sources.assess(facts_of(plan), judge(plan, waivers_of(ROOT, TODAY)), plan=plan, others=others)


@pytest.mark.parametrize("stack", SHIPPED)
def test_summary(stack: str) -> None:
    found = readiness(stack)
    status = {judged.item.number: judged.status for judged in found.items}
    assert {n: status[n] for n in MET[stack] if status[n] is not Status.MET} == {}
    assert {n for n in NOT_APPLICABLE[stack] if status[n] is not Status.NOT_APPLICABLE} == set()
    assert 20 < found.points < 100
    assert sum(found.counts.values()) == len(found.items) == len(checklist.shipped().items)


@pytest.mark.parametrize("stack", SHIPPED)
def test_nothing_is_met_without_evidence(stack: str) -> None:
    for judged in readiness(stack).items:
        if judged.status is Status.MET:
            assert judged.evidence
            for evidence in judged.evidence:
                assert evidence.status is Status.MET
                assert evidence.urns or evidence.files or evidence.kind == "attestation", (judged.item.number, evidence)


@pytest.mark.parametrize("stack", SHIPPED)
def test_evidence_is_real(stack: str) -> None:
    known = {resource.urn for resource in shipped(stack).resources}
    for judged in readiness(stack).items:
        for evidence in judged.evidence:
            assert set(evidence.urns) <= known
            if evidence.kind == "file" and evidence.status is Status.MET:
                assert all((ROOT / path).is_file() for path in evidence.files)


@pytest.mark.parametrize("stack", SHIPPED)
def test_what_does_not_exist_is_not_met(stack: str) -> None:
    for judged in readiness(stack).items:
        if judged.item.proof.missing or judged.item.kinds == (Kind.APPLICATION,):
            assert judged.status in (Status.UNMET, Status.NOT_APPLICABLE), judged.item.number
        if judged.item.number in UNBUILT and judged.item.proof.missing:
            assert judged.status is Status.UNMET


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_heaviest_gaps_come_first(stack: str) -> None:
    found = readiness(stack)
    ranks = [WEIGHTS.index(judged.item.weight) for judged in found.gaps]
    assert ranks == sorted(ranks)
    assert found.gaps[: len(found.critical_gaps)] == found.critical_gaps
    assert len(found.gaps) == found.score.counted - found.score.met


@pytest.mark.parametrize("stack", SHIPPED)
def test_areas_and_phases_add_up(stack: str) -> None:
    found = readiness(stack)
    for parts in (found.by_area.values(), found.by_phase.values()):
        assert sum(part.earned for part in parts) == found.score.earned
        assert sum(part.possible for part in parts) == found.score.possible
        assert sum(part.counted for part in parts) == found.score.counted


def test_a_higher_tier_asks_for_more() -> None:
    asked = [{j.item.number for j in readiness(stack).items if j.counts} for stack in SHIPPED]
    assert len(asked[0]) < len(asked[1]) < len(asked[2])
    gone = asked[0] - asked[2]
    assert {n for n in gone if readiness("dev").items[n - 1].item.until == "enterprise"} <= {32, 33}


def test_same_input_same_bytes() -> None:
    stacks = [readiness(stack) for stack in SHIPPED]
    readiness.cache_clear()
    again = [readiness(stack) for stack in SHIPPED]
    assert json.dumps(document_of(stacks, TODAY)) == json.dumps(document_of(again, TODAY))
    assert to_markdown(stacks) == to_markdown(again)


def test_markdown_tables_are_whole() -> None:
    """No text breaks a row: within a table all rows have as many cells as its head."""
    width = 0
    rows = 0
    for line in to_markdown([readiness(stack) for stack in SHIPPED]).splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
        assert cells in (0, width) or width == 0, line
        width = cells
        rows += bool(cells)
    assert rows > 3 * len(checklist.shipped().items)


def test_json_holds_to_its_schema() -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / "readiness.schema.json").read_text(encoding="utf-8"))
    document = document_of([readiness(stack) for stack in SHIPPED], TODAY)
    assert len(document["stacks"]) == len(SHIPPED)
    for stack in document["stacks"]:
        assert len(stack["items"]) == 225
        assert all(stack[key] for key in ("areas", "phases", "gaps", "counts"))
        assert any(item["evidence"] for item in stack["items"])
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []


def test_readiness_is_quick() -> None:
    """On top of a plan and its verdicts at most half a second, the reading of all files included."""
    plan = shipped("prod")
    report = judge(plan, waivers_of(ROOT, TODAY))
    others = [facts_of(shipped("staging"))]
    checklist.shipped.cache_clear()
    start = time.process_time()
    found = Sources.read(ROOT, today=TODAY).assess(facts_of(plan), report, plan=plan, others=others)
    to_markdown([found])
    json.dumps(document_of([found], TODAY))
    assert time.process_time() - start < LIMIT_SECONDS
