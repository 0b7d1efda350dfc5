"""Which settings differ between two stacks, what each does, and what must be done one after another."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Any

from ascent.catalog.lookup import known_of
from ascent.compare.replaced import replaced
from settings.consistency.memory import zone_steps
from settings.description.changes import EVERYTHING, Effect
from settings.description.rows import rows
from settings.load import NAMESPACE, Origin
from settings.offers.zones import zones_in_use
from settings.words.commands import command, set_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ascent.compare.care import Care
    from ascent.compare.differences import Differences
    from settings.description.changes import Changes
    from settings.description.rows import Row
    from settings.load import Resolved

_OWN = ("environment", "accountId")
"""What two stacks differ in by being two."""
_PROTECT = "resilience.protect"
_ZONES = "network.availabilityZones"


class Weight(StrEnum):
    """How much a difference matters, the worst first."""

    DATA = "data"
    DOWNTIME = "downtime"
    REFUSED = "refused"
    IN_PLACE = "in place"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that differs.

    Attributes:
        path: as a stack file has it; a service that only one side has stands as a whole.
        before: its value on the first side; None where it has none.
        after: its value on the second.
        weight: the worst that it does here.
        touches: what is replaced or removed here, of what the setting says it may.
        does: what it does, in words.
    """

    path: str
    before: Any
    after: Any
    weight: Weight
    touches: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Step:
    """Commands to run before those of the next step.

    Attributes:
        title: what the step is for.
        commands: lines for a shell.
    """

    title: str
    commands: tuple[str, ...]


def settings_changed(before: Resolved, after: Resolved, found: Differences, *, two: bool) -> tuple[SettingChange, ...]:
    """The settings that differ, those that cost data first, then those that interrupt.

    Args:
        before: settings of the first side.
        after: settings of the second.
        found: the differences between the two plans; a setting is held responsible for no more than these show.
        two: whether the sides are two stacks, which have names and accounts of their own.
    """
    types = {one.after.type for one, _ in replaced(found).values()} | {one.resource.type for one in found.removed}
    gone: dict[str, bool] = {}
    for known in map(known_of, types):
        gone[known.service.label] = bool(known.loses) or gone.get(known.service.label, False)
    absent = tuple(
        row.path.removesuffix("enabled") for row in rows(before) if row.path.endswith(".enabled") and not row.value
    )
    changes = [
        # What the first side does not have cannot suffer.
        _change(path, one, other, gone, idle=path.startswith(absent))
        for path, one, other in _differing(before, after, two=two)
    ]
    order = list(Weight)
    return tuple(sorted(changes, key=lambda c: order.index(c.weight)))


def _differing(before: Resolved, after: Resolved, *, two: bool) -> Iterator[tuple[str, Row | None, Row | None]]:
    old, new = ({row.path: row for row in rows(side)} for side in (before, after))
    for path in {**old, **new}:
        one, other = old.get(path), new.get(path)
        same = one is not None and other is not None and one.value == other.value
        if not same and not (two and path in _OWN):
            yield path, one, other


def _change(path: str, one: Row | None, other: Row | None, gone: Mapping[str, bool], *, idle: bool) -> SettingChange:
    """What a setting does of what it may; `gone` has the labels of what goes, and whether data goes with it."""
    said = next(row.changes for row in (one, other) if row is not None)
    before, after = (row.value if row else None for row in (one, other))
    if said.what == (EVERYTHING,):
        return SettingChange(path, before, after, Weight.DATA, said.what, str(said))
    touches = tuple(label for label in said.what if label in gone)
    idle = idle or (bool(said.what) and not touches)
    if said.effect is Effect.REFUSED and not idle:
        return SettingChange(path, before, after, Weight.REFUSED, touches, str(said))
    if idle or (said.lowered and not _less(after, before)):
        return SettingChange(path, before, after, Weight.IN_PLACE, (), Effect.IN_PLACE.value)
    data = said.data if not said.what or any(gone[label] for label in touches) else ""
    here = replace(said, what=touches, data=data)
    return SettingChange(path, before, after, _weight(here), touches, str(here))


def _weight(said: Changes) -> Weight:
    return Weight.DATA if said.data else Weight.DOWNTIME if said.downtime else Weight.IN_PLACE


def _less(after: object, before: object) -> bool:
    numbers = isinstance(after, int | float) and isinstance(before, int | float)
    return numbers and after < before


def everything_by(changes: Iterable[SettingChange]) -> tuple[str, ...]:
    """Paths of the differing settings from which all names or places follow."""
    return tuple(f"{NAMESPACE}:{c.path}" for c in changes if c.touches == (EVERYTHING,))


def steps(before: Resolved, after: Resolved, stack: str, care: Iterable[Care]) -> tuple[Step, ...]:
    """What must be done one after another: zones change places, then protection is lifted from what it protects.

    Args:
        before: settings of the first side.
        after: settings of the second.
        stack: the stack that is changed.
        care: what needs care.
    """
    zones, up = _zone_steps(before, after, stack), f"pulumi up --stack {quote(stack)}"
    rest = list(_lines(before, after, stack))
    if zones and before.origins[_ZONES] is not Origin.STACK:
        rest.insert(0, command("rm", stack, _ZONES))
    if not before.settings.resilience.protect or not any(note.protected for note in care):
        return (*zones, Step("change the rest", (*rest, up))) if zones else ()
    lift = command("set", stack, _PROTECT, "false")
    if after.origins[_PROTECT] is Origin.STACK:
        back = command("set", stack, _PROTECT, json.dumps(after.settings.resilience.protect))
    else:
        back = command("rm", stack, _PROTECT)
    return (
        *zones,
        Step("lift the protection, and change nothing else", (lift, up)),
        Step("change the rest, and protect again", (*rest, back, up)),
    )


def _zone_steps(before: Resolved, after: Resolved, stack: str) -> tuple[Step, ...]:
    """Deployments that lead to zones which one deployment does not lead to; the last one is not among them."""
    *between, _ = zone_steps(*(zones_in_use(side.settings) for side in (before, after)))
    written = before.origins[_ZONES] is Origin.STACK
    found: list[Step] = []
    for zones in between:
        clear = [command("rm", stack, _ZONES)] if written or found else []
        lines = (*clear, *set_commands(stack, _ZONES, list(zones)), f"pulumi up --stack {quote(stack)}")
        found.append(Step(f"move to {', '.join(zones)}, and change nothing else", lines))
    return tuple(found)


def _lines(before: Resolved, after: Resolved, stack: str) -> Iterator[str]:
    """What makes the first side's stack file say what the second one's does."""
    for path, one, other in _differing(before, after, two=True):
        kept = other is not None and other.origin is Origin.STACK
        listed = other is not None and isinstance(other.value, dict | list)
        if path != _PROTECT and one is not None and one.origin is Origin.STACK and (listed or not kept):
            yield command("rm", stack, path)
        if path != _PROTECT and other is not None and kept:
            yield from set_commands(stack, path, other.value)
