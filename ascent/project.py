"""Where a project is, and where its files are in their repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ascent.plan.config import PROJECT_FILE
from common.problems import InputError
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


def project_directory(name: str, *starts: Path) -> Path | None:
    """The directory of a project, at or above one of several places.

    Args:
        name: the project's name; a Pulumi.yaml that names another is passed over.
        starts: directories to look in, the first first.
    """
    for start in starts:
        for directory in _upwards(start):
            if _project_name(directory / PROJECT_FILE) == name:
                return directory
    return None


def _project_name(file: Path) -> str:
    if not file.is_file():
        return ""
    try:
        content = read_yaml(file)
    except InputError:
        return ""
    return str(content.get("name", "")) if isinstance(content, dict) else ""


def repository_path(path: Path) -> str:
    """A path from the root of its repository, with forward slashes, as reports name files; empty for the root itself.

    Outside of a repository it is taken from the working directory, and elsewhere it is the bare name.
    """
    full = path.resolve()
    root = next((d for d in _upwards(full.parent) if (d / ".git").exists()), None)
    if (full / ".git").exists():
        return ""
    for base in (root, Path.cwd()):
        if base and full.is_relative_to(base):
            relative = full.relative_to(base).as_posix()
            return "" if relative == "." else relative
    return full.name


def _upwards(start: Path) -> Iterator[Path]:
    here = start.resolve()
    yield here
    yield from here.parents
