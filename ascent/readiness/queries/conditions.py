"""Conditions on one property each: what most queries are made of.

An unknown value gives `UNKNOWN`, except where any reference will do: then that it is set is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.readiness.query import Truth, both
from policies.pack.facts import UNKNOWN, ResourceFacts, Unknown, documents
from policies.pack.values import UNSET, as_number, at, is_set, items

if TYPE_CHECKING:
    from ascent.readiness.query import Condition
    from policies.pack.facts import Source


def equals(source: Source, path: str, *wanted: object) -> Truth:
    """Whether a property is one of some values."""
    value = at(source, path)
    return UNKNOWN if value is UNKNOWN else value is not UNSET and value in wanted


def holds(path: str, *wanted: object) -> Condition:
    """The condition that a property is one of some values."""
    return lambda resource: equals(resource, path, *wanted)


def between(source: Source, path: str, low: float, high: float = float("inf")) -> Truth:
    """Whether a property is a number from `low` to `high`, both included."""
    value = as_number(at(source, path))
    if isinstance(value, Unknown):
        return UNKNOWN
    return value is not None and low <= value <= high


def within(path: str, low: float, high: float = float("inf")) -> Condition:
    """The condition that a property is a number from `low` to `high`."""
    return lambda resource: between(resource, path, low, high)


def refers(*paths: str) -> Condition:
    """The condition that properties are set, be it to something known only after deployment."""
    return lambda resource: all(is_set(at(resource, path)) for path in paths)


def lists(source: Source, path: str, *wanted: object) -> Truth:
    """Whether a list holds all of some values."""
    found = items(source, path)
    if isinstance(found, Unknown):
        return UNKNOWN
    if all(any(value is not UNKNOWN and value == want for value in found) for want in wanted):
        return True
    return UNKNOWN if any(value is UNKNOWN for value in found) else False


def listed(path: str, *wanted: object) -> Condition:
    """The condition that a list holds all of some values."""
    return lambda resource: lists(resource, path, *wanted)


def together(*conditions: Condition) -> Condition:
    """The condition that all conditions hold."""
    return lambda resource: both(*(condition(resource) for condition in conditions))


def blocks(source: Source, path: str) -> list[Any] | Unknown:
    """The objects of a list; `UNKNOWN` if the list or one of them is not known."""
    found = items(source, path)
    if isinstance(found, Unknown) or any(value is UNKNOWN for value in found):
        return UNKNOWN
    return [value for value in found if hasattr(value, "get")]


def document(source: Source, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """A property that holds JSON, as text or as an object; `UNKNOWN`, or None for what is no JSON."""
    value = documents.document(source, path)
    return None if value is UNSET else value


def mentions(source: Source, path: str, *words: str) -> Truth:
    """Whether a text holds all of some words, whatever their case; the known parts of one may tell that it does."""
    value = at(source, path)
    unknown = value is UNKNOWN
    if unknown and isinstance(source, ResourceFacts):
        value = documents.known_text(source, path)
    text = value.lower() if isinstance(value, str) else ""
    return all(word.lower() in text for word in words) or (UNKNOWN if unknown else False)
