"""Settings of a stack file that change nothing, because another one decides."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from common.problems import Problem, shown
from settings.base import Section, sections_by_name
from settings.enums import Mode
from settings.namespaces import NAMESPACE
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from settings.schema import Settings

_SWITCHES: Final = {"enabled": True, "mode": Mode.CREATE}
"""Fields that switch their section on, and a value that does."""


def without_effect(settings: Settings, given: Collection[str]) -> Iterator[Problem]:
    """Settings that the stack file gives a value which counts for nothing, each with what makes it count.

    Args:
        settings: the stack's settings.
        given: dotted paths that the stack file has.
    """
    for path, value, needed, wanted in _waiting(settings, settings, "", None):
        if path in given:
            yield Problem(
                f"{NAMESPACE}:{path}",
                shown(_plain(value)),
                f"without effect while {NAMESPACE}:{needed} is {_text(_at(settings, needed))}",
                f"remove it, or set {needed} to {_text(wanted)}",
            )


def counted_zones(settings: Settings, given: Collection[str]) -> list[Problem]:
    """A number of zones beside their names, which says another one."""
    named, count = settings.network.availability_zones, settings.network.az_count
    if not named or "network.azCount" not in given or len(named) == count:
        return []
    wanted = f"{NAMESPACE}:network.availabilityZones names {len(named)} zones, and names come before the number"
    return [Problem(f"{NAMESPACE}:network.azCount", str(count), wanted, "remove one of the two")]


def _waiting(
    settings: Settings, section: Section, path: str, off: tuple[str, Any] | None
) -> Iterator[tuple[str, Any, str, Any]]:
    """Settings that wait for another one: path, value, and the other's path with the value that would do."""
    fields = type(section).model_fields
    for name, on in _SWITCHES.items():
        if off is None and name in fields and _is_off(getattr(section, name)):
            off = (f"{path}{name}", on)
    for name, field in fields.items():
        value, where = getattr(section, name), f"{path}{camel(name)}"
        if isinstance(value, Section):
            yield from _waiting(settings, value, f"{where}.", off)
        elif not sections_by_name(value) and (name not in _SWITCHES or off is None or off[0] != where):
            extra: Any = field.json_schema_extra or {}
            needs = extra.get("needs")
            if off is not None:
                yield where, value, *off
            elif needs is not None and _at(settings, needs[0]) != needs[1]:
                yield where, value, *needs


def _is_off(value: object) -> bool:
    return value is False or value is Mode.OFF


def _at(settings: Settings, path: str) -> Any:  # noqa: ANN401 - any value of a setting
    """The value at a dotted path of camelCase names."""
    found: Any = settings
    for part in path.split("."):
        found = next(getattr(found, name) for name in type(found).model_fields if camel(name) == part)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    return value.value if isinstance(value, Enum) else value


def _text(value: Any) -> str:  # noqa: ANN401 - any value of a setting
    plain = _plain(value)
    return plain if isinstance(plain, str) else shown(plain)
