"""Starts planning processes, the first one before it is known what it will plan.

The command line loads this before anything else, so it imports next to nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys

from ascent import house
from ascent.commands import COMMANDS

_NOTHING = {"--help", "-h", "--state", "--preview", "--project", "-"}
"""Words with which a command plans nothing of this project."""

_waiting: list[subprocess.Popen[bytes]] = []
"""Processes that have no work yet."""


def start_early(arguments: list[str]) -> None:
    """Start a first process for a command that will plan: it loads Pulumi's SDK while this one reads its input.

    Args:
        arguments: those of the command line.
    """
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command and command.plans and not _NOTHING & {argument.partition("=")[0] for argument in arguments}:
        _waiting.append(_start())


def take() -> subprocess.Popen[bytes]:
    """A process that has no work yet: the early one, or a new one."""
    return _waiting.pop() if _waiting else _start()


def _start() -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*house.path, os.environ.get("PYTHONPATH", "")]),
        # Looking for plugins reads the metadata of every installed package; the settings' models need none.
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ascent.plan"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        # Ctrl-C is for the command line, which then ends its processes.
        start_new_session=True,
    )
