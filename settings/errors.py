"""What is raised for settings that no stack can be built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from common.problems import Problem


class SettingsError(InputError):
    """Settings that no stack can be built from; `str()` gives one line per problem."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__("\n".join(p.line(source) for p in self.problems))
