"""Asks Pulumi's CLI for the state of a stack."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ascent.verify.deployed import Deployed, read_deployed
from common.problems import InputError, printable


def deployed_of(directory: Path, *, project: str, stack: str, said: str = "") -> Deployed:
    """What a stack has deployed, by the backend that the CLI is logged in to.

    Args:
        directory: where Pulumi.yaml is.
        project: the project's name.
        stack: the stack's name.
        said: the command, for messages; empty for `ascent verify`.

    Raises:
        InputError: there is no CLI, or no such stack in the backend.
    """
    said = said or f"ascent verify {stack}"
    cli = shutil.which("pulumi")
    if cli is None:
        raise InputError(
            f"{said}: there is no pulumi on PATH to ask for the state; pass --state FILE, written by "
            f"`pulumi stack export --stack {stack} --file FILE`"
        )
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / f"{stack}.json"
        command = [cli, "stack", "export", "--stack", stack, "--file", str(file), "--non-interactive"]
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
        if done.returncode or not file.is_file():
            lines = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()
            what = printable(lines[-1].removeprefix("error: "))
            raise InputError(f"{said}: pulumi stack export: {what}; mend that, or pass --state FILE")
        return read_deployed(file, project=project, stack=stack, called="pulumi stack export")
