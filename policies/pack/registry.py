"""All rules there are."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Final

from common.layers import LAYERS
from policies.pack import rules
from policies.pack.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType


def modules(package: ModuleType) -> list[ModuleType]:
    """The modules in a package, by name."""
    return [import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)]


def collect(modules: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """The rules that modules hold, by id: layer by layer, and in the order of their definition.

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
    return {rule.id: rule for rule in sorted(found.values(), key=lambda rule: LAYERS.index(rule.layer))}


RULES: Final = collect(modules(rules))
"""Every rule, by id."""
