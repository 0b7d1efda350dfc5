"""Variants of a stack: what it would be with other values of some settings, without editing its file."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.config import Variant, read_stack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAMESPACE: Final = "ascent"


def variant_of(directory: Path, stack: str, values: Mapping[str, Any]) -> Variant:
    """A stack with other values of settings.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        values: setting → its value, as a stack file holds it: `network.nat` → `single`. A value of None takes the
            stack file's own away, so that the tier's holds.
    """
    return Variant(stack, tuple(sorted(changed(read_stack(directory, stack).values, values).items())))


def changed(config: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """The configuration keys that other values of settings change, each with the text that it has then.

    Args:
        config: the stack's configuration by full key.
        values: setting → its value; see `variant_of`.
    """
    roots: dict[str, Any] = {}
    for path, value in values.items():
        name, _, rest = path.partition(".")
        key = "aws:region" if path == "region" else f"{_NAMESPACE}:{name}"
        if not rest:
            roots[key] = value
            continue
        if key not in roots:
            roots[key] = copy.deepcopy(_section(config.get(key)))
        _put(roots[key], rest.split("."), value)
    return {key: root if isinstance(root, str) else json.dumps(root, ensure_ascii=False) for key, root in roots.items()}


def _section(text: str | None) -> dict[str, Any]:
    """A section of a stack file; one that is no object is none that a value could be put into."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _put(section: dict[str, Any], path: list[str], value: Any) -> None:  # noqa: ANN401 - any value of a setting
    for name in path[:-1]:
        below = section.get(name)
        if not isinstance(below, dict):
            below = section[name] = {}
        section = below
    if value is None:
        section.pop(path[-1], None)
    else:
        section[path[-1]] = value
