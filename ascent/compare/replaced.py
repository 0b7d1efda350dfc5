"""Which resources an update replaces: by an input that the provider cannot change, or by a reference to such a one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.catalog.identity import references
from ascent.catalog.lookup import known_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.compare.differences import Changed, Differences


def replaced(found: Differences, everything_by: tuple[str, ...] = ()) -> Mapping[str, tuple[Changed, tuple[str, ...]]]:
    """URN in the first plan → the resource and the inputs that force its replacement.

    Args:
        found: the differences between the two plans.
        everything_by: settings that replace all there is; they stand for the inputs then.
    """
    kept = [*found.changed, *found.tagged, *found.unchanged]
    if everything_by:
        return {one.before.urn: (one, everything_by) for one in kept}
    forced = {one.before.urn: (one, names) for one in kept if (names := tuple(_by_value(one)))}
    waiting = [one for one in kept if one.before.urn not in forced]
    new = {one.after.urn for one, _ in forced.values()}
    while new:
        follow = {one.before.urn: (one, names) for one in waiting if (names := tuple(_by_reference(one, new)))}
        waiting = [one for one in waiting if one.before.urn not in follow]
        new = {one.after.urn for one, _ in follow.values()}
        forced |= follow
    return forced


def _cannot_change(one: Changed) -> frozenset[str]:
    options = one.after.options
    return frozenset({*known_of(one.after.type).replaces, *options.replace_on_changes} - {*options.ignore_changes})


def _by_value(one: Changed) -> Iterator[str]:
    fixed = _cannot_change(one)
    return (p.name for p in one.properties if p.name in fixed or "*" in fixed)


def _by_reference(one: Changed, new: set[str]) -> Iterator[str]:
    return (name for name in sorted(_cannot_change(one)) if not new.isdisjoint(references(one.after, name)))
