"""Reads YAML as Pulumi's CLI does: by the rules of YAML 1.2, where `no`, `1:30` and `2026-01-01` are text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from ascent.plan.errors import PlanInputError

if TYPE_CHECKING:
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


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - any YAML value
    """The first document of `path`; None for an empty file.

    Raises:
        PlanInputError: the file cannot be read or is not YAML, with line and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise PlanInputError(f"{path.name}: cannot be read: {reason}") from None
    try:
        return yaml.load(text, _CoreLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise PlanInputError(f"{place}: not valid YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise PlanInputError(f"{path.name}: not valid YAML: {' '.join(str(error).split())}") from None
