"""Each small example plans without a mandatory failure, is sound, and costs what its first lines say.

Not proven: that an account's quotas hold it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.estimate import estimate
from ascent.cost.usage.profiles import profile_of
from ascent.plan.check import problems
from ascent.plan.config import read_stack
from ascent.plan.record import record
from ascent.verdicts.judge import judge
from tests.stacks.invariants import CHECKS
from tests.stacks.planning import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.plan.model import Plan

EXAMPLES: Final = sorted(
    path.stem for path in (ROOT / "examples" / "stacks").glob("*.yaml") if path.stem != "everything"
)


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Plan]:
    """An example as a stack of a project beside the repository's program."""
    place: Path = tmp_path_factory.mktemp("project")
    name = request.param
    text = (ROOT / "examples" / "stacks" / f"{name}.yaml").read_text(encoding="utf-8")
    (place / "Pulumi.yaml").write_text(f"name: ascent\nruntime: python\nmain: {ROOT}\n")
    (place / f"Pulumi.{name}.yaml").write_text(text)
    stack = read_stack(place, name)
    recording = record(stack.directory, stack.project, name, stack.values, keep_modules=True)
    assert problems(recording.plan, recording.reads) == []
    return text, recording.plan


def test_it_is_sound(example: tuple[str, Plan]) -> None:
    _, plan = example
    assert [f"{name}: {line}" for name, check in CHECKS.items() for line in check(plan)] == []


def test_no_mandatory_rule_fails(example: tuple[str, Plan]) -> None:
    _, plan = example
    assert [one.message for one in judge(plan).mandatory_failures] == []


def test_it_costs_what_it_says(example: tuple[str, Plan]) -> None:
    text, plan = example
    said = re.search(r"About \$([\d,]+) a month", text)
    assert said, "say what it costs in the first lines"
    name, usage = profile_of(plan.tier)
    found = estimate(plan, load_prices(), usage, usage_name=name).total.expected
    assert abs(int(said[1].replace(",", "")) - found) <= 1, f"it costs ${found:.0f}"


def test_the_readme_names_it(example: tuple[str, Plan]) -> None:
    _, plan = example
    assert f"examples/stacks/{plan.stack}.yaml" in (ROOT / "README.md").read_text(encoding="utf-8")
