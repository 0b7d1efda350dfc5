"""A project as it is at a revision of git, in a directory of its own."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from common.problems import InputError, printable

if TYPE_CHECKING:
    from collections.abc import Generator

_QUIET: Final = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")


@dataclass(frozen=True, slots=True)
class Revision:
    """A project at a revision.

    Attributes:
        name: as it was named.
        directory: where its Pulumi.yaml is.
    """

    name: str
    directory: Path


def is_revision(directory: Path, name: str) -> bool:
    """Whether a name is one of a commit.

    Args:
        directory: a place in the repository.
        name: what was given.
    """
    return not name.startswith("-") and _git(directory, "rev-parse", "-q", "--verify", f"{name}^{{commit}}") is not None


@contextmanager
def checked_out(command: str, directory: Path, name: str) -> Generator[Revision]:
    """Write the files of a revision into a directory that is removed afterwards; the working tree is not touched.

    Args:
        command: what messages call it: `ascent diff`.
        directory: the project, a place in the repository.
        name: the revision.

    Raises:
        InputError: no git, no repository, no such revision, or the project is not there at that revision.
    """
    if which("git") is None:
        raise InputError(f"{command} {printable(name)}: git is missing; install it, or compare two previews")
    prefix = _git(directory, "rev-parse", "--show-prefix")
    if prefix is None:
        raise InputError(f"{command} {printable(name)}: {directory} is in no repository of git; name files instead")
    if not is_revision(directory, name):
        raise InputError(
            printable(f"{command} {name}: is no revision of git at {directory}; name a commit, a branch or a tag")
            + ("; in a checkout of one commit, fetch the others first" if _is_shallow(directory) else "")
        )
    commit = _git(directory, "rev-parse", "--verify", f"{name}^{{commit}}") or ""
    top = _git(directory, "rev-parse", "--show-toplevel") or str(directory)
    with TemporaryDirectory(prefix="ascent-") as place:
        tree = Path(place, "tree")
        tree.mkdir()
        index = {"GIT_INDEX_FILE": str(Path(place, "index"))}
        _git(Path(top), "read-tree", commit, environment=index)
        _git(Path(top), "checkout-index", "-a", "-q", f"--prefix={tree}/", environment=index)
        project = tree / prefix
        if not (project / "Pulumi.yaml").is_file():
            raise InputError(printable(f"{command} {name}: there is no {prefix}Pulumi.yaml at that revision"))
        yield Revision(name, project)


def _is_shallow(directory: Path) -> bool:
    return _git(directory, "rev-parse", "--is-shallow-repository") == "true"


def _git(directory: Path, *arguments: str, environment: dict[str, str] | None = None) -> str | None:
    """What git answers, without its last line's end; None where it fails and nothing of its own was to be written."""
    run = subprocess.run(
        ["git", *_QUIET, "-C", str(directory), *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {})},
        check=False,
    )
    if run.returncode:
        if environment is not None:
            raise InputError(
                printable(f"git {arguments[0]}: {run.stderr.strip() or run.returncode}; mend the repository")
            )
        return None
    return run.stdout.strip()
