"""The commands of docs/interrupted.md, run as they stand there."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from tests.engine.sandbox import REPOSITORY

if TYPE_CHECKING:
    from tests.engine.live import LiveStack

MANUAL = REPOSITORY / "docs" / "interrupted.md"
BLOCK = re.compile(r"^```sh (?P<name>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"^export (\w+)='[^'\n]*…'.*\n", re.MULTILINE)
TIMEOUT_S = 300


@cache
def blocks() -> dict[str, str]:
    """The named blocks of commands, by name."""
    found = [(block["name"], block["text"]) for block in BLOCK.finditer(MANUAL.read_text(encoding="utf-8"))]
    assert len(found) == len(dict(found)), "two blocks of the manual have one name"
    return dict(found)


def follow(live: LiveStack, name: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run the block `name` of the manual on a stack, with `values` for what its reader fills in."""
    text = blocks()[name]
    assert set(PLACEHOLDER.findall(text)) == set(values), f"the block {name} asks for other values"
    live.calls()
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", PLACEHOLDER.sub("", text)],
        cwd=live.directory,
        env={
            **live.sandbox.environment,
            **live.environment,
            "STANDIN_AWS_LOG": str(live.log),
            "STACK": live.stack,
            **values,
        },
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
