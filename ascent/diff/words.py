"""What a change does in a few words, the same on the console and in a comment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import dollars

if TYPE_CHECKING:
    from decimal import Decimal

    from ascent.compare.differences import Changed
    from ascent.diff.change import Change

_LONGEST: Final = 40
"""Characters of a value that is shown; what is longer only counts as changed."""


def counts(one: Change) -> str:
    """Numbers of resources."""
    found = one.resources
    return (
        f"{len(found.added)} added, {len(one.updated)} changed, {len(one.replaced)} replaced, "
        f"{len(found.removed)} removed, {len(found.tagged)} in tags only"
    )


def money(one: Change) -> str:
    """Dollars a month."""
    before, after = one.dollars
    added = one.dollars_added
    if added is None:
        return "dollars unknown, no prices for the region"
    return (
        f"{signed(added)} a month ({dollars(before) if before else '$0.00'} → {dollars(after) if after else '$0.00'})"
    )


def readiness(one: Change) -> str:
    """Scores before and after."""
    before, after = ("none" if points is None else f"{points:.1f}" for points in one.points)
    return f"{before} → {after} of 100"


def verdicts(one: Change) -> str:
    """Numbers of findings."""
    return f"{len(one.failures)} new mandatory failures, {len(one.broken)} new findings, {len(one.mended)} mended"


def signed(amount: Decimal) -> str:
    """Dollars with their sign."""
    return dollars(amount) if dollars(amount).startswith("-") else f"+{dollars(amount)}"


def differing(one: Changed) -> str:
    """Inputs that differ, with values where these are short."""
    return ", ".join(_said(p.name, p.before, p.after) for p in one.properties) or "what it refers to"


def _said(name: str, before: Any, after: Any) -> str:  # noqa: ANN401 - any values
    shown = [_value(before), _value(after)]
    return name if any(len(text) > _LONGEST for text in shown) else f"{name} {shown[0]} → {shown[1]}"


def _value(value: Any) -> str:  # noqa: ANN401 - any value
    if value is None:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
