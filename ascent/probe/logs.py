"""The log of an application that the probe has started."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ascent.probe.answer import Said, not_asked
from ascent.probe.process import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.probe.subject import Subject

UNSEEN: Final[Said] = not_asked("what it logs cannot be seen: it was found running", "probe with --command or --image")
"""What is said of the log of an application that was found running."""

_PATIENCE: Final = 5.0


def objects(lines: list[str]) -> list[dict[str, Any]]:
    """The lines that are JSON objects.

    Args:
        lines: of a log.
    """
    found = []
    for line in lines:
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def lines_after(subject: Subject, do: Callable[[], object], sign: str = "") -> list[str]:
    """What is logged, on both streams, by something that is done.

    Args:
        subject: an application that the probe has started.
        do: does it.
        sign: a text that is waited for; empty to wait for any line.
    """
    running = subject.running
    if running is None:
        return []
    out, err = len(running.out), len(running.err)

    def new() -> list[str]:
        return [*running.out[out:], *running.err[err:]]

    do()
    until(lambda: any(sign in line for line in new()), _PATIENCE if sign else 1.0)
    until(lambda: False, 0.3)
    return new()
