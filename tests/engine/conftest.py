"""Fixtures of the engine tests: every stack lives through its lifecycle once, however many tests look at it."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.engine.lifecycle import Lifecycle
from tests.engine.live import LiveStack
from tests.engine.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan
    from tests.engine.cases import Case

NEEDED = ("pulumi", "pulumi-language-python")


@pytest.fixture(scope="session")
def lifecycle_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Lifecycle]:
    """The lifecycle of a case, started at most once per session; skips where there is no engine."""
    need_engine()

    @cache
    def start(case: Case) -> Lifecycle:
        sandbox = Sandbox.create(tmp_path_factory.mktemp(f"engine-{case.stack}"))
        return Lifecycle(sandbox, case.source, case.project, case.stack, policy_pack=case.policy_pack, lift=case.lift)

    return start


@pytest.fixture(scope="session")
def live_stack(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., LiveStack]:
    """Lays out a stack in a sandbox of its own, not deployed yet; skips where there is no engine."""
    need_engine()
    return lambda settings, **environment: LiveStack(tmp_path_factory.mktemp("live"), settings, **environment)


def need_engine() -> None:
    """Skip where Pulumi's engine is not at hand."""
    absent = [tool for tool in NEEDED if shutil.which(tool) is None]
    if absent:
        pytest.skip(f"needs Pulumi's engine: {' and '.join(absent)} not on PATH; pulumi.com/docs/install has it")


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    """The stack that the test's class is about."""
    return request.cls.case


@pytest.fixture
def life(case: Case, lifecycle_of: Callable[[Case], Lifecycle]) -> Lifecycle:
    """The lifecycle of the test's case."""
    return lifecycle_of(case)


@pytest.fixture(scope="session")
def offline_plan_of() -> Callable[[Case], Plan]:
    """The offline plan of a case, recorded at most once per session; needs no engine."""
    return cache(lambda case: case.offline_plan())
