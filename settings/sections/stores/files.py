"""The shared file system."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, replaces
from settings.enums import FileThroughput
from settings.fields import MountPath


class FilesVariable(StrEnum):
    """What the application is told of its files."""

    PATH = "FILES_PATH"


class FilesSettings(Section):
    """EFS: files that all tasks share, such as those of a vector store that keeps its index in files (ChromaDB)."""

    GIVES: ClassVar = tuple(FilesVariable)

    enabled: bool = setting(
        False,
        "whether the file system exists; only tasks of Fargate mount it",
        cost="$0.30 a month per GB",
        changes=replaces("EFS", data="the files on it"),
    )
    mount_path: MountPath = setting("/mnt/files", "where containers find the files", changes=ROLLING)
    throughput: FileThroughput = setting(
        FileThroughput.ELASTIC,
        "how fast it is: elastic, as fast as asked; bursting, in step with its size",
        cost="elastic $0.03 per GB read, $0.06 per GB written",
        changes=IN_PLACE,
    )
    archive_days: Literal[1, 7, 14, 30, 60, 90, 180, 270, 365] | None = setting(
        30,
        "time without a read after which a file becomes cheaper; null for never",
        unit="days",
        cost="$0.025 instead of $0.30 a month per GB, $0.01 per GB read",
        changes=IN_PLACE,
    )
