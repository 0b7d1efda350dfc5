"""The pipelines' files, and make targets run with stand-ins for what talks to somebody."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from common.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = {path.stem: read_yaml(path) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))}
GITLAB = read_yaml(ROOT / ".gitlab-ci.yml")


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    """Workflow, name and content of each job on GitHub."""
    return [(file, name, job) for file, flow in WORKFLOWS.items() for name, job in flow["jobs"].items()]


def commands() -> list[str]:
    """Every line that a pipeline runs, on either host."""
    github = [line for _, _, job in jobs() for step in job["steps"] for line in step.get("run", "").splitlines()]
    gitlab = [line for job in GITLAB.values() if isinstance(job, dict) for line in job.get("script", ())]
    return [*github, *gitlab]


class Bench:
    """A directory in which targets run; what would talk to somebody writes down how it was called."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.bin = directory / "bin"
        self.bin.mkdir()
        self.calls = directory / "calls"
        (directory / "app").mkdir()
        for file in ("Makefile", "delivery"):
            (directory / file).symlink_to(ROOT / file)
        for file in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "ready"):
            (directory / file).touch()
        for name in ("docker", "trivy", "cosign", "pulumi", "aws", "gh", "ascent", "python", "uvx", "zizmor"):
            self.fake(name)

    def fake(self, name: str, then: str = "") -> None:
        """A command that writes down its arguments, then does something."""
        file = self.bin / name
        file.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.calls}"\n{then}\n')
        file.chmod(0o755)

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a target."""
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["make", "-s", f"BIN={self.bin}", "STAMP=ready", *arguments],
            cwd=self.directory,
            env={**os.environ, "PATH": path, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def called(self) -> list[str]:
        """What was called, in order."""
        return self.calls.read_text().splitlines() if self.calls.is_file() else []
