"""What is raised for settings that no stack can be built from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from common.problems import InputError
from settings.namespaces import NAMESPACE
from settings.words.commands import command, set_commands

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from common.problems import Problem
    from common.yaml_text import Rows

_SHORT: Final = re.compile(
    rf"(?P<verb>\b(?:set|write|add) )?(?P<key>{NAMESPACE}:[A-Za-z][\w.-]*(?:\[\d+\])?|aws:region): "
    r"(?P<value>\[[^\]]*\]|[^\s,;]+)"
)
"""A setting with its value, as fixes have it: `set ascent:network.nat: single`."""

_PARTS: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


class SettingsError(InputError):
    """Settings that no stack can be built from; `str()` gives one line per problem."""

    def __init__(self, source: str, problems: Iterable[Problem], file: Path | None = None) -> None:
        """Say what is wrong.

        Args:
            source: name of the stack file.
            problems: what is wrong; a fix may be short, `set ascent:network.nat: single`, and is printed as a command.
            file: the stack file, for the lines of what is wrong; None where there is none to read.
        """
        self.source = source
        self.problems = tuple(problems)
        rows, stack = _rows(file), source.removeprefix("Pulumi.").removesuffix(".yaml")
        located = (replace(p, fix=pasteable(p.fix, stack), row=p.row or _row(rows, p.path)) for p in self.problems)
        super().__init__("\n".join(p.line(source) for p in located))


def pasteable(fix: str, stack: str) -> str:
    """A fix whose settings are commands that set them.

    Args:
        fix: the fix, with settings as `ascent:network.nat: single`.
        stack: the stack whose file is wrong.
    """
    return _SHORT.sub(lambda found: _command(found["key"], found["value"], stack, (found["verb"] or "").strip()), fix)


def _command(key: str, text: str, stack: str, verb: str) -> str:
    path, value = "region" if key == "aws:region" else key.removeprefix(f"{NAMESPACE}:"), _value(text)
    # A path leads into a list only where there is one: what stands there instead goes first.
    first = [command("rm", stack, path)] if isinstance(value, list) and verb != "add" else []
    return ("run " if verb else "") + " && ".join([*first, *set_commands(stack, path, value)])


def _value(text: str) -> Any:  # noqa: ANN401 - any value of a setting
    """A value as a fix writes it: JSON, a list of words, or text."""
    if text.startswith("["):
        return [part.strip(" \"'") for part in text.strip("[]").split(",") if part.strip()]
    if re.fullmatch(r"-?\d+", text) or text in ("true", "false"):
        return text == "true" if text in ("true", "false") else int(text)
    return text


def _rows(file: Path | None) -> Rows | None:
    """The lines of a stack file's values; None where it cannot be read."""
    if file is None or not file.is_file():
        return None
    from common.yaml_text import read_with_rows

    try:
        return read_with_rows(file)[1]
    except InputError:
        return None


def _row(rows: Rows | None, path: str) -> int | None:
    """The line of a setting, or of what is around it; None where the file says nothing of it."""
    if rows is None:
        return None
    namespace, _, rest = path.partition(":")
    first, *others = [int(number) if number else name for name, number in _PARTS.findall(rest)] or [rest]
    row = rows.at(("config", f"{namespace}:{first}", *others))
    return row if row != rows.at(("config",)) else None
