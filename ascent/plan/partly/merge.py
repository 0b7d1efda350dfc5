"""What two marker runs tell of the unknown values of a plan.

Only what both tell is known: text that was computed from a marker differs between them, and a value without any hole
may be one branch of several.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from ascent.plan.model import SIGNATURE_KEY, UNKNOWN, partly

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource
    from ascent.plan.partly.marks import Marks

Told: TypeAlias = "tuple[Plan, Marks]"
"""What one marker run recorded, and its markers."""


def merged(plan: Plan, one: Told, other: Told) -> Plan:
    """The plan with what is known of its unknown inputs; nothing else of it changes."""
    return replace(plan, resources=tuple(_merged(resource, one, other) for resource in plan.resources))


def _merged(resource: Resource, one: Told, other: Told) -> Resource:
    first, second = (told[0].by_urn.get(resource.urn) for told in (one, other))
    if first is None or second is None or first.type != resource.type:
        return resource
    found: dict[str, Any] = {}
    for name, value in resource.inputs.items():
        known = _known(value, first.inputs.get(name), second.inputs.get(name), one[1], other[1])
        if known != value:
            found[name] = known
    return replace(resource, partly_known=found) if found else resource


def _known(plain: Any, first: Any, second: Any, one: Marks, other: Marks) -> Any:  # noqa: ANN401 - JSON values
    """The plan's value, with unknown ones in it replaced by what is known of them."""
    if plain == UNKNOWN:
        found = _template(first, second, one, other)
        return found if found is not None and _has_hole(found) else plain
    if isinstance(plain, dict) and SIGNATURE_KEY not in plain and isinstance(first, dict) and isinstance(second, dict):
        return {k: _known(v, first.get(k), second.get(k), one, other) for k, v in plain.items()}
    lists = isinstance(plain, list) and isinstance(first, list) and isinstance(second, list)
    if lists and len(plain) == len(first) == len(second):
        return [_known(*values, one, other) for values in zip(plain, first, second, strict=True)]
    return plain


def _template(first: Any, second: Any, one: Marks, other: Marks) -> Any:  # noqa: ANN401 - JSON values
    """A value with its holes; None where the runs do not agree."""
    if isinstance(first, str) and isinstance(second, str):
        parts = one.parts(first)
        if parts is None or parts != other.parts(second):
            return None
        return partly(parts) if any(isinstance(part, tuple) for part in parts) else first
    if isinstance(first, dict) and isinstance(second, dict):
        # A secret or a reference stays what it is in the plan; a key made of a marker is no key.
        if first.keys() != second.keys() or SIGNATURE_KEY in first or any(not _plain(k, one) for k in first):
            return None
        members = {k: _template(v, second[k], one, other) for k, v in first.items()}
        return None if any(v is None for v in members.values()) else members
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        entries = [_template(*pair, one, other) for pair in zip(first, second, strict=True)]
        return None if None in entries else entries
    return first if first == second and not isinstance(first, dict | list) else None


def _plain(text: str, marks: Marks) -> bool:
    return marks.parts(text) in ([text], [])


def _has_hole(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return SIGNATURE_KEY in value or any(map(_has_hole, value.values()))
    return isinstance(value, list) and any(map(_has_hole, value))
