"""The group of a stack's traces.

Not proven: that traces carry these names of services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.observability.tracing import Tracing, TracingArgs
from settings.sections.watch.telemetry import TracingSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


@pytest.mark.parametrize(("signals", "collects"), [(False, "traces"), (True, "traces and signals")])
def test_one_group_for_all_services(build: Build, signals: bool, collects: str) -> None:
    args = TracingArgs(
        context=CONTEXT, settings=TracingSettings(enabled=True, signals=signals), services=["web", "api"]
    )
    made = build(lambda: Tracing("shop-tracing", args))
    inputs = made.inputs("shop-tracing-group")
    assert inputs["groupName"] == "shop-dev"
    assert inputs["filterExpression"] == 'service("shop-web") OR service("shop-api")'
    assert inputs["tags"]["Collects"] == collects
