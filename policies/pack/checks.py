"""Checks on one property each: what most rules are made of.

Unknown values: a check that wants a certain value (`is_true`, `one_of`, …) fails, because nothing but a literal can be
relied on; a check that wants some reference (`present`) passes. An unset property is judged by `default`, which is
what AWS takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack.facts import UNKNOWN, Source, Unknown
from policies.pack.values import UNSET, as_bool, as_number, at, hidden_at, is_set, items, show
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from collections.abc import Collection


def lacking(source: Source, path: str, wanted: str, found: str = "") -> Outcome:
    """The property is not what is wanted; one that the file hides tells neither.

    Args:
        source: what has it.
        path: where.
        wanted: what should be there.
        found: what is there, in words; what `show` says by default.
    """
    hidden = hidden_at(source, path)
    found = found or show(source, path)
    return unverified(found, wanted, hidden=hidden) if hidden else failed(found, wanted)


def is_true(source: Source, path: str, *, default: bool = False) -> Outcome:
    """The property is true."""
    return _is_bool(source, path, want=True, default=default)


def is_false(source: Source, path: str, *, default: bool = False) -> Outcome:
    """The property is false."""
    return _is_bool(source, path, want=False, default=default)


def _is_bool(source: Source, path: str, *, want: bool, default: bool) -> Outcome:
    value = at(source, path)
    actual = default if value is UNSET else as_bool(value)
    if actual is want:
        return passed(show(source, path))
    return lacking(source, path, str(want).lower())


def one_of(source: Source, path: str, allowed: Collection[str], *, default: str = "") -> Outcome:
    """The property is one of some texts. Keep `allowed` in a readable order: messages show it."""
    value = at(source, path)
    actual = default if value is UNSET else value
    if isinstance(actual, str) and actual in allowed:
        return passed(show(source, path))
    return lacking(source, path, " or ".join(allowed))


def at_least(source: Source, path: str, minimum: int, *, unit: str = "", default: int = 0) -> Outcome:
    """The property is a number not below `minimum`; `unit` is for the message."""
    value = at(source, path)
    actual = float(default) if value is UNSET else as_number(value)
    if isinstance(actual, float) and actual >= minimum:
        return passed(show(source, path))
    return lacking(source, path, f"at least {minimum} {unit}".rstrip())


def present(source: Source, path: str, wanted: str) -> Outcome:
    """The property refers to something; `wanted` says to what."""
    return passed(show(source, path)) if is_set(at(source, path)) else lacking(source, path, wanted)


def includes(source: Source, path: str, wanted: Collection[str]) -> Outcome:
    """The list holds all of some texts."""
    found = items(source, path)
    if isinstance(found, Unknown):
        return lacking(source, path, f"a list with {', '.join(wanted)}")
    missing = [w for w in wanted if not any(w == f for f in found if f is not UNKNOWN)]
    if not missing:
        return passed(show(source, path))
    return failed(f"{path} lacks {', '.join(missing)}", f"{path} with {', '.join(wanted)}")
