"""Running a container image with whatever runs containers here: docker, podman or finch."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from shutil import which
from typing import Any, Final

from common.problems import InputError, printable

TOOLS: Final = ("docker", "podman", "finch")
"""What can run containers, the first that is there and answers is taken."""

DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Image:
    """An image that can be run here.

    Attributes:
        tool: what runs it.
        reference: as it was named.
        digest: of its manifest, `sha256:…`; empty where no registry has it yet.
        user: what it runs as; empty for root.
    """

    tool: str
    reference: str
    digest: str
    user: str

    def arguments(self, variables: list[str]) -> list[str]:
        """What starts it with a read-only root, without any capability, on the machine's own network.

        Args:
            variables: names of the environment variables that it gets from the process that starts it.
        """
        given = [word for name in variables for word in ("--env", name)]
        return [
            self.tool, "run", "--rm", "--init", "--network=host", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL",
            "--security-opt=no-new-privileges", *given, self.reference,
        ]  # fmt: skip


def image_of(reference: str) -> Image:
    """An image that can be run here.

    Args:
        reference: its name, with a tag or digest.

    Raises:
        InputError: nothing here runs containers, or the image is not there.
    """
    tool = next((t for t in TOOLS if which(t) and _run(t, "info").returncode == 0), None)
    if tool is None:
        raise InputError(
            f"ascent probe --image {printable(reference)}: nothing here runs containers ({', '.join(TOOLS)}: none is "
            "there and answers); start one, or probe with --command or --url"
        )
    found = _run(tool, "image", "inspect", reference)
    if found.returncode and _run(tool, "pull", reference).returncode == 0:
        found = _run(tool, "image", "inspect", reference)
    if found.returncode:
        why = printable((found.stderr.strip().splitlines() or ["no reason given"])[-1])
        raise InputError(
            f"ascent probe --image {printable(reference)}: {tool} does not find it ({why}); build or pull it first"
        )
    said: dict[str, Any] = json.loads(found.stdout)[0]
    return Image(tool, reference, _digest(reference, said), (said.get("Config") or {}).get("User") or "")


def _digest(reference: str, said: dict[str, Any]) -> str:
    named = DIGEST.search(reference)
    if named:
        return named[0]
    name = reference.rpartition("/")[2].partition(":")[0]
    known = [d for d in said.get("RepoDigests") or [] if d.partition("@")[0].rpartition("/")[2] == name]
    digests = {found[0] for d in known if (found := DIGEST.search(d))}
    return digests.pop() if len(digests) == 1 else ""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False)
