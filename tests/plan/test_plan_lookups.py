"""Look-ups are few, listed, and named by the plans that did without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ascent.plan.config import read_stack
from ascent.plan.lookups import STANDS_IN, name_of, stands_in
from ascent.plan.record import record
from tests.stacks.planning import TIERS, config_of, smallest

ROOT = Path(__file__).parents[2]
NOTE = ROOT / "docs" / "layers" / "foundation.md"


@pytest.mark.parametrize("tier", TIERS)
def test_every_look_up_of_a_tier_is_listed(tier: str) -> None:
    settings = {key: value for key, value in smallest(tier).items() if key != "accountId"}
    found = record(ROOT, "ascent", "test", config_of(settings), keep_modules=True)
    assert found.lookups == tuple(sorted(set(found.lookups)))
    assert "aws:index/getAvailabilityZones:getAvailabilityZones" in found.lookups
    assert set(map(name_of, found.lookups)) <= set(STANDS_IN)


def test_a_stack_asks_for_what_it_has_only() -> None:
    stack = read_stack(ROOT, "prod")
    found = record(stack.directory, stack.project, stack.stack, stack.values, keep_modules=True)
    assert list(map(name_of, found.lookups)) == ["getAvailabilityZones", "rds.getOrderableDbInstance"]


def test_the_note_lists_them_and_no_other() -> None:
    section = NOTE.read_text(encoding="utf-8").partition("## Look-ups")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([\w.]+)` \|", section, flags=re.MULTILINE)
    assert sorted(listed) == sorted(STANDS_IN)


def test_an_unlisted_look_up_is_unknown() -> None:
    assert stands_in("aws:ssm/getParameter:getParameter") == "the answer is unknown"
    assert name_of("aws:ssm/getParameter:getParameter") == "ssm.getParameter"
