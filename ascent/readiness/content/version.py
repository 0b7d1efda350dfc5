"""Which version of a repository something is about."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ascent.readiness.content.repository import Repository

_SOURCES: Final = (".py", ".yaml", ".yml", ".json", ".toml", ".csv", ".txt", ".sh", ".js", ".ts", "Dockerfile")
"""Endings of files that decide what tests find; documents do not."""

_EVIDENCE: Final = "docs/probes/"
"""Records of what was found: they decide nothing."""


def version_of(repository: Repository) -> str:
    """A digest of all sources: any change of one of them is another version."""
    digest = sha256()
    for path in sorted({*repository.texts, *repository.others}):
        if path.endswith(_SOURCES) and not path.startswith(_EVIDENCE):
            digest.update(f"{path}\0{repository.text(path)}\0".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    from pathlib import Path

    from ascent.readiness.content.repository import Repository as Files

    print(version_of(Files.read(Path(), ())))
