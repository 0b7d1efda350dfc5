"""A project to run the command line on, planned in this process."""

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
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with one stack, `dev`, of tier mvp; a worker of its own would cost seconds."""

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        answers = [worker.answer(tmp_path, stack) for stack in stacks]
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    return Project(tmp_path)


@pytest.fixture
def readiness(project: Project, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run `ascent readiness` on the project, as of a day that does not move."""

    def readiness(*arguments: str, day: str = "2026-11-21") -> Answer:
        status = main(["readiness", *arguments, "--as-of", day, "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return readiness
