"""Settings that could be given another value, and the values that are worth a try: read off the settings themselves.

A choice is tried as each higher tier has it and, where its values can be counted (switches, words, lists of words),
in the others too. So a setting that is added is tried without being named here.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from common.tiers import Tier
from settings.base import Section
from settings.description.changes import Effect
from settings.tiers import PROFILES
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from settings.load import Resolved

_MOST_WORDS: Final = 8
"""Most values of a setting that are tried one by one."""


def candidates(resolved: Resolved) -> tuple[Mapping[str, Any], ...]:
    """Changes of a single setting that are worth a try, each as setting → value.

    Args:
        resolved: what the stack has. What may not change on a live stack, or would make it another one, is left out.
    """
    tier = resolved.settings.tier
    higher = [PROFILES[t] for t in list(Tier)[list(Tier).index(tier) + 1 :]]
    own = PROFILES[tier]
    found = [
        {path: value}
        for name in type(own).model_fields
        for path, value in _of_section(
            getattr(resolved.settings, name), [getattr(p, name) for p in higher], camel(name)
        )
    ]
    return tuple(found)


def _of_section(section: Section, higher: list[Section], path: str) -> Iterator[tuple[str, Any]]:
    for name, field in type(section).model_fields.items():
        value, where = getattr(section, name), f"{path}.{camel(name)}"
        above = [getattr(one, name) for one in higher]
        if isinstance(value, Section):
            yield from _of_section(value, [a for a in above if isinstance(a, Section)], where)
            continue
        extra: Any = field.json_schema_extra or {}
        changes = extra.get("changes")
        if changes is not None and changes.effect is Effect.REFUSED:
            continue
        given = [a for one, a in zip(higher, above, strict=True) if name in one.model_fields_set]
        tried = [_plain(other) for other in (*given, *_countable(field.annotation))]
        present = _plain(value)
        for other in _distinct(tried):
            if other != present:
                yield where, other


def _countable(annotation: Any) -> list[Any]:  # noqa: ANN401 - any annotation
    """Values of a setting whose values can be counted: a switch is tried on, a list of words with all of them."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return _countable(annotation.__origin__)
    if annotation is bool:
        return [True]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        words = list(annotation)
        return words if len(words) <= _MOST_WORDS else []
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        inner = getattr(arguments[0], "__origin__", arguments[0])
        return [tuple(inner)] if isinstance(inner, type) and issubclass(inner, Enum) else []
    return []


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def _distinct(values: list[Any]) -> list[Any]:
    return [value for place, value in enumerate(values) if value not in values[:place]]
