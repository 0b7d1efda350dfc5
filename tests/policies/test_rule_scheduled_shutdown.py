"""Only stacks that nobody needs at night are asked to stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import facts, of


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ("dev", [Status.FAIL]),
        ("dev-anna", [Status.FAIL]),
        ("shop.test", [Status.FAIL]),
        ("prod", []),
        ("staging", []),
        ("devices", []),
        ("latest", []),
    ],
)
def test_only_development_stacks_are_judged(stack: str, expected: list[Status]) -> None:
    rule = RULES["dev-scheduled-shutdown"]

    verdicts = rule.judge(replace(facts(of("aws:ecs/service:Service")), stack=stack))

    assert [v.status for v in verdicts] == expected
