"""What awsx itself once registered, against what the project says that it registers. Needs no engine but for one test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engine.cases import SAMPLE, each
from tests.engine.compare import differences
from tests.engine.recording import part, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan
    from tests.engine.cases import Case
    from tests.engine.lifecycle import Lifecycle


@pytest.fixture(scope="module")
def recorded() -> Plan:
    plan = read(Path(__file__).parent / "recorded" / "awsx_network.json")
    assert len(plan.by_type["aws:ssm/parameter:Parameter"]) == 20, "one per output of awsx.ec2.Vpc, and three more"
    return plan


@each(SAMPLE)
def test_offline_plan_equals_what_awsx_registered(
    case: Case, recorded: Plan, offline_plan_of: Callable[[Case], Plan]
) -> None:
    assert differences(part(offline_plan_of(case)), recorded) == []


@each(SAMPLE)
def test_stand_in_registers_what_awsx_registered(life: Lifecycle, recorded: Plan) -> None:
    assert differences(part(life.plan), recorded) == []
