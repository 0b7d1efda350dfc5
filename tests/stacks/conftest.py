"""Plans as fixtures. Planning takes 0.2 to 0.5 s once a process has paid the SDK's imports, so plans are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.stacks.planning import planned, shipped, smallest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan


@pytest.fixture(scope="session")
def plan_of() -> Callable[[str], Plan]:
    """The plan of a shipped stack by its name."""
    return shipped


@pytest.fixture(scope="session")
def plan_with() -> Callable[..., Plan]:
    """The plan of a tier with settings on top, section by section: `plan_with("mvp", network={"azCount": 3})`."""

    def plan_with(tier: str, **overrides: Any) -> Plan:  # noqa: ANN401 - any setting
        return planned(smallest(tier, **overrides))

    return plan_with
