"""The output formats there are; free of everything that writes them, so that the command line can name them at once."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How verdicts are written."""

    TABLE = "table"
    """For people, on a console."""
    JSON = "json"
    """For programs: every verdict."""
    SARIF = "sarif"
    """SARIF 2.1.0, for code scanning."""
    JUNIT = "junit"
    """JUnit XML, for test reports of a CI service."""
    MARKDOWN = "markdown"
    """A comment on a pull request."""
