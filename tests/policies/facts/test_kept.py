"""What the account has from elsewhere: neither a pass nor a failure of the rules that ask for it."""

from __future__ import annotations

import pytest

from policies.pack import types
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import U, facts, of

TASK = of(types.ECS_TASK_DEFINITION, "task")
ASKED = {
    "guardduty-enabled": "guardDuty",
    "securityhub-enabled": "securityHub",
    "inspector-enabled": "inspector",
    "access-analyzer-enabled": "accessAnalyzer",
    "trail-multi-region": "trail",
    "config-recording": "config",
}


def verdict(rule: str, services: object) -> tuple[Status, str]:
    telling = of("ascent:account:KeptElsewhere", "kept", services=services)
    (found,) = RULES[rule].judge(facts(telling, TASK))
    return found.status, found.found


@pytest.mark.parametrize("rule", ASKED)
def test_it_is_unverified_and_named(rule: str) -> None:
    assert verdict(rule, {ASKED[rule]: "number-7"}) == (Status.UNKNOWN, "it is kept outside of this stack: number-7")
    assert verdict(rule, {ASKED[rule]: ""}) == (Status.UNKNOWN, "it is kept outside of this stack")
    assert verdict(rule, {ASKED[rule]: U}) == (Status.UNKNOWN, "it is kept outside of this stack")


@pytest.mark.parametrize("rule", ASKED)
@pytest.mark.parametrize("services", [{}, {"macie": "number-7"}, "guardDuty", None, ["trail"]])
def test_another_service_excuses_nothing(rule: str, services: object) -> None:
    assert verdict(rule, services)[0] is Status.FAIL
