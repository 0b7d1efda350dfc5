"""A place of its own for Pulumi's engine: no account, no network, nothing shared with real deployments.

The sandbox has its own PULUMI_HOME, whose plugin directory holds the stand-in providers under the exact versions that
the installed SDK packages ask for, and a file backend. Real deployments look for plugins elsewhere, so the stand-ins
can't reach them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
LEFT_OUT = frozenset({".git", ".venv", "ascent", "benchmarks", "docs", "out", "tests"})
"""What a copy of the project leaves out at its top: nothing that a deployment reads."""
STORE = "aws.db"
"""The sandbox's file in which the stand-in AWS keeps what exists."""
FAULTS = "faults.json"
"""The sandbox's file that says which calls of the stand-in AWS go wrong."""
TIMEOUT_S = 300
"""Seconds after which an engine run counts as hung; the longest takes about 30."""


@dataclass(frozen=True)
class Sandbox:
    """A directory in which the engine can be run."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def create(cls, root: Path, plugins: Mapping[str, Path] = MappingProxyType({})) -> Sandbox:
        """Lay out a sandbox under `root`, which must exist.

        `plugins` maps `aws` or `awsx` to an executable to run in the place of the stand-in.
        """
        home, state = root / "home", root / "state"
        state.mkdir(parents=True)
        for provider in ("aws", "awsx"):
            _install(home / "plugins", provider, plugins.get(provider))
        foreign = ("PULUMI_", "AWS_", "STANDIN_")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        return cls(
            root=root,
            environment={
                **inherited,
                "PULUMI_HOME": str(home),
                "PULUMI_BACKEND_URL": state.as_uri(),
                "PULUMI_CONFIG_PASSPHRASE": "sandbox",
                "STANDIN_AWS_STORE": str(root / STORE),
                "STANDIN_AWS_FAULTS": str(root / FAULTS),
                # Only the stand-ins may answer for a provider: no plugin from PATH and none downloaded.
                "PULUMI_IGNORE_AMBIENT_PLUGINS": "1",
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
                "PULUMI_SKIP_UPDATE_CHECK": "true",
                # The state is read between operations only, and writing it after each step takes an eighth of the time.
                "PULUMI_SKIP_CHECKPOINTS": "true",
                # Makes `--event-log` available, so that one preview yields its digest and its policy events.
                "PULUMI_DEBUG_COMMANDS": "true",
                # An attempt to reach AWS's instance metadata service would only cost time.
                "AWS_EC2_METADATA_DISABLED": "true",
            },
        )

    def project(self, source: Path, name: str) -> Path:
        """Copy the program under `source` to a fresh directory whose `.venv` is the environment of this run."""
        copy = self.root / name
        top = str(source)
        shutil.copytree(source, copy, ignore=lambda at, names: LEFT_OUT & set(names) if at == top else ())
        (copy / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        return copy

    def pulumi(self, project: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run the CLI in `project` with `extra` environment variables; the caller judges its exit status."""
        return subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--color", "never"],
            cwd=project,
            env={**self.environment, **extra},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )


def _install(plugins: Path, provider: str, executable: Path | None) -> None:
    """Put a stand-in, or `executable`, where the engine looks for the version of the installed SDK package."""
    directory = plugins / f"resource-{provider}-v{version(f'pulumi-{provider}')}"
    directory.mkdir(parents=True)
    script = directory / f"pulumi-resource-{provider}"
    # -P keeps the program under test, the plugin's working directory, off the stand-in's import path.
    stand_in = f"{shlex.quote(sys.executable)} -P -m tests.engine.standin.{provider}"
    command = shlex.quote(str(executable.resolve())) if executable else stand_in
    script.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(REPOSITORY))} exec {command} "$@"\n')
    script.chmod(0o755)
