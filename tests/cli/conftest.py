"""Runs the command line in this process, on projects around the repository's own program.

Planning happens in worker processes, which cost seconds each; here the same worker code plans in this process. One test
goes the whole way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.cli import main
from ascent.errors import InputError
from ascent.plan import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.plan.recording import Recording

ROOT = Path(__file__).resolve().parents[2]

MVP: dict[str, Any] = {"aws:region": "us-east-1", "ascent:tier": "mvp"}


@dataclass(frozen=True)
class Answer:
    """What a run of the command line said."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """Standard error, which must be one line without a traceback."""
        assert "Traceback" not in self.err
        assert self.err.endswith("\n")
        (line,) = self.err.splitlines()
        return line


class Project:
    """A Pulumi project in a directory of its own, with the repository's program."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.write("Pulumi.yaml", yaml.safe_dump({"name": "ascent", "runtime": "python", "main": str(ROOT)}))
        self.stack("dev", **MVP)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the project."""
        file = self.directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def stack(self, name: str, **config: Any) -> None:  # noqa: ANN401 - any configuration
        """Write a stack file."""
        self.write(f"Pulumi.{name}.yaml", yaml.safe_dump({"config": config}, allow_unicode=True))

    def waivers(self, *entries: dict[str, Any]) -> None:
        """Write the file of waivers."""
        self.write("policies/waivers.yaml", yaml.safe_dump({"waivers": list(entries)}))


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

    def plan_stacks(_workers: object, stacks: Sequence[str]) -> list[Recording]:
        planned.extend(stacks)
        answers = [worker.answer(tmp_path, stack) for stack in stacks]
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.commands.plan.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.commands.plan.plan_stacks", plan_stacks)
    return planned
