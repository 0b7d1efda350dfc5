"""Reads YAML as Pulumi's CLI does: by the rules of YAML 1.2, where `no`, `1:30` and `2026-01-01` are text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.constructor import ConstructorError

from common.problems import InputError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LeadingZero(str):
    """A number with a leading zero, such as `012`: text by YAML 1.2, and another number to readers of YAML 1.1."""

    __slots__ = ()


class _CoreLoader(_Loader):
    """PyYAML's safe loader without the implicit types that only YAML 1.1 has; it refuses a key that stands twice."""

    yaml_implicit_resolvers: Final = {}

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._checked: set[yaml.Node] = set()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401 - any YAML value
        """PyYAML's own, which lets the errors of Python's types through."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError):
            kind = node.tag.rpartition(":")[2]
            raise ConstructorError(None, None, f"{shown(node.value)} is no {kind}", node.start_mark) from None

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """PyYAML's own, before which a mapping's keys are those that its author wrote."""
        if node not in self._checked:
            self._checked.add(node)
            rows: dict[tuple[str, Any], int] = {}
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue
                if (key.tag, key.value) in rows:
                    already = f"{key.value} stands in line {rows[key.tag, key.value]} already; remove one of the two"
                    raise ConstructorError(None, None, already, key.start_mark)
                rows[key.tag, key.value] = key.start_mark.line + 1
        super().flatten_mapping(node)


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", r"<<", "<"),
    ("leading-zero", r"[-+]?0[0-9_]+", "-+0"),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


_CoreLoader.add_constructor("tag:yaml.org,2002:leading-zero", lambda _, node: LeadingZero(node.value))


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
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text; save it as UTF-8"
        raise InputError(f"{path.name}: cannot be read: {reason}") from None
    return parse_yaml(text, path.name), Rows(text)


def parse_yaml(text: str, name: str) -> Any:  # noqa: ANN401 - any YAML value
    """The first document of a text; None for an empty one.

    Args:
        text: YAML.
        name: what errors call it.

    Raises:
        InputError: it is not YAML, with line and column.
    """
    try:
        return yaml.load(text, _CoreLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise InputError(f"{place}: not valid YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{name}: not valid YAML: {' '.join(str(error).split())}") from None
