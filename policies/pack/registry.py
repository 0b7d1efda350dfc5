"""All rules there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .rule import Rule
from .rules import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType


def collect(modules: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """The rules that modules hold, by id, in the order of their definition.

    Raises:
        ValueError: two rules have the same id.
    """
    found: dict[str, Rule] = {}
    for module in modules:
        for rule in vars(module).values():
            if not isinstance(rule, Rule):
                continue
            if rule.id in found:
                raise ValueError(f"{module.__name__}: a second rule has the id {rule.id!r}; ids are unique")
            found[rule.id] = rule
    return found


RULES: Final = collect(MODULES)
"""Every rule, by id."""
