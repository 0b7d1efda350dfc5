"""The files of a project, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_DERIVED: Final = frozenset(
    {".git", ".venv", "venv", "node_modules", "__pycache__", "out", "dist", "build", ".hypothesis"}
)
"""Directories that hold nothing that somebody wrote."""
_MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True)
class Repository:
    """Files by their path from Pulumi.yaml's directory.

    Attributes:
        texts: what the files say that prove something.
        others: paths of all other files.
        directory: where the paths start; None for files that are held in memory only.
        absent: whether the project's files are not at hand, so that nothing can be said of them.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    directory: Path | None = None
    judged: dict[tuple[Any, ...], str] = field(default_factory=dict, compare=False, repr=False)
    """What files were found to lack, by what was asked: several stacks ask the same."""
    absent: bool = False

    @classmethod
    def read(cls, directory: Path, patterns: Iterable[str]) -> Repository:
        """Read a project's files.

        Args:
            directory: where Pulumi.yaml is.
            patterns: paths of what proves something; `*` stands for any characters of one file name.

        Raises:
            InputError: such a file is there and cannot be read.
        """
        every = sorted(_walk(directory, ""))
        wanted = tuple(patterns)
        texts = {path: _text(directory, path) for path in every if any(matches(path, pattern) for pattern in wanted)}
        return cls(texts, frozenset(every) - texts.keys(), directory)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Paths of all files, and of the directories that hold them."""
        files = {*self.texts, *self.others}
        return frozenset(files | {str(above) for path in files for above in PurePosixPath(path).parents})

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Paths of the files that match a pattern, in order."""
        return tuple(sorted(path for path in {*self.texts, *self.others} if matches(path, pattern)))

    def text(self, path: str) -> str:
        """What a file says; empty for one that is not there or is no text."""
        if path in self.texts or self.directory is None or path not in self.others:
            return self.texts.get(path, "")
        try:
            return _text(self.directory, path)
        except InputError:
            return ""


def matches(path: str, pattern: str) -> bool:
    """Whether a path is as a pattern says: `*` stays within one name."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def _walk(directory: Path, prefix: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(directory / prefix), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _DERIVED and not entry.name.endswith("_cache"):
                yield from _walk(directory, f"{path}/")
        elif entry.is_file():
            yield path


def _text(directory: Path, path: str) -> str:
    try:
        with (directory / path).open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; make it readable") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
