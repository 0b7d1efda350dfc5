"""The policy pack's real process, over gRPC, says of each shipped stack's plan exactly what the rules say offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi.runtime import proto

from ascent.verdicts.judge import judge
from policies.pack.levels import Level
from policies.pack.verdict import Status
from tests.policies.asking import Pack
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

NUMBERS = {Level.ADVISORY: proto.ADVISORY, Level.MANDATORY: proto.MANDATORY}


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_pack_says_what_the_rules_say_offline(plan_of: Callable[[str], Plan], stack: str) -> None:
    plan = plan_of(stack)
    offline = {
        (
            result.verdict.rule,
            result.verdict.urn,
            result.message,
            proto.ADVISORY if result.verdict.status is Status.UNKNOWN else NUMBERS[result.level],
        )
        for result in judge(plan).findings
    }
    pack = Pack(plan.tier)
    try:
        said = pack.ask(plan.resources)
    finally:
        pack.close()
    assert offline, "a stack without a single finding proves little"
    assert said == offline
