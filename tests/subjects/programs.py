"""Small Pulumi programs of other people, in a directory."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUCKETS = """
import pulumi_aws as aws
from settings import NAMES

for name in NAMES:
    aws.s3.Bucket(name)
"""


class Program:
    """A project in a directory, whose package is called as one of Ascent's own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.write("Pulumi.yaml", "name: shop\nruntime: python\nconfig:\n  aws:region: us-east-1\n")
        self.write("__main__.py", BUCKETS)
        self.write("settings/__init__.py", 'NAMES = ("one", "two")\n')

    def write(self, path: str, text: str) -> Path:
        """Write a file of the project."""
        file = self.directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def git(self, *arguments: str) -> None:
        """Run git there."""
        who = ("-c", "user.name=ann", "-c", "user.email=ann@example.com", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *arguments], cwd=self.directory, check=True, capture_output=True)

    def commit(self, tag: str) -> None:
        """Commit all files, under a tag."""
        if not (self.directory / ".git").is_dir():
            self.git("init")
        self.git("add", "-A")
        self.git("commit", "--allow-empty", "-m", tag)
        self.git("tag", tag)
