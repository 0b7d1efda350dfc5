"""The examples of stores: each plans without conflict, breaks no mandatory rule, loses nothing by accident, and costs
what it says.

Not proven: that AWS has the sizes and the models in the region.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.estimate import estimate
from ascent.plan.check import problems
from ascent.plan.config import read_stack
from ascent.plan.record import record
from tests.stacks.invariants import violations
from tests.stacks.planning import ROOT
from tests.stacks.safety.stateful import unsafe

if TYPE_CHECKING:
    from ascent.plan.model import Plan

NAMES: Final = ("aurora", "stores", "three-zones")


@pytest.fixture(scope="module", params=NAMES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Plan]:
    """The text of an example, and its plan as a stack of a project beside the repository's program."""
    place = tmp_path_factory.mktemp("project")
    (place / "Pulumi.yaml").write_text(f"name: ascent\nruntime: python\nmain: {ROOT}\n")
    text = (ROOT / "examples" / "stacks" / f"{request.param}.yaml").read_text(encoding="utf-8")
    (place / f"Pulumi.{request.param}.yaml").write_text(text)
    stack = read_stack(place, request.param)
    recording = record(stack.directory, stack.project, stack.stack, stack.values, keep_modules=True)
    assert problems(recording.plan, recording.reads) == []
    return text, recording.plan


def test_it_holds_what_every_plan_holds(example: tuple[str, Plan]) -> None:
    assert violations(example[1]) == []


def test_nothing_is_lost_by_accident(example: tuple[str, Plan]) -> None:
    assert unsafe(example[1]) == []


def test_it_costs_what_its_first_lines_say(example: tuple[str, Plan]) -> None:
    text, plan = example
    said = re.search(r"About \$([0-9,]+) a month before traffic", text)
    assert said is not None
    fixed = sum(bill.fixed for bill in estimate(plan, load_prices()).bills)
    assert abs(float(fixed) - float(said[1].replace(",", ""))) <= 0.05 * float(fixed), f"it costs ${fixed:.0f}"
