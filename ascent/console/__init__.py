"""Output for people: rich on a terminal, plain text elsewhere."""

from __future__ import annotations

import sys

from rich.console import Console


def console(*, stderr: bool = False) -> Console:
    """A console that colours on a terminal only and respects NO_COLOR.

    Away from a terminal lines are as wide as they need to be: what reads them breaks them better.
    """
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 160
    return Console(stderr=stderr, highlight=False, width=width)
