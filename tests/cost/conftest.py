"""Plans of the shipped stacks, made once, and the command line on them without planning."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.plan.offline.recording import Recording
from tests.cli.cli_project import Answer, Project
from tests.stacks.planning import planned, shipped, smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ascent.plan.model import Plan


@pytest.fixture(scope="session")
def stack() -> Callable[[str], Plan]:
    """A shipped stack's plan by name; `enterprise` and `alb` (an mvp with a public load balancer) are made up."""

    def stack(name: str) -> Plan:
        if name == "enterprise":
            return planned(smallest("enterprise"))
        if name == "alb":
            return planned(smallest("mvp", edge={"ingress": "alb"}))
        return shipped(name)

    return stack


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with the stacks dev and prod, which are planned as the shipped ones."""
    project = Project(tmp_path)
    project.stack("prod", **{"ascent:tier": "production"})
    return project


@pytest.fixture
def ascent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, project: Project
) -> Callable[..., Answer]:
    """Run the command line on the project, with plans that are at hand."""

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        return [Recording(plan=shipped(name), diagnostics=(), reads=()) for name in stacks]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)

    # Prices age, and their age is a line on standard error.
    monkeypatch.setattr("ascent.cli.cost.today", lambda: date(2026, 11, 21))

    def ascent(*arguments: str) -> Answer:
        status = main(["cost", *arguments, "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return ascent
