"""Reads YAML as Pulumi's CLI does: by the rules of YAML 1.2, where `no`, `1:30` and `2026-01-01` are text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CoreLoader(_Loader):
    """PyYAML's safe loader without the implicit types that only YAML 1.1 has."""

    yaml_implicit_resolvers: Final = {}


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", r"<<", "<"),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


class Rows:
    """In which line of a YAML text each of its values stands; the text is only looked through when somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: yaml.Node | None = None

    def at(self, location: Sequence[int | str]) -> int | None:
        """The line, from 1, of a value, or of the innermost value around it that is there.

        Args:
            location: keys and positions that lead to the value.
        """
        node = self._root = self._root or yaml.compose(self._text, _CoreLoader)
        row = None
        for part in location:
            mark, node = _step(node, part)
            if node is None:
                break
            row = mark
        return row


def _step(node: yaml.Node | None, part: int | str) -> tuple[int | None, yaml.Node | None]:
    """The line and the node of what a key or a position of a node leads to."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    return None, None


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - any YAML value
    """The first document of a file; None for an empty one.

    Args:
        path: a YAML file in UTF-8.

    Raises:
        InputError: the file cannot be read or is not YAML, with line and column.
    """
    return read_with_rows(path)[0]


def read_with_rows(path: Path) -> tuple[Any, Rows]:
    """The first document of a file, and the lines of its values.

    Args:
        path: a YAML file in UTF-8.

    Raises:
        InputError: the file cannot be read or is not YAML, with line and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise InputError(f"{path.name}: cannot be read: {reason}") from None
    try:
        return yaml.load(text, _CoreLoader), Rows(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise InputError(f"{place}: not valid YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{path.name}: not valid YAML: {' '.join(str(error).split())}") from None
