"""Plans, files of the engine, and the command line in process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from tests.commands.small_plan import small_plan
from tests.stacks.planning import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.plan.model import Plan


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    status: int
    out: str
    err: str

    def refused(self) -> str:
        """The one line with which bad input was refused."""
        assert (self.status, self.out) == (2, "")
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].isprintable()
        return lines[0]


@pytest.fixture
def ascent(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the command line in this process."""

    def ascent(*arguments: object) -> Run:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(status, captured.out, captured.err)

    return ascent


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a file and answer with its path."""

    def write(content: str | bytes, name: str = "engine.json") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(params=SHIPPED)
def shipped_plan(request: pytest.FixtureRequest) -> Plan:
    """The plan of each stack file in the repository."""
    return shipped(request.param)


@pytest.fixture
def plan() -> Plan:
    """A plan of a few resources, some of them wrong."""
    return small_plan()
