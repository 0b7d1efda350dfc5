"""Planning processes for programs that are none of Ascent's: they run with the program's own packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ascent import house
from ascent.plan.config import PROJECT_FILE
from ascent.plan.workers.pool import Worker
from common.problems import InputError
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLDEST: Final = (3, 11)
_USUAL: Final = (".venv", "venv")
"""Where a virtual environment is that Pulumi.yaml does not name."""
_ASK: Final = (
    "import json, sys\n"
    "from importlib.metadata import PackageNotFoundError, version\n"
    "try: found = version('pulumi')\n"
    "except PackageNotFoundError: found = ''\n"
    "print(json.dumps([list(sys.version_info[:2]), found]))\n"
)
_PREVIEW: Final = "or write a preview with `pulumi preview --json --show-sames` and pass it as --preview FILE"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that can plan a program.

    Attributes:
        path: its executable.
        own: whether it is of the program's own virtual environment.
    """

    path: Path
    own: bool


def interpreter_of(directory: Path) -> Interpreter:
    """The Python of a project's virtual environment where it has one, else that of this process.

    Args:
        directory: where Pulumi.yaml is.

    Raises:
        InputError: its virtual environment is broken, or has a Python or no SDK that planning could stand on.
    """
    for place in _places(directory):
        found = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if found.is_file():
            _must_do(found)
            return Interpreter(found, own=found.parent.resolve() != Path(sys.executable).parent.resolve())
    return Interpreter(Path(sys.executable), own=False)


def _places(directory: Path) -> Iterator[Path]:
    project = read_yaml(directory / PROJECT_FILE)
    runtime = project.get("runtime") if isinstance(project, dict) else None
    options = runtime.get("options") if isinstance(runtime, dict) else None
    named = options.get("virtualenv") if isinstance(options, dict) else None
    for name in (named, *_USUAL):
        if isinstance(name, str) and name:
            yield directory / name


def _must_do(python: Path) -> None:
    """Refuse a Python that could not plan, before it runs anything of the program."""
    try:
        run = subprocess.run([python, "-I", "-c", _ASK], capture_output=True, text=True, timeout=60, check=True)
        version, sdk = json.loads(run.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        raise InputError(f"{python}: does not run; make the virtual environment anew, {_PREVIEW}") from None
    if tuple(version) < _OLDEST:
        said = ".".join(map(str, version))
        raise InputError(
            f"{python}: is Python {said}; planning offline needs {'.'.join(map(str, _OLDEST))}, {_PREVIEW}"
        )
    if not sdk:
        raise InputError(f"{python}: has no package pulumi; install the program's requirements there, {_PREVIEW}")


def start_foreign(directory: Path, interpreter: Interpreter) -> Worker:
    """Start a process that plans stacks of a project whose program is none of Ascent's.

    Args:
        directory: where Pulumi.yaml is.
        interpreter: the Python that runs it.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*house.path, os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        [interpreter.path, "-P", "-m", "ascent.plan", "foreign"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    return Worker(process, directory.resolve())
