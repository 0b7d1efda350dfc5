"""Programs of other people, and the command line in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from tests.cli.cli_project import Answer
from tests.subjects.programs import Program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program with two buckets and no stack file."""
    return Program(tmp_path / "shop")


@pytest.fixture
def ascent(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run the command line in this process."""

    def ascent(*arguments: object) -> Answer:
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return ascent
