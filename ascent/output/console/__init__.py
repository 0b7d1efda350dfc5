"""Output for people: rich on a terminal, plain text elsewhere."""

from __future__ import annotations

import sys
from typing import IO

from rich.console import Console


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which knows what a reader who has seen enough means."""
        raise


def console(*, stderr: bool = False, file: IO[str] | None = None) -> Console:
    """A console that colours on a terminal only and respects NO_COLOR.

    Away from a terminal lines are as wide as they need to be: what reads them breaks them better.

    Args:
        stderr: write to standard error in place of standard output.
        file: write to this.
    """
    stream = file or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else 160
    return _Console(stderr=stderr, file=file, highlight=False, width=width)
