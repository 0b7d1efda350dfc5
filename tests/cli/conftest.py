"""Runs the command line in this process, on projects around the repository's own program.

Planning happens in worker processes, which cost seconds each; here the same worker code plans in this process. One test
goes the whole way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.plan.workers import worker
from common.problems import InputError
from tests.cli.cli_project import Answer, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ascent.plan.offline.recording import Recording


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one stack, `dev`, of tier mvp."""
    return Project(tmp_path)


@pytest.fixture
def ascent(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Answer]:
    """Run the command line on the project in `tmp_path`."""

    def ascent(*arguments: str) -> Answer:
        status = main([*arguments, "-C", str(tmp_path)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return ascent


@pytest.fixture
def planning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Plan in this process; the fixture's value collects the stacks in the order in which they are planned."""
    planned: list[str] = []

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        planned.extend(stacks)
        answers = [worker.answer(tmp_path, stack) for stack in stacks]
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    return planned
