"""A project to run the command line on, and what the command line answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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
