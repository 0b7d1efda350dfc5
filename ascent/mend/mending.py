"""The settings that mend a finding, and what is known of what they change."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from common.yaml_text import read_yaml
from settings.base import Section
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from settings.schema import Settings

FILE: Final = Path(__file__).with_name("mending.yaml")
"""Rule → settings with values that end its findings, each way by itself; made of plans."""


@cache
def _ways() -> Mapping[str, list[Mapping[str, Any]]]:
    return read_yaml(FILE) or {}


def mending(rule: str, settings: Settings) -> Mapping[str, Any]:
    """The settings, with values, that end the findings of a rule in a stack; empty where none is known to.

    Args:
        rule: id of the rule.
        settings: the stack's own, of which at least one must differ.
    """
    ways = [way for way in _ways().get(rule, ()) if any(at(settings, path) != value for path, value in way.items())]
    return min(ways, key=len, default={})


def at(settings: Settings, path: str) -> Any:  # noqa: ANN401 - any value of a setting
    """A setting's value, as a stack file holds it.

    Args:
        settings: those of a stack.
        path: such as `network.nat`.
    """
    found: Any = settings
    for part in path.split("."):
        names = type(found).model_fields if isinstance(found, Section) else {}
        found = next((getattr(found, name) for name in names if camel(name) == part), None)
    return [getattr(one, "value", one) for one in found] if isinstance(found, tuple) else getattr(found, "value", found)
