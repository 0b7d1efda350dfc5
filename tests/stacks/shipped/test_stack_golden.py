"""The identity of every resource of the shipped stacks, as a tree that a review can read.

A line that changes here is a resource that an update deletes and makes anew, unless it gets an alias. After a change
that is meant, renew the files and read the difference:

    ASCENT_UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/stacks/shipped/test_stack_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

GOLDEN = Path(__file__).parent / "golden"


def tree(plan: Plan) -> str:
    """A line per resource with its type and name, below its parent and indented by depth, in the plan's order."""
    children: dict[str | None, list[str]] = {}
    for resource in plan.resources:
        children.setdefault(resource.parent, []).append(resource.urn)

    def lines(parent: str | None, depth: int) -> list[str]:
        found = []
        for urn in children.get(parent, []):
            resource = plan.by_urn[urn]
            found += [f"{'  ' * depth}{resource.type} {resource.name}", *lines(urn, depth + 1)]
        return found

    return "\n".join(lines(None, 0)) + "\n"


@pytest.mark.parametrize("stack", SHIPPED)
def test_identities(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan, file = plan_of(stack), GOLDEN / f"{stack}.txt"
    found = tree(plan)
    if os.environ.get("ASCENT_UPDATE_GOLDEN") == "1":
        file.write_text(found, encoding="utf-8")
    assert found.splitlines() == file.read_text(encoding="utf-8").splitlines(), f"see the head of {Path(__file__).name}"


def test_the_tree_loses_nothing(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    assert tree(plan).count("\n") == len(plan.resources) > 150
