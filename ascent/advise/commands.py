"""What to run to change settings: lines for a shell, in their order, and what must be filled in first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

from ascent.advise.placeholders import used_in
from settings.description.rows import rows
from settings.load import Origin
from settings.words.commands import command, set_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.advise.placeholders import Placeholder
    from settings.load import Resolved

_PROTECT: Final = "resilience.protect"


@dataclass(frozen=True, slots=True)
class Commands:
    """What to run.

    Attributes:
        lines: lines for a shell.
        placeholders: what to fill in before, each once.
    """

    lines: tuple[str, ...]
    placeholders: tuple[Placeholder, ...]


def commands_for(stack: str, present: Resolved, values: Mapping[str, Any], *, protected: bool = False) -> Commands:
    """Lines that give settings other values and deploy them; none for no values.

    Args:
        stack: the stack.
        present: its settings.
        values: setting → value, with placeholders; None takes the stack file's own away.
        protected: whether something that is protected must go for it; its protection is lifted first, and put back.
    """
    if not values:
        return Commands((), ())
    return Commands(tuple(_lines(stack, present, values, protected=protected)), used_in(values.values()))


def _lines(stack: str, present: Resolved, values: Mapping[str, Any], *, protected: bool) -> Iterator[str]:
    origins = {row.path: row.origin for row in rows(present)}
    up = f"pulumi up --stack {quote(stack)}"
    lifts = protected and present.settings.resilience.protect and _PROTECT not in values
    if lifts:
        yield command("set", stack, _PROTECT, "false")
        yield up
    for path, value in values.items():
        own = origins.get(path) is Origin.STACK
        # Entries of a list or an object that the stack file has would stay beside the new ones.
        if own and (value is None or isinstance(value, list | dict)):
            yield command("rm", stack, path)
        if value is not None:
            yield from set_commands(stack, path, list(value) if isinstance(value, tuple) else value)
    if lifts and origins.get(_PROTECT) is Origin.STACK:
        yield command("set", stack, _PROTECT, json.dumps(True))
    elif lifts:
        yield command("rm", stack, _PROTECT)
    yield up
